// What a network is: its layers and where each of their parameters lies in the one contiguous vector.
#pragma once

#include <string_view>
#include <vector>

#include "init_lab/network/activations.hpp"

namespace init_lab {

/// The output unit and the cost that goes with it.
enum class Output {
  sigmoid,  ///< a = sigmoid(z), binary cross-entropy on labels 0 and 1; class 1 when a > 0.5
  tanh,     ///< a = tanh(z), mean of (a - y)^2 / 2 on labels -1 and +1; class 1 when a > 0
};

/// One fully connected layer. W is out by in, row by row, at `weights`; b is out long, at `biases`.
struct Layer {
  int in = 0;                                  ///< fan-in
  int out = 0;                                 ///< fan-out
  Activation activation = Activation::linear;  ///< of the output layer: Activation::sigmoid or Activation::tanh
  std::size_t weights = 0;                     ///< offset of W in the parameter vector
  std::size_t biases = 0;                      ///< offset of b in the parameter vector
};

/// A fully connected network with one output unit. Parameters lie in the course's order: W1, b1, W2, b2, …
struct Network {
  std::vector<Layer> layers;  ///< hidden layers, then the output layer
  Output output = Output::sigmoid;
  std::size_t parameters = 0;  ///< length of the parameter vector

  [[nodiscard]] int inputs() const noexcept { return layers.front().in; }
};

/// `hidden` widths (each >= 1; may be empty, then the network is logistic regression) and as many activations.
Network make_network(int inputs, const std::vector<int>& hidden, const std::vector<Activation>& activations,
                     Output output);

}  // namespace init_lab
