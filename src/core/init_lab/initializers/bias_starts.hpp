// How biases start if an experiment names their start (init.bias, init.outputBias).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/numerics/random.hpp"

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

/// Fills the biases of one layer.
/// @param choice a row of bias_starts()
/// @param train the training examples, whose labels give the log-odds
/// @param extra the layer's stream: normal draws are randn() * std, uniform draws are
///   uniform(-bound, bound)
void start_biases(const Choice& choice, Output output, const LayerFacts& facts, const Points& train, RandomState& extra,
                  std::span<double> biases);

/// Mean square of a bias; NaN for the log-odds of an output layer, which depend on the data.
[[nodiscard]] double bias_mean_square(const Choice& choice, const LayerFacts& facts);

}  // namespace init_lab
