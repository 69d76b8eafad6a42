#include "init_lab/network/network.hpp"

#include <stdexcept>

namespace init_lab {

Network make_network(int inputs, const std::vector<int>& hidden, const std::vector<Activation>& activations,
                     Output output) {
  // A spec is checked before it comes here, so that a bad shape is a mistake of the caller's code.
  if (inputs < 1) throw std::logic_error("a network needs at least one input");
  if (hidden.size() != activations.size()) throw std::logic_error("a network needs one activation per hidden layer");
  Network network;
  network.output = output;
  network.layers.reserve(hidden.size() + 1);
  int fan_in = inputs;
  const auto append = [&](int width, Activation activation) {
    if (width < 1) throw std::logic_error("a layer needs at least one unit");
    const std::size_t weights = network.parameters;
    const std::size_t biases = weights + static_cast<std::size_t>(width) * static_cast<std::size_t>(fan_in);
    network.layers.push_back({fan_in, width, activation, weights, biases});
    network.parameters = biases + static_cast<std::size_t>(width);
    fan_in = width;
  };
  for (std::size_t l = 0; l < hidden.size(); ++l) append(hidden[l], activations[l]);
  append(1, output == Output::sigmoid ? Activation::sigmoid : Activation::tanh);
  return network;
}

}  // namespace init_lab
