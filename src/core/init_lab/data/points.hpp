// Examples with their labels, and the two parts of a data set.
#pragma once

#include <string>
#include <vector>

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

/// A training part and a test part. The test part may be empty.
struct Dataset {
  Points train;
  Points test;
  friend bool operator==(const Dataset&, const Dataset&) = default;
};

/// What an output layer takes as labels.
enum class LabelKind {
  two_classes,  ///< 0 or 1; class k of a drawn data set with more classes becomes k % 2
  classes,      ///< 0, 1, …, K - 1
  targets,      ///< real numbers
};

/// Throws SpecError unless there are as many finite values as labels times features, and every
/// label is of the given kind. `field` is the path to report.
void check_points(const Points& points, LabelKind kind, const std::string& field);

/// K, one more than the largest label; at least 2. The labels must have passed check_points().
[[nodiscard]] int count_classes(const Points& points);

}  // namespace init_lab
