// The scale of the inputs: standardizing them, and measuring whether they are far from scale 1.
#pragma once

#include <vector>

#include "init_lab/data/points.hpp"

namespace init_lab {

/// Mean and standard deviation of each feature.
struct FeatureScales {
  std::vector<double> means;
  std::vector<double> standard_deviations;  ///< of the population: the sum of squares divided by m
  friend bool operator==(const FeatureScales&, const FeatureScales&) = default;
};

/// The scales of at least one example.
[[nodiscard]] FeatureScales measure_scales(const Points& points);

/// Maps each feature x to (x - mean) / standard deviation. A feature with standard deviation 0 only
/// loses its mean, as in scikit-learn's StandardScaler.
void standardize(Points& points, const FeatureScales& scales);

/// Inputs whose root mean square is further from 1 than this factor need standardizing: the first
/// layer multiplies its weights by them.
inline constexpr double kFarFromScaleOne = 10;

/// How large the inputs are.
struct InputScale {
  double root_mean_square = 0;  ///< over all examples and features
  /// above kFarFromScaleOne or below its inverse (zeros do not count)
  bool far_from_one = false;
};

[[nodiscard]] InputScale measure_input_scale(const Points& points);

}  // namespace init_lab
