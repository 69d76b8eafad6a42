#include "init_lab/diagnostics/planes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "init_lab/numerics/decompositions.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/products.hpp"

namespace init_lab {

namespace {

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void scale(std::vector<double>& v, double factor) {
  for (double& entry : v) entry *= factor;
}

/// Adds factor times w to v.
void add(std::vector<double>& v, double factor, std::span<const double> w) {
  for (std::size_t i = 0; i < v.size(); ++i) v[i] += factor * w[i];
}

/// Makes `v` a unit vector, or 0 if its length is at most `least` or not finite.
void normalize(std::vector<double>& v, double least) {
  const double length = std::sqrt(dot(v, v));
  if (length > least && std::isfinite(length))
    scale(v, 1 / length);
  else
    std::fill(v.begin(), v.end(), 0.0);
}

}  // namespace

Plane principal_plane(std::span<const double> vectors, std::size_t count) {
  const std::size_t size = vectors.size() / count;
  Plane plane;
  const auto end = vectors.last(size);
  plane.origin.assign(end.begin(), end.end());
  std::vector<double> differences(vectors.begin(), vectors.end());
  for (std::size_t i = 0; i < differences.size(); ++i) differences[i] -= plane.origin[i % size];

  // The vectors are few and long: the eigenvectors of their small Gram matrix give the directions.
  const auto n = static_cast<Eigen::Index>(count);
  Matrix gram(n, n);
  row_products(differences.data(), n, differences.data(), n, static_cast<Eigen::Index>(size), gram.data());
  const double spread = gram.trace();
  const SymmetricEigen eigen = symmetric_eigen(gram);
  for (std::size_t d = 0; d < 2; ++d) {
    std::vector<double>& direction = plane.directions[d];
    direction.assign(size, 0.0);
    const auto column = static_cast<Eigen::Index>(d);
    const double value = column < n ? std::max(eigen.values(column), 0.0) : 0;
    plane.shares[d] = spread > 0 ? value / spread : std::numeric_limits<double>::quiet_NaN();
    if (!(value > 1e-24 * spread)) continue;
    for (std::size_t i = 0; i < count; ++i)
      add(direction, eigen.vectors(static_cast<Eigen::Index>(i), column),
          std::span<const double>(differences).subspan(i * size, size));
    // Rounding must not tilt a direction that holds little spread towards the first one.
    if (d == 1) add(direction, -dot(direction, plane.directions[0]), plane.directions[0]);
    normalize(direction, 0);
    if (dot(direction, std::span<const double>(differences).first(size)) < 0) scale(direction, -1);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto vector = std::span<const double>(differences).subspan(i * size, size);
    plane.coordinates.push_back({dot(vector, plane.directions[0]), dot(vector, plane.directions[1])});
  }
  return plane;
}

Plane plane_through(std::span<const double> vectors) {
  const std::size_t size = vectors.size() / 3;
  Plane plane;
  plane.origin.assign(vectors.begin(), vectors.begin() + static_cast<std::ptrdiff_t>(size));
  std::vector<double> second(vectors.begin() + static_cast<std::ptrdiff_t>(size),
                             vectors.begin() + static_cast<std::ptrdiff_t>(2 * size));
  std::vector<double> third(vectors.begin() + static_cast<std::ptrdiff_t>(2 * size), vectors.end());
  add(second, -1, plane.origin);
  add(third, -1, plane.origin);
  plane.directions = {second, third};
  normalize(plane.directions[0], 0);
  const double length = std::sqrt(dot(third, third));
  add(plane.directions[1], -dot(third, plane.directions[0]), plane.directions[0]);
  normalize(plane.directions[1], 1e-12 * length);
  plane.coordinates = {{0, 0},
                       {dot(second, plane.directions[0]), 0},
                       {dot(third, plane.directions[0]), dot(third, plane.directions[1])}};

  std::array<double, 2> squares{};
  for (std::size_t d = 0; d < 2; ++d)
    for (const auto& point : plane.coordinates) squares[d] += point[d] * point[d];
  for (std::size_t d = 0; d < 2; ++d) plane.shares[d] = squares[d] / (squares[0] + squares[1]);
  return plane;
}

}  // namespace init_lab
