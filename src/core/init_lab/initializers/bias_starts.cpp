#include "init_lab/initializers/bias_starts.hpp"

#include <array>
#include <string>

namespace init_lab {

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
      {"log_odds", "log-odds", "Output biases start where the outputs equal the shares of the classes.", {}},
  }};
  return rows;
}

const BiasStartInfo& find_bias_start(std::string_view name, std::string_view field) {
  return find_row(bias_starts(), name, std::string(field) + ".name");
}

}  // namespace init_lab
