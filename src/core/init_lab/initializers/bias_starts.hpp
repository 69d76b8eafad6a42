// How biases start, where an experiment says so by itself (init.bias, init.outputBias).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"

namespace init_lab {

/// A row of the table of bias starts.
struct BiasStartInfo {
  std::string_view name;
  std::string_view label;
  std::string_view help;
  std::vector<ParameterInfo> parameters;
};

/// zeros, constant, normal, uniform, log_odds.
std::span<const BiasStartInfo> bias_starts();

/// The row named `name`. Throws SpecError for an unknown one; `field` is the path to the choice.
const BiasStartInfo& find_bias_start(std::string_view name, std::string_view field);

}  // namespace init_lab
