// Matrix products in SIMD lanes, with the bits of plain loops.
#pragma once

#include <cstddef>

#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

/// Writes the dot product of row i of `a` and row j of `b` to out[i + j * rows_a]. Rows are
/// `length` >= 1 contiguous numbers. Each sum runs over the row in increasing order, as in a plain
/// loop.
void row_products(const double* a, std::ptrdiff_t rows_a, const double* b, std::ptrdiff_t rows_b, std::ptrdiff_t length,
                  double* out);

/// Returns W X for W of shape n by k and X of shape k by m.
Matrix product(const Eigen::Ref<const RowMajorMatrix>& w, const Matrix& x);
/// Returns W^T Y for W of shape n by k and Y of shape n by m.
Matrix transposed_product(const Eigen::Ref<const RowMajorMatrix>& w, const Matrix& y);
/// Returns Y X^T for Y of shape n by m and X of shape k by m.
RowMajorMatrix product_over_examples(const Matrix& y, const Matrix& x);

}  // namespace init_lab
