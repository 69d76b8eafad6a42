#include "init_lab/numerics/products.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

Matrix random_matrix(Eigen::Index rows, Eigen::Index columns, RandomState& random) {
  return Matrix::NullaryExpr(rows, columns, [&] { return random.normal(); });
}

TEST(Products, have_the_bits_of_plain_loops_for_every_remainder_of_the_tiles) {
  constexpr std::uint32_t kSeed = 3;
  RandomState random(kSeed);
  for (const Eigen::Index n : {1, 2, 7, 8, 9, 30})
    for (const Eigen::Index k : {1, 2, 7, 40})
      for (const Eigen::Index m : {1, 2, 3, 8, 17}) {
        const RowMajorMatrix w = random_matrix(n, k, random);
        const Matrix x = random_matrix(k, m, random);
        const Matrix y = random_matrix(n, m, random);
        EXPECT_EQ(product(w, x), Matrix(w.lazyProduct(x))) << n << " " << k << " " << m << ", seed " << kSeed;
        EXPECT_EQ(transposed_product(w, y), Matrix(w.transpose().lazyProduct(y)));
        EXPECT_EQ(product_over_examples(y, x), RowMajorMatrix(y.lazyProduct(x.transpose())));
      }
}

}  // namespace
}  // namespace init_lab
