// Eigen's matrices, configured to give the same bits on every machine.
#pragma once

// Write small products as lazyProduct and large ones with products.hpp: each entry is a plain sum in one fixed order on every machine. Eigen's blocked product
// sums in an order that depends on the cache sizes it assumes, and adds 20 KB of WebAssembly.
#include <Eigen/Dense>

namespace init_lab {

/// Columns are examples, rows are features or units, as in the course.
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
/// The layout of matrices in the parameter vector and in Points: row by row.
using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace init_lab
