// Two-class data sets in the plane, drawn as the course, NumPy and scikit-learn draw them, and points of the caller's
// own.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"

namespace init_lab {

/// Labelled examples: column = example, row = feature, as in the course.
struct Points {
  int features = 2;
  std::vector<double> x;  ///< features by m, row by row: x[f * m + i] is feature f of example i
  std::vector<double> y;  ///< m labels: 0 … classes - 1, or any number where classes is 0
  int classes = 2;        ///< of the labels; 0 for real targets (regression)
  [[nodiscard]] int size() const noexcept { return static_cast<int>(y.size()); }
  friend bool operator==(const Points&, const Points&) = default;
};

/// A training part and a test part, each drawn from its own seed. The test part may be empty.
struct Dataset {
  Points train;
  Points test;
  friend bool operator==(const Dataset&, const Dataset&) = default;
};

/// A row of the table of data sets. `draw` gets the data set's own parameters (complete), the number of samples of
/// the part to draw, and the seed of that part.
struct DatasetInfo {
  std::string_view name;
  std::string_view label;
  std::string_view help;                  ///< one sentence: what it looks like, what it is good for
  std::string_view citation;              ///< where the recipe comes from
  std::vector<ParameterInfo> parameters;  ///< samples, noise, …, seed, testSamples, testSeed
  Points (*draw)(const Parameters& parameters, int samples, std::uint32_t seed);
};

/// flower, circles, noisy_circles, moons, blobs, gaussian_quantiles, spiral, xor.
std::span<const DatasetInfo> datasets();

/// The row named `name`. Throws SpecError (field "dataset.name") for an unknown one.
const DatasetInfo& find_dataset(std::string_view name);

/// Draws both parts. Throws SpecError for a name or a parameter that is not right.
Dataset make_dataset(const Choice& choice);

}  // namespace init_lab
