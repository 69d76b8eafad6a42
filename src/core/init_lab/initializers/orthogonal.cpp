#include "init_lab/initializers/orthogonal.hpp"

#include "init_lab/numerics/decompositions.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

void make_orthonormal(std::span<double> weights, int rows, int columns) {
  Eigen::Map<RowMajorMatrix> w(weights.data(), rows, columns);
  // The decomposition needs at least as many rows as columns, so a wide matrix is transposed.
  const bool wide = rows < columns;
  const Matrix tall = wide ? Matrix(w.transpose()) : Matrix(w);
  auto [q, r] = thin_qr(tall);
  for (Eigen::Index c = 0; c < q.cols(); ++c)
    if (r(c, c) < 0) q.col(c) = -q.col(c);
  if (wide)
    w = q.transpose();
  else
    w = q;
}

}  // namespace init_lab
