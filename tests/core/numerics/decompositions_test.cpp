#include "init_lab/numerics/decompositions.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

TEST(Decompositions, symmetric_eigen_diagonalizes_with_orthonormal_vectors_in_descending_order) {
  constexpr std::uint32_t kSeed = 5;
  RandomState random(kSeed);
  for (const Eigen::Index n : {1, 2, 3, 20}) {
    Matrix a = Matrix::NullaryExpr(n, n, [&] { return random.normal(); });
    a = (a + a.transpose()).eval();
    const SymmetricEigen eigen = symmetric_eigen(a);
    const Matrix rebuilt = eigen.vectors * eigen.values.asDiagonal() * eigen.vectors.transpose();
    EXPECT_LE((rebuilt - a).norm(), 1e-13 * a.norm());
    EXPECT_LE((eigen.vectors.transpose() * eigen.vectors - Matrix::Identity(n, n)).norm(),
              1e-13 * static_cast<double>(n));
    for (Eigen::Index i = 1; i < n; ++i) EXPECT_GE(eigen.values(i - 1), eigen.values(i));
  }
  EXPECT_EQ(symmetric_eigen(Matrix::Zero(3, 3)).values, Vector::Zero(3));
}

}  // namespace
}  // namespace init_lab
