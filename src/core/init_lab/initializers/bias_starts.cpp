#include "init_lab/initializers/bias_starts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>

#include "init_lab/base/parameters.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {

namespace {

/// The bound of U(-bound, bound): the parameter, or 1 / sqrt(fan-in) if that is 0.
double bound_of(const Parameters& parameters, const LayerFacts& facts) {
  const double bound = value_of(parameters, "bound");
  return bound > 0 ? bound : 1 / std::sqrt(static_cast<double>(facts.fan_in));
}

/// Counts the examples of class k; half an example if there is none, because log 0 is -infinity.
double count(const Points& train, double k) {
  const auto found = static_cast<double>(std::count(train.y.begin(), train.y.end(), k));
  return found > 0 ? found : 0.5;
}

/// Writes the biases with which an output of zero weights has the least cost: the log-odds of class
/// 1 (half of them for tanh), the logarithms of the class shares, or the mean target.
void fill_log_odds(Output output, const Points& train, std::span<double> biases) {
  const auto m = static_cast<double>(train.size());
  switch (output) {
    case Output::sigmoid:
    case Output::tanh: {
      const double log_odds = elementary::log(count(train, 1) / count(train, 0));
      return std::fill(biases.begin(), biases.end(), output == Output::tanh ? log_odds / 2 : log_odds);
    }
    case Output::softmax:
      for (std::size_t k = 0; k < biases.size(); ++k)
        biases[k] = elementary::log(count(train, static_cast<double>(k)) / m);
      return;
    case Output::linear: {
      double sum = 0;
      for (const double y : train.y) sum += y;
      return std::fill(biases.begin(), biases.end(), m > 0 ? sum / m : 0);
    }
  }
}

}  // namespace

std::span<const BiasStartInfo> bias_starts() {
  static const std::array<BiasStartInfo, 5> rows{{
      {"zeros", "zeros", "Every bias starts at 0.", {}},
      {"constant", "constant", "Every bias starts at one value.", {{"value", "value", "Each bias.", 0.1, -1e6, 1e6}}},
      {"normal",
       "normal",
       "Biases are drawn from a normal distribution.",
       {{"std", "standard deviation", "Standard deviation of a bias.", 0.1, 0, 1e6}}},
      {"uniform",
       "uniform",
       "Biases are drawn between -bound and bound; 0 takes the bound 1 / sqrt(n_in) of the layer.",
       {{"bound", "bound", "Largest absolute value of a bias; 0: 1 / sqrt(n_in).", 0, 0, 1e6}}},
      {"log_odds",
       "log-odds",
       "Output biases start where the outputs equal the shares of the classes (or the mean target); hidden biases at "
       "0.",
       {}},
  }};
  return rows;
}

const BiasStartInfo& find_bias_start(std::string_view name, std::string_view field) {
  return find_row(bias_starts(), name, std::string(field) + ".name");
}

void start_biases(const Choice& choice, Output output, const LayerFacts& facts, const Points& train, RandomState& extra,
                  std::span<double> biases) {
  const std::string field = facts.is_output ? "init.outputBias" : "init.bias";
  const Parameters parameters =
      complete_parameters(choice.parameters, find_bias_start(choice.name, field).parameters, field);
  std::fill(biases.begin(), biases.end(), 0.0);
  if (choice.name == "constant") {
    std::fill(biases.begin(), biases.end(), value_of(parameters, "value"));
  } else if (choice.name == "normal") {
    for (double& bias : biases) bias = extra.normal() * value_of(parameters, "std");
  } else if (choice.name == "uniform") {
    const double bound = bound_of(parameters, facts);
    for (double& bias : biases) bias = extra.uniform(-bound, bound);
  } else if (choice.name == "log_odds" && facts.is_output) {
    fill_log_odds(output, train, biases);
  }
}

double bias_mean_square(const Choice& choice, const LayerFacts& facts) {
  const Parameters parameters =
      complete_parameters(choice.parameters, find_bias_start(choice.name, "init.bias").parameters, "init.bias");
  if (choice.name == "constant") return value_of(parameters, "value") * value_of(parameters, "value");
  if (choice.name == "normal") return value_of(parameters, "std") * value_of(parameters, "std");
  if (choice.name == "uniform") {
    const double bound = bound_of(parameters, facts);
    return bound * bound / 3;
  }
  return choice.name == "log_odds" && facts.is_output ? std::nan("") : 0;
}

}  // namespace init_lab
