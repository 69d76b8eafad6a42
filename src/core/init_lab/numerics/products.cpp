#include "init_lab/numerics/products.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "init_lab/numerics/lanes.hpp"

namespace init_lab {

namespace {

/// Rows of `a` whose sums stay in registers: four vectors for each of two rows of `b`.
constexpr int kPanelVectors = 4;
constexpr std::ptrdiff_t kPanelRows = 2 * kPanelVectors;
/// Entries of the rows that are multiplied at a time: those of a panel take 8 KiB, and those of 300
/// rows of `b`, which every panel reads, fit a second-level cache.
constexpr std::ptrdiff_t kChunk = 128;

/// Adds `count` products to each dot product of a panel's rows with `Columns` rows of `b`, or
/// starts the sums. The panel holds the rows' entries side by side, and so does a column of `sums`.
template <int Columns>
void tile(const double* panel, const double* b, std::ptrdiff_t length, std::ptrdiff_t count, bool begins, double* sums,
          std::ptrdiff_t stride) noexcept {
  F64x2 sum[Columns][kPanelVectors];
  const auto accumulate = [&](std::ptrdiff_t k, auto add) {
    F64x2 x[kPanelVectors];
    for (int v = 0; v < kPanelVectors; ++v) x[v] = load<F64x2>(panel + k * kPanelRows + 2 * v);
    for (int c = 0; c < Columns; ++c) {
      const auto y = splat<F64x2>(b[c * length + k]);
      for (int v = 0; v < kPanelVectors; ++v) add(c, v, y * x[v]);
    }
  };
  if (begins)
    accumulate(0, [&](int c, int v, F64x2 product) { sum[c][v] = product; });
  else
    accumulate(0, [&](int c, int v, F64x2 product) { sum[c][v] = load<F64x2>(sums + c * stride + 2 * v) + product; });
  for (std::ptrdiff_t k = 1; k < count; ++k) accumulate(k, [&](int c, int v, F64x2 product) { sum[c][v] += product; });
  for (int c = 0; c < Columns; ++c)
    for (int v = 0; v < kPanelVectors; ++v) store(sums + c * stride + 2 * v, sum[c][v]);
}

/// A tile with one row of `b`, for a panel with fewer than kPanelRows rows. It works on a padded
/// copy of the sums, because the sums themselves have no room for the missing rows.
void narrow_tile(const double* panel, std::ptrdiff_t rows, const double* b, std::ptrdiff_t length, std::ptrdiff_t count,
                 bool begins, double* sums) noexcept {
  std::array<double, kPanelRows> padded{};
  std::copy_n(sums, rows, padded.data());
  tile<1>(panel, b, length, count, begins, padded.data(), kPanelRows);
  std::copy_n(padded.data(), rows, sums);
}

}  // namespace

void row_products(const double* a, std::ptrdiff_t rows_a, const double* b, std::ptrdiff_t rows_b, std::ptrdiff_t length,
                  double* out) {
  std::array<double, kChunk * kPanelRows> panel{};
  for (std::ptrdiff_t start = 0; start < length; start += kChunk) {
    const std::ptrdiff_t count = std::min(kChunk, length - start);
    for (std::ptrdiff_t first = 0; first < rows_a; first += kPanelRows) {
      const std::ptrdiff_t rows = std::min(kPanelRows, rows_a - first);
      for (std::ptrdiff_t r = 0; r < rows; ++r)
        for (std::ptrdiff_t k = 0; k < count; ++k)
          panel[static_cast<std::size_t>(k * kPanelRows + r)] = a[(first + r) * length + start + k];
      std::ptrdiff_t j = 0;
      const auto row_of_b = [&] { return b + j * length + start; };
      const auto sums = [&] { return out + first + j * rows_a; };
      for (; rows == kPanelRows && j + 2 <= rows_b; j += 2)
        tile<2>(panel.data(), row_of_b(), length, count, start == 0, sums(), rows_a);
      for (; j < rows_b; ++j) narrow_tile(panel.data(), rows, row_of_b(), length, count, start == 0, sums());
    }
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
