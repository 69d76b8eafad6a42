#include "init_lab/numerics/decompositions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numeric>

namespace init_lab {

namespace {

// In a build for size, Eigen calls a function for each entry of a matrix, so the inner loops here
// run over plain columns.

/// Returns the squared norm of a column, counted from `first_row`.
double squared_norm(const Matrix& a, Eigen::Index column, Eigen::Index first_row = 0) {
  const double* x = a.col(column).data();
  double sum = 0;
  for (Eigen::Index row = first_row; row < a.rows(); ++row) sum += x[row] * x[row];
  return sum;
}

/// Reflects the columns of `target`, from `first_column`, at the plane whose normal is column k of
/// `reflections`, from row k. Each addition of a sum waits for the one before, so four columns are
/// summed side by side; each sum keeps its order.
void reflect(const Matrix& reflections, Eigen::Index k, Matrix& target, Eigen::Index first_column) {
  constexpr std::size_t kAtOnce = 4;
  const Eigen::Index rows = reflections.rows();
  const double* normal = reflections.col(k).data();
  const double length = squared_norm(reflections, k, k);
  if (length == 0) return;
  std::array<double*, kAtOnce> column{};
  for (Eigen::Index j = first_column; j < target.cols(); j += static_cast<Eigen::Index>(kAtOnce)) {
    const std::size_t count = std::min(kAtOnce, static_cast<std::size_t>(target.cols() - j));
    // The last column stands in for those beyond it.
    for (std::size_t c = 0; c < kAtOnce; ++c)
      column[c] = target.col(j + static_cast<Eigen::Index>(std::min(c, count - 1))).data();
    // Four names instead of a loop, which a build for size would not unroll.
    const auto [c0, c1, c2, c3] = column;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (Eigen::Index row = k; row < rows; ++row) {
      const double n = normal[row];
      s0 += n * c0[row];
      s1 += n * c1[row];
      s2 += n * c2[row];
      s3 += n * c3[row];
    }
    const std::array<double, kAtOnce> along{s0, s1, s2, s3};
    for (std::size_t c = 0; c < count; ++c) {
      const double twice = 2 * along[c] / length;
      double* out = column[c];
      for (Eigen::Index row = k; row < rows; ++row) out[row] -= twice * normal[row];
    }
  }
}

}  // namespace

ThinQr thin_qr(Matrix a) {
  const Eigen::Index n = a.cols();
  ThinQr result{Matrix::Zero(a.rows(), n), Matrix::Zero(n, n)};
  for (Eigen::Index k = 0; k < n; ++k) {
    for (Eigen::Index row = 0; row < k; ++row) result.r(row, k) = a(row, k);
    // This sign of r(k, k) avoids cancellation in the subtraction below.
    const double norm = std::sqrt(squared_norm(a, k, k));
    result.r(k, k) = a(k, k) > 0 ? -norm : norm;
    a(k, k) -= result.r(k, k);
    reflect(a, k, a, k + 1);
  }
  // Columns before k are still 0, so reflection k would not change them.
  for (Eigen::Index k = n; k-- > 0;) {
    result.q(k, k) = 1;
    reflect(a, k, result.q, k);
  }
  return result;
}

std::vector<double> singular_values(Matrix a) {
  constexpr int kMostSweeps = 40;
  constexpr double kOrthogonal = std::numeric_limits<double>::epsilon();
  bool rotated = true;
  for (int sweep = 0; rotated && sweep < kMostSweeps; ++sweep) {
    rotated = false;
    for (Eigen::Index i = 0; i < a.cols(); ++i)
      for (Eigen::Index j = i + 1; j < a.cols(); ++j) {
        double* first = a.col(i).data();
        double* second = a.col(j).data();
        // One loop, because the three sums do not wait for each other.
        double left = 0;
        double right = 0;
        double product = 0;
        for (Eigen::Index row = 0; row < a.rows(); ++row) {
          left += first[row] * first[row];
          right += second[row] * second[row];
          product += first[row] * second[row];
        }
        if (!(std::fabs(product) > kOrthogonal * std::sqrt(left * right))) continue;
        rotated = true;
        const double cotangent = (right - left) / (2 * product);
        const double tangent = (cotangent < 0 ? -1 : 1) / (std::fabs(cotangent) + std::sqrt(1 + cotangent * cotangent));
        const double cosine = 1 / std::sqrt(1 + tangent * tangent);
        for (Eigen::Index row = 0; row < a.rows(); ++row) {
          const double x = first[row];
          const double y = second[row];
          first[row] = cosine * (x - tangent * y);
          second[row] = cosine * (tangent * x + y);
        }
      }
  }
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(a.cols()));
  for (Eigen::Index i = 0; i < a.cols(); ++i) values.push_back(std::sqrt(squared_norm(a, i)));
  std::sort(values.begin(), values.end(), std::greater<>());
  return values;
}

SymmetricEigen symmetric_eigen(Matrix a) {
  constexpr int kMostSweeps = 40;
  const Eigen::Index n = a.rows();
  Matrix v = Matrix::Identity(n, n);
  const double least =
      std::numeric_limits<double>::epsilon() * a.norm() / static_cast<double>(std::max<Eigen::Index>(n, 1));
  const auto rotate = [](double* x, double* y, Eigen::Index count, Eigen::Index stride, double cosine, double sine) {
    for (Eigen::Index i = 0; i < count; ++i) {
      const double first = x[i * stride];
      const double second = y[i * stride];
      x[i * stride] = cosine * first - sine * second;
      y[i * stride] = sine * first + cosine * second;
    }
  };
  bool rotated = true;
  for (int sweep = 0; rotated && sweep < kMostSweeps; ++sweep) {
    rotated = false;
    for (Eigen::Index i = 0; i < n; ++i)
      for (Eigen::Index j = i + 1; j < n; ++j) {
        if (!(std::fabs(a(i, j)) > least)) continue;
        rotated = true;
        const double cotangent = (a(j, j) - a(i, i)) / (2 * a(i, j));
        const double tangent = (cotangent < 0 ? -1 : 1) / (std::fabs(cotangent) + std::sqrt(1 + cotangent * cotangent));
        const double cosine = 1 / std::sqrt(1 + tangent * tangent);
        const double sine = tangent * cosine;
        rotate(a.col(i).data(), a.col(j).data(), n, 1, cosine, sine);
        rotate(a.data() + i, a.data() + j, n, n, cosine, sine);
        rotate(v.col(i).data(), v.col(j).data(), n, 1, cosine, sine);
      }
  }
  std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Eigen::Index i, Eigen::Index j) { return a(i, i) > a(j, j); });
  SymmetricEigen result{Vector(n), Matrix(n, n)};
  for (Eigen::Index k = 0; k < n; ++k) {
    const Eigen::Index from = order[static_cast<std::size_t>(k)];
    result.values(k) = a(from, from);
    result.vectors.col(k) = v.col(from);
  }
  return result;
}

}  // namespace init_lab
