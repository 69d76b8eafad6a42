// The tables of precisions, normalizations, parametrizations and scales of skip connections.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {

/// How weights and learning rates depend on the width.
enum class Parametrization { standard, mup };

/// A row of a table of kinds. The rows have the order of their enum.
template <class Id>
struct KindInfo {
  Id id;
  std::string_view name;   ///< in a spec
  std::string_view label;  ///< for people
  std::string_view help;   ///< one sentence
  std::string_view citation{};
  std::vector<ParameterInfo> parameters{};
};

std::span<const KindInfo<Precision>> precisions();
std::span<const KindInfo<Normalization>> normalizations();
std::span<const KindInfo<Parametrization>> parametrizations();

/// Names of scales of a residual branch, in which L is the number of branches.
enum class SkipScale { one, inverse_root, inverse };
std::span<const KindInfo<SkipScale>> skip_scales();

}  // namespace init_lab
