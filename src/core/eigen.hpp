// Eigen, set so that it gives the same bits on every machine, and the views of a network's parameters as matrices.
#pragma once

// Products are written lazyProduct: a plain sum for each entry, in one order on every machine and without the 20 KB of
// WebAssembly that the blocked product takes, whose order of summation follows the cache sizes it assumes.
#include <Eigen/Dense>
#include <span>

#include "core/network.hpp"

namespace init_lab {

/// Columns are examples, rows are features or units, as the course writes it.
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
/// Matrices in the parameter vector and in Points lie row by row.
using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// W of a layer, out by in, within the network's parameters. A view: it lives as long as they do.
inline Eigen::Map<const RowMajorMatrix> weights_of(const Layer& layer, std::span<const double> parameters) {
  return {parameters.data() + layer.weights, layer.out, layer.in};
}
inline Eigen::Map<RowMajorMatrix> weights_of(const Layer& layer, std::span<double> parameters) {
  return {parameters.data() + layer.weights, layer.out, layer.in};
}

/// b of a layer, out long.
inline Eigen::Map<const Vector> biases_of(const Layer& layer, std::span<const double> parameters) {
  return {parameters.data() + layer.biases, layer.out};
}
inline Eigen::Map<Vector> biases_of(const Layer& layer, std::span<double> parameters) {
  return {parameters.data() + layer.biases, layer.out};
}

}  // namespace init_lab
