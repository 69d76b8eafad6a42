// Views of a network's parameter vector as matrices and vectors.
#pragma once

#include <span>

#include "init_lab/network/network.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

/// W of a layer, out by in, within the network's parameters. The view is valid as long as the
/// parameters are.
inline Eigen::Map<const RowMajorMatrix> weights_of(const Layer& layer, std::span<const double> parameters) {
  return {parameters.data() + layer.weights, layer.out, layer.in};
}
inline Eigen::Map<RowMajorMatrix> weights_of(const Layer& layer, std::span<double> parameters) {
  return {parameters.data() + layer.weights, layer.out, layer.in};
}

/// b of a layer, out long. The view is valid as long as the parameters are.
inline Eigen::Map<const Vector> biases_of(const Layer& layer, std::span<const double> parameters) {
  return {parameters.data() + layer.biases, layer.out};
}
inline Eigen::Map<Vector> biases_of(const Layer& layer, std::span<double> parameters) {
  return {parameters.data() + layer.biases, layer.out};
}

}  // namespace init_lab
