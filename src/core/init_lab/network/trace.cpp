#include "init_lab/network/trace.hpp"

#include <cstddef>

#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/products.hpp"

namespace init_lab {

namespace {

/// The value or the derivative of the activation at each entry of `n`, two entries at a time.
template <class Pick>
Matrix activated_entries(const Layer& layer, const Matrix& n, Pick pick) {
  const auto evaluate = info(layer.activation).evaluate;
  Matrix result(n.rows(), n.cols());
  const double* const z = n.data();
  double* const out = result.data();
  Eigen::Index i = 0;
  for (; i + 2 <= n.size(); i += 2) store(out + i, pick(evaluate(load<F64x2>(z + i), layer.parameter)));
  if (i < n.size()) out[i] = pick(evaluate(splat<F64x2>(z[i]), layer.parameter))[0];
  return result;
}

/// The branch scale s of a layer, from the parameters if it is learned.
double branch_scale(const Layer& layer, std::span<const double> parameters) {
  if (!layer.skip.present) return 1;
  return layer.skip.learned ? parameters[layer.scale] : layer.skip.scale;
}

Eigen::Map<const Vector> gains_of(const Layer& layer, std::span<const double> parameters) {
  return {parameters.data() + layer.gains, layer.out};
}

/// Returns (z - mean) / sqrt(variance + epsilon), with the statistics in `signals`.
Matrix standardized(const Layer& layer, const LayerTrace& signals) {
  const Vector deviation = (signals.variance.array() + layer.normalizer.epsilon).sqrt();
  if (layer.normalizer.kind == Normalization::batch)
    return ((signals.z.colwise() - signals.mean).array().colwise() / deviation.array()).matrix();
  return ((signals.z.rowwise() - signals.mean.transpose()).array().rowwise() / deviation.transpose().array()).matrix();
}

void normalize(const Layer& layer, std::span<const double> parameters, LayerTrace& signals) {
  if (layer.normalizer.kind == Normalization::batch) {
    signals.mean = signals.z.rowwise().mean();
    signals.variance = (signals.z.colwise() - signals.mean).array().square().rowwise().mean();
  } else {
    signals.mean = signals.z.colwise().mean();
    signals.variance = (signals.z.rowwise() - signals.mean.transpose()).array().square().colwise().mean();
  }
  const Eigen::Map<const Vector> shifts(parameters.data() + layer.shifts, layer.out);
  signals.normalized =
      (standardized(layer, signals).array().colwise() * gains_of(layer, parameters).array()).colwise() + shifts.array();
}

/// Replaces signals.dz, which holds the derivative dn by the normalized n, by the derivative by z,
/// and writes the gradients of gain and shift. With x the standardized z, g = gain dn, and means
/// over the entries that share one mean and variance: dz = (g - mean(g) - x mean(g x)) /
/// sqrt(variance + epsilon).
void normalize_backward(const Layer& layer, std::span<const double> parameters, LayerTrace& signals,
                        std::vector<double>& gradient) {
  const Matrix x = standardized(layer, signals);
  const auto m = static_cast<double>(x.cols());
  Eigen::Map<Vector>(gradient.data() + layer.gains, layer.out) = signals.dz.cwiseProduct(x).rowwise().sum() / m;
  Eigen::Map<Vector>(gradient.data() + layer.shifts, layer.out) = signals.dz.rowwise().sum() / m;
  Matrix g = signals.dz.array().colwise() * gains_of(layer, parameters).array();
  const Vector deviation = (signals.variance.array() + layer.normalizer.epsilon).sqrt();
  const Matrix gx = g.cwiseProduct(x);
  if (layer.normalizer.kind == Normalization::batch) {
    const Vector mean = g.rowwise().mean();
    const Vector mean_x = gx.rowwise().mean();
    g.colwise() -= mean;
    g -= (x.array().colwise() * mean_x.array()).matrix();
    signals.dz = g.array().colwise() / deviation.array();
  } else {
    const Vector mean = g.colwise().mean();
    const Vector mean_x = gx.colwise().mean();
    g.rowwise() -= mean.transpose();
    g -= (x.array().rowwise() * mean_x.transpose().array()).matrix();
    signals.dz = g.array().rowwise() / deviation.transpose().array();
  }
}

/// Applies a softmax, adds up the cost and writes the output layer's derivatives.
void finish_output(const Network& network, const Points& examples, Trace& result) {
  LayerTrace& output = result.layers.back();
  const int units = network.outputs();
  output.da.resize(units, output.z.cols());
  output.dz.resize(units, output.z.cols());
  for (Eigen::Index i = 0; i < output.z.cols(); ++i) {
    const double y = examples.y[static_cast<std::size_t>(i)];
    const std::span<double> column(output.a.col(i).data(), static_cast<std::size_t>(units));
    result.cost += example_cost(network.output, column, y);
    scores_to_activations(network.output, column);
    for (int unit = 0; unit < units; ++unit) {
      const double t = target(network.output, units, unit, y);
      output.da(unit, i) = cost_by_activation(network.output, output.a(unit, i), t);
      output.dz(unit, i) = cost_by_pre_activation(network.output, output.a(unit, i), t);
    }
  }
  result.cost /= static_cast<double>(output.z.cols());
}

}  // namespace

Matrix pre_activations(const Layer& layer, std::span<const double> parameters,
                       const Eigen::Ref<const Matrix>& a_below) {
  Matrix z = product(weights_of(layer, parameters), a_below);
  z.colwise() += biases_of(layer, parameters);
  return z;
}

Matrix activate(const Layer& layer, const Matrix& n) {
  return activated_entries(layer, n, [](const Activated<F64x2>& entry) { return entry.value; });
}

Matrix activation_slopes(const Layer& layer, const Matrix& n) {
  return activated_entries(layer, n, [](const Activated<F64x2>& entry) { return entry.derivative; });
}

LayerTrace forward(const Layer& layer, std::span<const double> parameters, const Eigen::Ref<const Matrix>& a_below,
                   const Matrix& z_below) {
  LayerTrace signals;
  signals.z = pre_activations(layer, parameters, a_below);
  if (layer.skip.present) signals.z = z_below + branch_scale(layer, parameters) * signals.z;
  if (layer.normalized()) normalize(layer, parameters, signals);
  signals.a = activate(layer, signals.activation_input());
  return signals;
}

Trace trace(const Network& network, std::span<const double> parameters, const Points& examples) {
  const auto m = static_cast<double>(examples.size());
  const std::size_t last = network.layers.size() - 1;
  const Matrix x = features_of(examples);
  Trace result;
  for (std::size_t l = 0; l <= last; ++l)
    result.layers.push_back(forward(network.layers[l], parameters, l == 0 ? x : result.layers[l - 1].a,
                                    l == 0 ? Matrix() : result.layers[l - 1].z));
  finish_output(network, examples, result);

  result.gradient.resize(network.parameters);
  for (std::size_t l = last + 1; l-- > 0;) {
    const Layer& layer = network.layers[l];
    LayerTrace& signals = result.layers[l];
    if (l < last) {
      const Layer& above = network.layers[l + 1];
      const Matrix& dz_above = result.layers[l + 1].dz;
      signals.da = transposed_product(weights_of(above, parameters), dz_above);
      if (above.skip.present) signals.da *= branch_scale(above, parameters);
      signals.dz = signals.da.cwiseProduct(activation_slopes(layer, signals.activation_input()));
      if (layer.normalized()) normalize_backward(layer, parameters, signals, result.gradient);
      if (above.skip.present) signals.dz += dz_above;
    }
    const Matrix& a_below = l == 0 ? x : result.layers[l - 1].a;
    auto weight_gradient = weights_of(layer, std::span<double>(result.gradient));
    auto bias_gradient = biases_of(layer, std::span<double>(result.gradient));
    weight_gradient = product_over_examples(signals.dz, a_below) / m;
    bias_gradient = signals.dz.rowwise().sum() / m;
    if (!layer.skip.present) continue;
    // The branch W a + b enters z with the factor s.
    if (layer.skip.learned)
      result.gradient[layer.scale] = weight_gradient.cwiseProduct(weights_of(layer, parameters)).sum() +
                                     bias_gradient.dot(biases_of(layer, parameters));
    weight_gradient *= branch_scale(layer, parameters);
    bias_gradient *= branch_scale(layer, parameters);
  }
  return result;
}

}  // namespace init_lab
