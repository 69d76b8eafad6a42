#include "init_lab/data/input_scale.hpp"

#include <cmath>
#include <cstddef>
#include <span>

namespace init_lab {

namespace {

std::span<const double> feature(const Points& points, std::size_t f) {
  const auto m = static_cast<std::size_t>(points.size());
  return {points.x.data() + f * m, m};
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double standard_deviation_of(std::span<const double> values, double mean) {
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

}  // namespace

FeatureScales measure_scales(const Points& points) {
  FeatureScales scales;
  for (std::size_t f = 0; f < static_cast<std::size_t>(points.features); ++f) {
    const auto values = feature(points, f);
    scales.means.push_back(mean_of(values));
    scales.standard_deviations.push_back(standard_deviation_of(values, scales.means.back()));
  }
  return scales;
}

void standardize(Points& points, const FeatureScales& scales) {
  const auto m = static_cast<std::size_t>(points.size());
  for (std::size_t f = 0; f < scales.means.size(); ++f) {
    const double mean = scales.means[f];
    const double deviation = scales.standard_deviations[f] > 0 ? scales.standard_deviations[f] : 1;
    for (std::size_t i = f * m; i < (f + 1) * m; ++i) points.x[i] = (points.x[i] - mean) / deviation;
  }
}

InputScale measure_input_scale(const Points& points) {
  // The largest value is divided out, so that no square overflows.
  double largest = 0;
  for (const double x : points.x) largest = std::fmax(largest, std::fabs(x));
  if (largest == 0) return {};
  double sum = 0;
  for (const double x : points.x) sum += (x / largest) * (x / largest);
  const double root_mean_square = largest * std::sqrt(sum / static_cast<double>(points.x.size()));
  return {root_mean_square, root_mean_square > kFarFromScaleOne || root_mean_square * kFarFromScaleOne < 1};
}

}  // namespace init_lab
