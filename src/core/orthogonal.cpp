#include "core/orthogonal.hpp"

#include "core/eigen.hpp"

namespace init_lab {

void make_orthonormal(std::span<double> weights, int rows, int columns) {
  Eigen::Map<RowMajorMatrix> w(weights.data(), rows, columns);
  // The decomposition wants the tall form; a wide matrix goes through its transpose.
  const bool wide = rows < columns;
  const Matrix tall = wide ? Matrix(w.transpose()) : Matrix(w);
  const Eigen::HouseholderQR<Matrix> qr(tall);
  Matrix q = qr.householderQ() * Matrix::Identity(tall.rows(), tall.cols());
  for (Eigen::Index c = 0; c < q.cols(); ++c)
    if (qr.matrixQR()(c, c) < 0) q.col(c) = -q.col(c);
  if (wide)
    w = q.transpose();
  else
    w = q;
}

}  // namespace init_lab
