#include "init_lab/network/trace.hpp"

#include "init_lab/network/cost.hpp"

namespace init_lab {

Matrix pre_activations(const Layer& layer, std::span<const double> parameters, const Eigen::Ref<const Matrix>& input) {
  Matrix z = weights_of(layer, parameters).lazyProduct(input);
  z.colwise() += biases_of(layer, parameters);
  return z;
}

Matrix activate(const Layer& layer, const Matrix& z) {
  return z.unaryExpr([value = info(layer.activation).value_with, parameter = layer.parameter](double x) {
    return value(x, parameter);
  });
}

Matrix activation_slopes(const Layer& layer, const Matrix& z) {
  return z.unaryExpr([derivative = info(layer.activation).derivative_with, parameter = layer.parameter](double x) {
    return derivative(x, parameter);
  });
}

Trace trace(const Network& network, std::span<const double> parameters, const Points& examples) {
  const Eigen::Index m = examples.size();
  const std::size_t last = network.layers.size() - 1;
  const Matrix x = features_of(examples);
  Trace result;
  result.layers.resize(network.layers.size());

  for (std::size_t l = 0; l <= last; ++l) {
    const Layer& layer = network.layers[l];
    LayerTrace& at = result.layers[l];
    at.z = pre_activations(layer, parameters, l == 0 ? x : result.layers[l - 1].a);
    at.a = activate(layer, at.z);
  }

  LayerTrace& output = result.layers[last];
  output.da.resize(1, m);
  output.dz.resize(1, m);
  for (Eigen::Index i = 0; i < m; ++i) {
    const double a = output.a(0, i);
    const double y = examples.y[static_cast<std::size_t>(i)];
    result.cost += example_cost(network.output, a, y);
    output.da(0, i) = example_cost_by_activation(network.output, a, y);
    output.dz(0, i) = example_cost_by_pre_activation(network.output, a, y);
  }
  result.cost /= static_cast<double>(m);

  result.gradient.resize(network.parameters);
  for (std::size_t l = last + 1; l-- > 0;) {
    const Layer& layer = network.layers[l];
    LayerTrace& at = result.layers[l];
    if (l < last) {
      at.da = weights_of(network.layers[l + 1], parameters).transpose().lazyProduct(result.layers[l + 1].dz);
      at.dz = at.da.cwiseProduct(activation_slopes(layer, at.z));
    }
    const Matrix& input = l == 0 ? x : result.layers[l - 1].a;
    weights_of(layer, std::span<double>(result.gradient)) =
        at.dz.lazyProduct(input.transpose()) / static_cast<double>(m);
    biases_of(layer, std::span<double>(result.gradient)) = at.dz.rowwise().sum() / static_cast<double>(m);
  }
  return result;
}

}  // namespace init_lab
