#include "init_lab/theory/theory.hpp"

#include <cmath>

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
  // 1 - alive is summed up directly, as it may be far below the rounding of 1.
  double dead = 0;
  for (const int width : hidden_widths) dead += (1 - dead) * std::ldexp(1.0, -width);
  return dead;
}

}  // namespace init_lab::theory
