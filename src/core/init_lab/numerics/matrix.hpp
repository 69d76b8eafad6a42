// Eigen's matrices, configured to give the same bits on every machine.
#pragma once

// Write small products as lazyProduct and large ones with products.hpp: each entry is a plain sum
// in one fixed order on every machine. The order of Eigen's blocked product depends on the cache
// sizes that it assumes, and its code takes 20 KB of WebAssembly.
#include <Eigen/Dense>

namespace init_lab {

/// Columns are examples, rows are features or units, as in the course.
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
/// The layout of matrices in the parameter vector and in Points: row by row.
using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace init_lab
