#include "init_lab/network/network.hpp"

#include <algorithm>
#include <stdexcept>

namespace init_lab {

namespace {

Activation output_activation(Output output) {
  switch (output) {
    case Output::sigmoid:
      return Activation::sigmoid;
    case Output::tanh:
      return Activation::tanh;
    case Output::softmax:
    case Output::linear:
      break;
  }
  return Activation::linear;
}

/// Appends a layer behind the last one.
void append(Network& network, int fan_in, const LayerShape& shape) {
  if (shape.width < 1) throw std::logic_error("a layer needs at least one unit");
  if (shape.skip.present && (network.layers.empty() || fan_in != shape.width))
    throw std::logic_error("a skip connection needs a layer below of the same width");
  Layer layer;
  layer.in = fan_in;
  layer.out = shape.width;
  layer.activation = shape.activation;
  layer.parameter = shape.parameter.value_or(info(shape.activation).parameter);
  layer.normalizer = shape.normalizer;
  layer.skip = shape.skip;
  layer.learning = shape.learning;
  const auto width = static_cast<std::size_t>(shape.width);
  const std::size_t normalized = layer.normalized() ? width : 0;
  layer.weights = network.parameters;
  layer.biases = layer.weights + width * static_cast<std::size_t>(fan_in);
  layer.gains = layer.biases + width;
  layer.shifts = layer.gains + normalized;
  layer.scale = layer.shifts + normalized;
  layer.end = layer.scale + (shape.skip.present && shape.skip.learned ? 1 : 0);
  layer.statistics = network.statistics;
  if (shape.normalizer.kind == Normalization::batch) network.statistics += 2 * width;
  network.parameters = layer.end;
  network.layers.push_back(layer);
}

}  // namespace

NetworkShape chain(int inputs, const std::vector<int>& hidden, const std::vector<Activation>& activations,
                   Output output, int outputs) {
  if (hidden.size() != activations.size()) throw std::logic_error("a network needs one activation per hidden layer");
  NetworkShape shape;
  shape.inputs = inputs;
  shape.output = output;
  shape.outputs = outputs;
  for (std::size_t l = 0; l < hidden.size(); ++l) {
    LayerShape layer;
    layer.width = hidden[l];
    layer.activation = activations[l];
    shape.hidden.push_back(layer);
  }
  return shape;
}

Network make_network(const NetworkShape& shape) {
  if (shape.inputs < 1) throw std::logic_error("a network needs at least one input");
  if (shape.output == Output::softmax && shape.outputs < 2)
    throw std::logic_error("a softmax needs at least two units");
  Network network;
  network.output = shape.output;
  network.layers.reserve(shape.hidden.size() + 1);
  int fan_in = shape.inputs;
  for (const LayerShape& hidden : shape.hidden) {
    append(network, fan_in, hidden);
    fan_in = hidden.width;
  }
  LayerShape output;
  output.width = shape.outputs;
  output.activation = output_activation(shape.output);
  output.learning = shape.output_learning;
  append(network, fan_in, output);
  return network;
}

void write_constant_starts(const Network& network, std::span<double> parameters) {
  for (const Layer& layer : network.layers) {
    std::fill(parameters.begin() + static_cast<std::ptrdiff_t>(layer.gains),
              parameters.begin() + static_cast<std::ptrdiff_t>(layer.shifts), 1.0);
    std::fill(parameters.begin() + static_cast<std::ptrdiff_t>(layer.shifts),
              parameters.begin() + static_cast<std::ptrdiff_t>(layer.scale), 0.0);
    std::fill(parameters.begin() + static_cast<std::ptrdiff_t>(layer.scale),
              parameters.begin() + static_cast<std::ptrdiff_t>(layer.end), layer.skip.scale);
  }
}

std::vector<double> initial_statistics(const Network& network) {
  std::vector<double> statistics(network.statistics);
  for (const Layer& layer : network.layers)
    if (layer.normalizer.kind == Normalization::batch)
      std::fill_n(statistics.begin() + static_cast<std::ptrdiff_t>(layer.statistics) + layer.out, layer.out, 1.0);
  return statistics;
}

}  // namespace init_lab
