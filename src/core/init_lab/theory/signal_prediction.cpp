#include "init_lab/theory/signal_prediction.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/numerics/quadrature.hpp"
#include "init_lab/theory/mean_field.hpp"

namespace init_lab::theory {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// The squared norms |x|² of the examples, on which alone the prediction depends. Moments are
/// computed at a few norms, the nodes, and interpolated linearly between them.
class Examples {
 public:
  explicit Examples(const Points& points);

  [[nodiscard]] std::size_t nodes() const noexcept { return norms_.size(); }
  [[nodiscard]] double squared_norm(std::size_t node) const { return norms_[node]; }

  /// The mean over the examples of a quantity that is known at the nodes.
  [[nodiscard]] double mean(const std::vector<double>& at_nodes) const {
    return mean_of(at_nodes, [](double value) { return value; });
  }
  /// The mean over the examples of `f` of that quantity.
  template <class F>
  [[nodiscard]] double mean_of(const std::vector<double>& at_nodes, F&& f) const {
    double sum = 0;
    for (const Place& place : places_) {
      const double low = at_nodes[place.node];
      sum += f(place.share == 0 ? low : low + place.share * (at_nodes[place.node + 1] - low));
    }
    return sum / static_cast<double>(places_.size());
  }

 private:
  /// The norm of an example: at the fraction `share` of the way from `node` to the next node.
  struct Place {
    std::size_t node;
    double share;
  };
  std::vector<double> norms_;  ///< increasing
  std::vector<Place> places_;
};

Examples::Examples(const Points& points) {
  const auto m = static_cast<std::size_t>(points.size());
  std::vector<double> sorted(m, 0.0);
  for (std::size_t i = 0; i < points.x.size(); ++i) sorted[i % m] += points.x[i] * points.x[i];
  std::sort(sorted.begin(), sorted.end());
  // Few examples are all nodes. Of many, the nodes are evenly spaced ranks, with closer and closer
  // ranks towards both ends: the largest examples dominate a mean that grows as exp(2 q) with q a
  // multiple of |x|².
  constexpr std::size_t kEven = 32;
  std::vector<std::size_t> ranks;
  for (std::size_t i = 0; i <= kEven; ++i) ranks.push_back(i * (m - 1) / kEven);
  for (std::size_t step = 1; step < m; step += 1 + step / 2) {
    ranks.push_back(step);
    ranks.push_back(m - 1 - step);
  }
  std::sort(ranks.begin(), ranks.end());
  for (const std::size_t rank : ranks)
    if (norms_.empty() || sorted[rank] > norms_.back() * (1 + 1e-12)) norms_.push_back(sorted[rank]);
  std::size_t node = 0;
  for (const double norm : sorted) {
    while (node + 1 < norms_.size() && norms_[node + 1] <= norm) ++node;
    const bool between = node + 1 < norms_.size() && norm > norms_[node];
    places_.push_back({node, between ? (norm - norms_[node]) / (norms_[node + 1] - norms_[node]) : 0});
  }
}

/// Whether the weights are independent of the data and have mean 0, as the theory requires.
bool is_centred(const InitializerInfo& info, const Parameters& parameters, const LayerFacts& facts) {
  return !info.needs_data && (info.mean == nullptr || info.mean(parameters, facts) == 0);
}

/// Variances of a layer's weights and biases, and the range of the weights' singular values.
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

/// Returns E[p²] of one of `units` softmax probabilities whose scores z are independent N(0, q).
/// From 1 / y² = integral of t e^(-t y) dt with t = e^u and x = z + u it follows that it is the
/// integral over u of E[e^(2 x) e^(-e^x)] E[e^(-e^x)]^(units - 1).
double softmax_second_moment(double q, int units) {
  constexpr int kSteps = 160;
  const double deviation = std::sqrt(q);
  const double reach = 8 * deviation + 4;
  const double low = -reach - 8 - elementary::log(static_cast<double>(units));
  const double step = (reach - low) / kSteps;
  double integral = 0;
  for (int i = 0; i <= kSteps; ++i) {
    const double u = low + i * step;
    const auto power_at = [&](F64x2 z) {
      const F64x2 x = deviation * z + u;
      const auto most = splat<F64x2>(300);
      return elementary::exp(x < most ? x : most);
    };
    const double weighted = normal_mean([&](F64x2 z) {
      const F64x2 power = power_at(z);
      return power * power * elementary::exp(-power);
    });
    const double mean = normal_mean([&](F64x2 z) { return elementary::exp(-power_at(z)); });
    integral += weighted * elementary::exp((units - 1) * elementary::log(std::max(mean, 1e-300)));
  }
  return integral * step;
}

/// Second moments at the output layer as functions of the variance q of its pre-activations.
struct OutputMoments {
  double activation;               ///< of the activations
  double pre_activation_gradient;  ///< of the cost's derivative by z, averaged over the units
};

/// `target_square` is the mean square of the targets. If a unit has two targets, both give the same
/// moments by symmetry.
OutputMoments output_moments(Output output, int units, double target_square, double q) {
  const double deviation = std::sqrt(q);
  switch (output) {
    case Output::sigmoid:
    case Output::tanh: {
      const auto activation = output == Output::sigmoid ? Activation::sigmoid : Activation::tanh;
      const double gradient = normal_mean([&](F64x2 z) {
        const F64x2 a = ActivationFunction(activation).at(deviation * z).value;
        const F64x2 derivative{cost_by_pre_activation(output, a[0], 1), cost_by_pre_activation(output, a[1], 1)};
        return derivative * derivative;
      });
      return {activation_second_moment(activation, q), gradient};
    }
    case Output::softmax: {
      // The sum of (p - t)² over the units is the sum of p², minus 2 p of the example's class (1 /
      // units on average), plus 1.
      const double square = softmax_second_moment(q, units);
      return {square, square + (1 - 2.0 / units) / units};
    }
    case Output::linear:
      break;
  }
  return {q, q + target_square};
}

/// Second moment of the derivative of an example's cost by an output unit's activation. In closed
/// form, because quadrature would miss the tails of 1 / a².
double output_activation_gradient(Output output, int units, double target_square, double q) {
  switch (output) {
    case Output::sigmoid:  // E[1 / a²] = E[(1 + e^-z)²]
      return 1 + 2 * elementary::exp(q / 2) + elementary::exp(2 * q);
    case Output::softmax: {
      // E[1 / p²] for the example's class, 0 for the others; 1 / p = 1 + sum of e^(z_k - z).
      const double others = units - 1;
      const double e_q = elementary::exp(q);
      const double squares = others * e_q * e_q + others * (others - 1) * e_q;
      return (1 + 2 * others * e_q + squares * e_q * e_q) / units;
    }
    case Output::tanh:
      return 1 + activation_second_moment(Activation::tanh, q);
    case Output::linear:
      break;
  }
  return q + target_square;
}

double mean_target_square(const Network& network, const Points& train) {
  if (network.outputs() > 1) return 1.0 / network.outputs();
  double sum = 0;
  for (const double y : train.y) sum += y * y;
  return train.y.empty() ? 0 : sum / static_cast<double>(train.y.size());
}

/// Returns the output moments at every node. For softmax they are expensive and smooth, so they are
/// computed at a few variances and interpolated.
std::vector<OutputMoments> output_moments_at(const Network& network, double target_square,
                                             const std::vector<double>& variances) {
  const auto moments_at = [&](double q) { return output_moments(network.output, network.outputs(), target_square, q); };
  constexpr std::size_t kMost = 9;
  std::vector<OutputMoments> result;
  if (network.output != Output::softmax || variances.size() <= kMost) {
    for (const double q : variances) result.push_back(moments_at(q));
    return result;
  }
  std::vector<std::size_t> nodes;
  for (std::size_t i = 0; i < kMost; ++i) nodes.push_back(i * (variances.size() - 1) / (kMost - 1));
  std::vector<OutputMoments> known;
  known.reserve(nodes.size());
  for (const std::size_t node : nodes) known.push_back(moments_at(variances[node]));
  for (std::size_t i = 0, k = 0; i < variances.size(); ++i) {
    if (k + 2 < kMost && i > nodes[k + 1]) ++k;
    const double width = variances[nodes[k + 1]] - variances[nodes[k]];
    const double share = width == 0 ? 0 : (variances[i] - variances[nodes[k]]) / width;
    const auto between = [&](double from, double to) { return from + share * (to - from); };
    result.push_back({between(known[k].activation, known[k + 1].activation),
                      between(known[k].pre_activation_gradient, known[k + 1].pre_activation_gradient)});
  }
  return result;
}

/// The effect of one hidden layer on the signals of a node.
struct Step {
  double activation;  ///< E[a²]
  /// Factor of the gradient's second moment from dJ/da to dJ/dz, without the part that a skip
  /// connection adds.
  double slope;
};

/// @param q the second moment of z
/// @param centred the variance of z around the mean that normalization subtracts
Step step_through(const Layer& layer, double q, double centred) {
  const ActivationFunction phi(layer.activation, layer.parameter);
  if (!layer.normalized()) return {activation_second_moment(phi, q), slope_second_moment(phi, q)};
  const double normalizer = 1 / (centred + layer.normalizer.epsilon);
  const double n = centred * normalizer;
  // Layer normalization removes two directions of the gradient: its mean, and its part along n.
  const double kept = layer.normalizer.kind == Normalization::layer ? std::max(0.0, 1 - 2.0 / layer.out) : 1;
  return {activation_second_moment(phi, n), slope_second_moment(phi, n) * normalizer * kept};
}

/// E[phi(n)]² for n ~ N(0, 1), as in a batch-normalized layer: the part of E[phi(n)²] that all
/// examples share.
double shared_square(const Layer& layer) {
  const ActivationFunction phi(layer.activation, layer.parameter);
  const double mean = normal_mean([&](F64x2 z) { return phi.at(z).value; });
  return mean * mean;
}

/// Sum over the features of their variance over the examples.
double feature_variance(const Points& points) {
  const auto m = static_cast<std::size_t>(points.size());
  double total = 0;
  for (std::size_t f = 0; f < static_cast<std::size_t>(points.features); ++f) {
    double sum = 0;
    double squares = 0;
    for (std::size_t i = f * m; i < (f + 1) * m; ++i) {
      sum += points.x[i];
      squares += points.x[i] * points.x[i];
    }
    total += squares / static_cast<double>(m) - sum * sum / static_cast<double>(m * m);
  }
  return std::max(total, 0.0);
}

/// What the prediction of the gradients reads of that of the signals.
struct Forward {
  std::vector<double> variances;            ///< E[z²] of the output layer, by node
  std::vector<std::vector<double>> slopes;  ///< Step::slope by hidden layer and node
  std::vector<double> gradient_factors;     ///< of each layer, from its dJ/dz to dJ/da below it
};

/// Writes the predicted signals and singular values of every layer, from the first to the output
/// layer (of that the pre-activation only).
Forward predict_forward(const Network& network, const InitSpec& init, const Points& train, const Examples& examples,
                        std::vector<LayerPrediction>& result) {
  const std::size_t nodes = examples.nodes();
  const std::size_t last = network.layers.size() - 1;
  Forward forward{std::vector<double>(nodes, 0.0), std::vector<std::vector<double>>(last),
                  std::vector<double>(last + 1)};
  std::vector<double>& variances = forward.variances;
  std::vector<double> input(nodes);  // squared norm of the layer's input
  for (std::size_t i = 0; i < nodes; ++i) input[i] = examples.squared_norm(i);
  // The variance of the layer's input over the examples, summed over its units.
  double spread_below = feature_variance(train);
  double centred = 0;  // variance of z over the examples
  for (std::size_t l = 0; l <= last; ++l) {
    const Layer& layer = network.layers[l];
    const LayerStart start = start_of(network, init, l);
    result[l].singular_values = start.singular_values;
    const double branch = layer.skip.present ? layer.skip.scale * layer.skip.scale : 1;
    const double kept = layer.skip.present ? 1 : 0;
    forward.gradient_factors[l] = branch * layer.out * start.weight;
    for (std::size_t i = 0; i < nodes; ++i)
      variances[i] = kept * variances[i] + branch * (start.weight * input[i] + start.bias);
    centred = kept * centred + branch * start.weight * spread_below;
    result[l].pre_activation = examples.mean(variances);
    if (l == last) break;

    std::vector<double> activations(nodes);
    for (std::size_t i = 0; i < nodes; ++i) {
      // The variance of z around its mean over the examples, or over the layer's units.
      const double around =
          layer.normalizer.kind == Normalization::batch ? centred : variances[i] * (1 - 1.0 / layer.out);
      const Step step = step_through(layer, variances[i], around);
      activations[i] = step.activation;
      forward.slopes[l].push_back(step.slope);
      input[i] = layer.out * step.activation;
    }
    result[l].activation = examples.mean(activations);
    spread_below = layer.out * std::max(0.0, result[l].activation - shared_square(layer));
  }
  return forward;
}

/// Writes the predicted gradients of every layer, and the activation of the output layer.
void predict_backward(const Network& network, const Points& train, const Examples& examples, const Forward& forward,
                      std::vector<LayerPrediction>& result) {
  const std::size_t nodes = examples.nodes();
  const std::size_t last = network.layers.size() - 1;
  const int units = network.outputs();
  const double target_square = mean_target_square(network, train);
  const std::vector<OutputMoments> output = output_moments_at(network, target_square, forward.variances);
  std::vector<double> gradient(nodes);  // second moment of dJ/dz
  std::vector<double> activations(nodes);
  for (std::size_t i = 0; i < nodes; ++i) {
    gradient[i] = output[i].pre_activation_gradient;
    activations[i] = output[i].activation;
  }
  result[last].activation = examples.mean(activations);
  result[last].pre_activation_gradient = examples.mean(gradient);
  result[last].activation_gradient = examples.mean_of(
      forward.variances, [&](double q) { return output_activation_gradient(network.output, units, target_square, q); });
  for (std::size_t l = last; l-- > 0;) {
    const double kept = network.layers[l + 1].skip.present ? 1 : 0;
    const double factor = forward.gradient_factors[l + 1];
    result[l].activation_gradient = factor * examples.mean(gradient);
    for (std::size_t i = 0; i < nodes; ++i) gradient[i] *= kept + factor * forward.slopes[l][i];
    result[l].pre_activation_gradient = examples.mean(gradient);
  }
}

}  // namespace

SingularRange singular_range(const InitializerInfo& info, const Parameters& init, int fan_in, int fan_out) {
  const LayerFacts facts{.fan_in = fan_in, .fan_out = fan_out};
  if (!is_centred(info, init, facts)) return {kNaN, kNaN};
  const double deviation = info.standard_deviation(init, facts);
  const double in = std::sqrt(static_cast<double>(fan_in));
  const double out = std::sqrt(static_cast<double>(fan_out));
  // An entry of an orthonormal matrix has variance 1 / max(n_in, n_out).
  if (info.is_orthonormal) return {deviation * std::max(in, out), deviation * std::max(in, out)};
  return {deviation * std::fabs(in - out), deviation * (in + out)};
}

std::vector<LayerPrediction> predict_signals(const Network& network, const InitSpec& init, const Points& train) {
  const Examples examples(train);
  std::vector<LayerPrediction> result(network.layers.size());
  const Forward forward = predict_forward(network, init, train, examples, result);
  predict_backward(network, train, examples, forward, result);
  return result;
}

}  // namespace init_lab::theory
