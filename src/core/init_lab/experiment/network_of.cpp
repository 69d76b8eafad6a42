// From the fields of an experiment to the description of its network.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/experiment/kinds.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/optimizers.hpp"

namespace init_lab {

namespace {

/// The scale of each of L = `branches` branches.
double branch_scale(const SkipSpec& skip, std::size_t branches) {
  if (const double* number = skip.scale.number()) return *number;
  const auto count = static_cast<double>(branches);
  switch (find_row(skip_scales(), *skip.scale.text(), "skip.scale").id) {
    case SkipScale::inverse_root:
      return 1 / std::sqrt(count);
    case SkipScale::inverse:
      return 1 / count;
    case SkipScale::one:
      break;
  }
  return 1;
}

Normalizer normalizer_of(const Choice& choice) {
  Normalizer normalizer;
  normalizer.kind = find_row(normalizations(), choice.name, "normalization.name").id;
  normalizer.momentum = value_or(choice.parameters, "momentum", normalizer.momentum);
  normalizer.epsilon = value_or(choice.parameters, "epsilon", normalizer.epsilon);
  return normalizer;
}

/// Whether the size of an update does not depend on the size of the gradient.
bool is_adaptive(const Choice& optimizer) {
  const Method method = find_optimizer(optimizer.name).method;
  return method == Method::adam || method == Method::rmsprop;
}

/// Learning-rate factors of µP by Yang, Hu et al. 2021, table 3. A dimension counts by its ratio to
/// the base width; the ratio is 1 for inputs and outputs of the network.
Learning mup_learning(double fan_in_ratio, double fan_out_ratio, bool is_first, bool is_output, bool adaptive) {
  Learning learning;
  if (adaptive) {
    if (!is_first) learning.weight_factor = 1 / fan_in_ratio;
    return learning;
  }
  if (is_output)
    learning.weight_factor = is_first ? 1 : 1 / fan_in_ratio;
  else if (is_first)
    learning.weight_factor = fan_out_ratio;
  if (!is_output) learning.bias_factor = fan_out_ratio;
  return learning;
}

/// Learning of layer l; l == layers.size() is the output layer.
Learning learning_of(const Spec& spec, std::size_t l) {
  Learning learning;
  if (spec.parametrization.name != "standard") {
    const double base = value_of(spec.parametrization.parameters, "baseWidth");
    const bool is_output = l == spec.layers.size();
    const double fan_in = l == 0 ? 1 : spec.layers[l - 1] / base;
    const double fan_out = is_output ? 1 : spec.layers[l] / base;
    learning = mup_learning(fan_in, fan_out, l == 0, is_output, is_adaptive(spec.optimizer));
  }
  learning.frozen = std::binary_search(spec.frozen.begin(), spec.frozen.end(), static_cast<int>(l));
  return learning;
}

}  // namespace

Network network_of(const Spec& spec) {
  NetworkShape shape;
  shape.inputs = inputs_of(spec);
  shape.output = spec.output;
  shape.outputs = outputs_of(spec);
  const Normalizer normalizer = normalizer_of(spec.normalization);
  for (std::size_t l = 0; l < spec.layers.size(); ++l) {
    LayerShape layer;
    layer.width = spec.layers[l];
    layer.activation = find_activation(spec.activations[l].name, "activations").id;
    if (const auto own = spec.activations[l].parameters.begin(); own != spec.activations[l].parameters.end())
      layer.parameter = *own->second.number();
    layer.normalizer = normalizer;
    layer.learning = learning_of(spec, l);
    if (spec.skip && l > 0) layer.skip = {true, branch_scale(*spec.skip, spec.layers.size() - 1), spec.skip->learned};
    shape.hidden.push_back(layer);
  }
  shape.output_learning = learning_of(spec, spec.layers.size());
  return make_network(shape);
}

std::vector<double> initial_parameters(const Spec& spec, const Network& network, const Points& train) {
  std::vector<double> parameters = initialize(network, spec.init, train);
  if (spec.parametrization.name == "standard" || spec.layers.empty()) return parameters;
  if (find_initializer(spec.init.of_layer(spec.layers.size()).choice.name).is_given) return parameters;
  // µP: the output weights' variance is proportional to 1 / n_in², one factor 1 / n_in more than
  // the initializer's. Given weights stay as given.
  const double base = value_of(spec.parametrization.parameters, "baseWidth");
  const Layer& output = network.layers.back();
  const double factor = std::sqrt(base / output.in);
  for (std::size_t i = output.weights; i < output.biases; ++i) parameters[i] *= factor;
  return parameters;
}

}  // namespace init_lab
