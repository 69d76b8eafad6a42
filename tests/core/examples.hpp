// Networks, examples and parameters that several tests draw on.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab::testing {

/// `count` examples whose features are independent standard normal and whose labels alternate.
inline Points normal_points(int features, int count, std::uint32_t seed) {
  RandomState random(seed);
  Points points;
  points.features = features;
  for (int i = 0; i < features * count; ++i) points.x.push_back(random.normal());
  for (int i = 0; i < count; ++i) points.y.push_back(i % 2);
  return points;
}

/// The activations without sine, whose frequency of 30 multiplies rounding errors and curvature by
/// 30 a layer. The tests of the kinds of layers have it at a lower frequency.
inline std::vector<ActivationInfo> gentle_activations() {
  std::vector<ActivationInfo> rows;
  for (const ActivationInfo& row : activations())
    if (row.id != Activation::sine) rows.push_back(row);
  return rows;
}

/// A network whose hidden layers share one activation.
inline Network network_of(Activation activation, int inputs, const std::vector<int>& hidden,
                          Output output = Output::sigmoid) {
  return make_network(chain(inputs, hidden, std::vector<Activation>(hidden.size(), activation), output));
}

/// Parameters drawn from N(0, standard_deviation²), biases included.
inline std::vector<double> normal_parameters(const Network& network, double standard_deviation, std::uint32_t seed) {
  RandomState random(seed);
  std::vector<double> parameters(network.parameters);
  for (double& value : parameters) value = standard_deviation * random.normal();
  return parameters;
}

/// Mean of values collected one by one, with its standard error.
struct Collected {
  void add(double value) {
    ++count;
    sum += value;
    squares += value * value;
  }
  [[nodiscard]] double mean() const { return sum / count; }
  [[nodiscard]] double error() const { return std::sqrt((squares / count - mean() * mean()) / count); }
  double count = 0, sum = 0, squares = 0;
};

inline std::string shown(Activation activation) { return std::string(info(activation).name); }
inline std::string shown(Output output) { return output == Output::sigmoid ? "sigmoid" : "tanh"; }

}  // namespace init_lab::testing
