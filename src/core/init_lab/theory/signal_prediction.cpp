#include "init_lab/theory/signal_prediction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "init_lab/network/output.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/quadrature.hpp"
#include "init_lab/theory/mean_field.hpp"

namespace init_lab::theory {

namespace {

constexpr std::size_t kMostGroups = 32;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Examples of like size, which the maps treat as one.
struct Group {
  double share;         ///< of all examples
  double squared_norm;  ///< mean of |x|²
};

std::vector<Group> group_by_size(const Points& points) {
  const auto m = static_cast<std::size_t>(points.size());
  std::vector<double> squared_norms(m, 0.0);
  for (std::size_t i = 0; i < points.x.size(); ++i) squared_norms[i % m] += points.x[i] * points.x[i];
  std::sort(squared_norms.begin(), squared_norms.end());
  const std::size_t count = std::min(m, kMostGroups);
  std::vector<Group> groups;
  for (std::size_t g = 0; g < count; ++g) {
    const std::size_t from = g * m / count;
    const std::size_t to = (g + 1) * m / count;
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += squared_norms[i];
    const auto size = static_cast<double>(to - from);
    groups.push_back({size / static_cast<double>(m), sum / size});
  }
  return groups;
}

double mean_over(const std::vector<Group>& groups, const std::vector<double>& values) {
  double mean = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) mean += groups[g].share * values[g];
  return mean;
}

/// Whether the weights are independent of the data and have mean 0, as all of theory asks.
bool is_centred(const InitializerInfo& info, const Parameters& parameters, const LayerFacts& facts) {
  return !info.needs_data && (info.mean == nullptr || info.mean(parameters, facts) == 0);
}

/// What is known of a layer's weights and biases: variances, and the weights' singular values.
struct LayerStart {
  double weight;
  double bias;
  SingularRange singular_values;
};

LayerStart start_of(const Network& network, const InitSpec& init, std::size_t l) {
  const auto [choice, field] = init.of_layer(l);
  const InitializerInfo& info = find_initializer(choice.name);
  const Parameters parameters = complete_parameters(choice.parameters, info.parameters, field);
  const SingularRange singular_values = singular_range(info, parameters, network.layers[l].in, network.layers[l].out);
  const StartLaw law = start_law(network, init, l);
  if (law.mean != 0) return {kNaN, kNaN, singular_values};
  return {law.standard_deviation * law.standard_deviation, law.bias_mean_square, singular_values};
}

/// Second moment of the derivative of an example's cost by the output's pre-activation z ~ N(0, q).
/// Both labels have the same one, by symmetry.
double output_gradient(Output output, double q) {
  const double deviation = std::sqrt(q);
  return normal_mean([&](double z) {
    const double a = output == Output::sigmoid ? elementary::sigmoid(deviation * z) : elementary::tanh(deviation * z);
    const double gradient = cost_by_pre_activation(output, a, 1);
    return gradient * gradient;
  });
}

/// The same by the output's activation.
double output_activation_gradient(Output output, double q) {
  // sigmoid: E[1/a²] = E[(1 + e^-z)²], whose tail quadrature would miss.
  if (output == Output::sigmoid) return 1 + 2 * elementary::exp(q / 2) + elementary::exp(2 * q);
  return 1 + activation_second_moment(Activation::tanh, q);
}

}  // namespace

SingularRange singular_range(const InitializerInfo& info, const Parameters& init, int fan_in, int fan_out) {
  const LayerFacts facts{.fan_in = fan_in, .fan_out = fan_out};
  if (!is_centred(info, init, facts)) return {kNaN, kNaN};
  const double deviation = info.standard_deviation(init, facts);
  const double in = std::sqrt(static_cast<double>(fan_in));
  const double out = std::sqrt(static_cast<double>(fan_out));
  // An entry of an orthonormal matrix has variance 1 / max(n_in, n_out).
  if (info.name == "orthogonal") return {deviation * std::max(in, out), deviation * std::max(in, out)};
  return {deviation * std::fabs(in - out), deviation * (in + out)};
}

std::vector<LayerPrediction> predict_signals(const Network& network, const InitSpec& init, const Points& train) {
  const std::vector<Group> groups = group_by_size(train);
  const std::size_t last = network.layers.size() - 1;
  std::vector<double> input;  // squared norm of the layer's input, by group
  input.reserve(groups.size());
  for (const Group& group : groups) input.push_back(group.squared_norm);
  std::vector<std::vector<double>> slopes(last + 1);  // E[phi'²] by layer and group
  std::vector<double> weight_variances;
  std::vector<double> gradient;  // second moment of dJ/dz, by group
  std::vector<LayerPrediction> result(last + 1);

  for (std::size_t l = 0; l <= last; ++l) {
    const Layer& layer = network.layers[l];
    const LayerStart start = start_of(network, init, l);
    weight_variances.push_back(start.weight);
    result[l].singular_values = start.singular_values;
    std::vector<double> moments;
    for (double& value : input) {
      const double q = start.weight * value + start.bias;
      result[l].pre_activation += groups[moments.size()].share * q;
      moments.push_back(activation_second_moment(layer.activation, q));
      slopes[l].push_back(slope_second_moment(layer.activation, q));
      if (l == last) {
        gradient.push_back(output_gradient(network.output, q));
        result[l].activation_gradient +=
            groups[gradient.size() - 1].share * output_activation_gradient(network.output, q);
      }
      value = layer.out * moments.back();
    }
    result[l].activation = mean_over(groups, moments);
  }

  result[last].pre_activation_gradient = mean_over(groups, gradient);
  for (std::size_t l = last; l-- > 0;) {
    const double factor = network.layers[l + 1].out * weight_variances[l + 1];
    result[l].activation_gradient = factor * mean_over(groups, gradient);
    for (std::size_t g = 0; g < groups.size(); ++g) gradient[g] *= factor * slopes[l][g];
    result[l].pre_activation_gradient = mean_over(groups, gradient);
  }
  return result;
}

}  // namespace init_lab::theory
