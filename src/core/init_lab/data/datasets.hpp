// The table of data sets: drawn by a recipe, or read from a file that ships with the package.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"

namespace init_lab {

/// A row of the table of data sets. It has either `draw` or `read`.
struct DatasetInfo {
  std::string_view name;
  std::string_view label;
  std::string_view help;                  ///< one sentence: what it looks like, what it is good for
  std::string_view citation;              ///< where the recipe or the data come from
  std::vector<ParameterInfo> parameters;  ///< samples, noise, …, seed, testSamples, testSeed
  /// Number of classes; null where the labels are real targets.
  int (*classes)(const Parameters& complete) = nullptr;
  /// Draws one part: `parameters` are complete, `samples` and `seed` those of the part.
  Points (*draw)(const Parameters& parameters, int samples, std::uint32_t seed) = nullptr;
  int features = 2;
  /// Makes both parts from the content of the data set's file.
  Dataset (*read)(const Parameters& complete, std::span<const std::uint8_t> file) = nullptr;

  [[nodiscard]] bool has_targets() const noexcept { return classes == nullptr; }
  [[nodiscard]] bool needs_file() const noexcept { return read != nullptr; }
};

/// flower, circles, noisy_circles, moons, blobs, gaussian_quantiles, spiral, xor, plane, gauss,
/// digits.
std::span<const DatasetInfo> datasets();

/// The row named `name`. Throws SpecError (field "dataset.name") for an unknown one.
const DatasetInfo& find_dataset(std::string_view name);

/// The parameters with every default filled in. Throws SpecError for an unknown name or a bad
/// value.
Parameters complete_dataset(const Choice& choice);

/// Throws SpecError if the data set has real targets but the output layer needs classes.
void check_label_kind(const DatasetInfo& row, LabelKind kind);

/// Makes both parts, with labels of the kind that the output layer takes. `file` is the content of
/// the data set's file where it has one. Throws SpecError for an unknown name, a bad parameter, a
/// file that is missing or wrong, and real targets where classes are needed.
Dataset make_dataset(const Choice& choice, LabelKind kind = LabelKind::two_classes,
                     std::span<const std::uint8_t> file = {});

}  // namespace init_lab
