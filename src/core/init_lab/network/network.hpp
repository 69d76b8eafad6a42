// The description of a network: the one source that the kernel, the reference pass, the
// diagnostics, the theory, LSUV and the exports read.
//
// Layer l computes, for the activations a_below of the layer below (or the inputs):
//
//   z = W a_below + b                       plain
//   z = z_below + s (W a_below + b)         with a skip connection (pre-activation form)
//   n = gain (z - mean) / sqrt(variance + epsilon) + shift      with normalization, else n = z
//   a = phi(n)
//
// Sources: He et al. 2016, Identity mappings in deep residual networks; Ioffe & Szegedy 2015, Batch
// normalization; Ba, Kiros & Hinton 2016, Layer normalization; Bachlechner et al. 2020, ReZero is
// all you need, and De & Smith 2020 (SkipInit) for a learned s.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "init_lab/network/activations.hpp"

namespace init_lab {

/// The output layer's activation and the cost that goes with it.
enum class Output {
  sigmoid,  ///< a = sigmoid(z), binary cross-entropy, summed over the units
  tanh,     ///< a = tanh(z), half the squared distance from -1 or +1, summed over the units
  softmax,  ///< a = e^z / sum e^z, cross-entropy summed over the classes
  linear,   ///< a = z, half the squared distance from the label, summed over the units
};

enum class Normalization { none, batch, layer };

/// The normalization between a layer's z and its activation.
struct Normalizer {
  Normalization kind = Normalization::none;
  double momentum = 0.9;  ///< share of the old running average that an update keeps (batch only)
  double epsilon = 1e-5;  ///< added to the variance
  friend bool operator==(const Normalizer&, const Normalizer&) = default;
};

/// The skip connection into a layer, whose width is that of the layer below.
struct Skip {
  bool present = false;
  double scale = 1;      ///< of the branch, s; its start where it is learned
  bool learned = false;  ///< s is a parameter
  friend bool operator==(const Skip&, const Skip&) = default;
};

/// How a layer is trained. A factor multiplies the learning rate of every method.
struct Learning {
  double weight_factor = 1;  ///< of W
  double bias_factor = 1;    ///< of b, and of the normalization's gain and shift
  bool frozen = false;       ///< no parameter of the layer is updated
  friend bool operator==(const Learning&, const Learning&) = default;
};

/// One fully connected layer and where its parameters lie in the parameter vector.
struct Layer {
  int in = 0;                                  ///< fan-in
  int out = 0;                                 ///< fan-out
  Activation activation = Activation::linear;  ///< of a softmax output: linear
  double parameter = 0;                        ///< of the activation: leaky ReLU's slope
  Normalizer normalizer{};
  Skip skip{};
  Learning learning{};
  std::size_t weights = 0;  ///< offset of W, out by in, row by row
  std::size_t biases = 0;   ///< offset of b, out long; W ends here
  std::size_t gains = 0;    ///< offset of the normalization's gain, out long; b ends here
  std::size_t shifts = 0;   ///< offset of the normalization's shift, out long
  std::size_t scale = 0;    ///< offset of the learned s
  std::size_t end = 0;      ///< offset after the layer's last parameter
  /// Offset of the running means of batch normalization among the statistics, out long; as many
  /// running variances follow.
  std::size_t statistics = 0;

  [[nodiscard]] bool normalized() const noexcept { return normalizer.kind != Normalization::none; }
};

/// A fully connected network. Its parameters lie layer by layer: W, b, then gain and shift if the
/// layer is normalized, then s if it is learned. Without these it is the course's order: W1, b1,
/// W2, …
struct Network {
  std::vector<Layer> layers;  ///< hidden layers, then the output layer
  Output output = Output::sigmoid;
  std::size_t parameters = 0;  ///< length of the parameter vector
  std::size_t statistics = 0;  ///< length of the running statistics of batch normalization

  [[nodiscard]] int inputs() const noexcept { return layers.front().in; }
  [[nodiscard]] int outputs() const noexcept { return layers.back().out; }
};

/// The shape of a hidden layer, from which make_network() makes a Layer.
struct LayerShape {
  int width = 1;
  Activation activation = Activation::relu;
  std::optional<double> parameter{};  ///< of the activation; without it, the table's default
  Normalizer normalizer{};
  Skip skip{};
  Learning learning{};
};

/// The shape of a network, from which make_network() makes a Network.
struct NetworkShape {
  int inputs = 1;
  std::vector<LayerShape> hidden{};  ///< may be empty: the network is then logistic regression
  Output output = Output::sigmoid;
  int outputs = 1;             ///< units of the output layer
  Learning output_learning{};  ///< of the output layer
};

/// The shape of a plain chain: no skips, no normalization, one activation per hidden width.
NetworkShape chain(int inputs, const std::vector<int>& hidden, const std::vector<Activation>& activations,
                   Output output, int outputs = 1);

/// Lays the network out. Experiments are checked before; an impossible shape (a width below 1, a
/// skip between layers of different widths or into the first layer, a softmax of one unit) throws
/// std::logic_error.
Network make_network(const NetworkShape& shape);

/// Writes the starts that no initializer draws: gains 1, shifts 0, learned branch scales their
/// start.
void write_constant_starts(const Network& network, std::span<double> parameters);

/// The running statistics at iteration 0: means 0, variances 1.
std::vector<double> initial_statistics(const Network& network);

}  // namespace init_lab
