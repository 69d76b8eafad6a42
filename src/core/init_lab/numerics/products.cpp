#include "init_lab/numerics/products.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "init_lab/numerics/lanes.hpp"

namespace init_lab {

namespace {

/// Rows of `a` whose sums stay in registers: four vectors for each of two rows of `b`.
constexpr int kPanelVectors = 4;
constexpr std::ptrdiff_t kPanelRows = 2 * kPanelVectors;

/// Dot products of a panel's rows with `Columns` rows of `b`. The panel holds the rows' k-th
/// entries side by side.
template <int Columns>
void tile(const double* panel, const double* b, std::ptrdiff_t length, double* out, std::ptrdiff_t stride,
          std::ptrdiff_t rows) noexcept {
  F64x2 sum[Columns][kPanelVectors];
  for (int c = 0; c < Columns; ++c)
    for (int v = 0; v < kPanelVectors; ++v) sum[c][v] = splat<F64x2>(b[c * length]) * load<F64x2>(panel + 2 * v);
  for (std::ptrdiff_t k = 1; k < length; ++k) {
    F64x2 x[kPanelVectors];
    for (int v = 0; v < kPanelVectors; ++v) x[v] = load<F64x2>(panel + k * kPanelRows + 2 * v);
    for (int c = 0; c < Columns; ++c) {
      const auto y = splat<F64x2>(b[c * length + k]);
      for (int v = 0; v < kPanelVectors; ++v) sum[c][v] += y * x[v];
    }
  }
  for (int c = 0; c < Columns; ++c) {
    std::array<double, kPanelRows> sums{};
    for (int v = 0; v < kPanelVectors; ++v) store(sums.data() + 2 * v, sum[c][v]);
    std::copy_n(sums.data(), rows, out + c * stride);
  }
}

}  // namespace

void row_products(const double* a, std::ptrdiff_t rows_a, const double* b, std::ptrdiff_t rows_b, std::ptrdiff_t length,
                  double* out) {
  std::vector<double> panel(static_cast<std::size_t>(length * kPanelRows), 0.0);
  for (std::ptrdiff_t first = 0; first < rows_a; first += kPanelRows) {
    const std::ptrdiff_t rows = std::min(kPanelRows, rows_a - first);
    for (std::ptrdiff_t r = 0; r < rows; ++r)
      for (std::ptrdiff_t k = 0; k < length; ++k)
        panel[static_cast<std::size_t>(k * kPanelRows + r)] = a[(first + r) * length + k];
    std::ptrdiff_t j = 0;
    for (; j + 2 <= rows_b; j += 2)
      tile<2>(panel.data(), b + j * length, length, out + first + j * rows_a, rows_a, rows);
    if (j < rows_b) tile<1>(panel.data(), b + j * length, length, out + first + j * rows_a, rows_a, rows);
  }
}

Matrix product(const Eigen::Ref<const RowMajorMatrix>& w, const Matrix& x) {
  Matrix result(w.rows(), x.cols());
  row_products(w.data(), w.rows(), x.data(), x.cols(), w.cols(), result.data());
  return result;
}

Matrix transposed_product(const Eigen::Ref<const RowMajorMatrix>& w, const Matrix& y) {
  const Matrix columns = w;  // a column of W is contiguous here
  Matrix result(w.cols(), y.cols());
  row_products(columns.data(), w.cols(), y.data(), y.cols(), w.rows(), result.data());
  return result;
}

RowMajorMatrix product_over_examples(const Matrix& y, const Matrix& x) {
  const RowMajorMatrix y_rows = y;
  const RowMajorMatrix x_rows = x;
  RowMajorMatrix result(y.rows(), x.rows());
  row_products(x_rows.data(), x.rows(), y_rows.data(), y.rows(), y.cols(), result.data());
  return result;
}

}  // namespace init_lab
