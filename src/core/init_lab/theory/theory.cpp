#include "init_lab/theory/theory.hpp"

#include <cmath>
#include <limits>

#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/numerics/quadrature.hpp"

namespace init_lab::theory {

VarianceFactors variance_factors(double weight_standard_deviation, int fan_in, int fan_out, double negative_slope) {
  const double variance = weight_standard_deviation * weight_standard_deviation;
  return {fan_in * variance, fan_out * variance, (1 + negative_slope * negative_slope) / 2 * fan_in * variance};
}

double length_fluctuation(std::span<const int> hidden_widths) {
  double product = 1;
  for (const int width : hidden_widths) product *= 1 + 5.0 / width;
  return product;
}

double width_sum(std::span<const int> hidden_widths) {
  double sum = 0;
  for (const int width : hidden_widths) sum += 1.0 / width;
  return sum;
}

double born_dead_bound(std::span<const int> hidden_widths) {
  // Computing 1 - product would lose a probability far below the rounding of 1.
  double dead = 0;
  for (const int width : hidden_widths) dead += (1 - dead) * std::ldexp(1.0, -width);
  return dead;
}

double residual_growth(double branch_scale, double weight_variance, int layers, double negative_slope) {
  const double layer = 1 + branch_scale * branch_scale * weight_variance * (1 + negative_slope * negative_slope) / 2;
  return elementary::exp(layers * elementary::log(layer));
}

double normalized_gradient_growth(const ActivationFunction& activation, Normalization normalization) {
  if (normalization == Normalization::none) return std::numeric_limits<double>::quiet_NaN();
  double variance = activation_second_moment(activation, 1);
  if (normalization == Normalization::batch) {
    const double mean = normal_mean([&](F64x2 z) { return activation.at(z).value; });
    variance -= mean * mean;
  }
  return std::sqrt(slope_second_moment(activation, 1) / variance);
}

}  // namespace init_lab::theory
