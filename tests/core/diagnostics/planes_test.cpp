#include "init_lab/diagnostics/planes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void expect_orthonormal(const Plane& plane) {
  EXPECT_NEAR(dot(plane.directions[0], plane.directions[0]), 1, 1e-12);
  EXPECT_NEAR(dot(plane.directions[1], plane.directions[1]), 1, 1e-12);
  EXPECT_NEAR(dot(plane.directions[0], plane.directions[1]), 0, 1e-12);
}

/// The point of a plane at (x, y).
std::vector<double> point_of(const Plane& plane, const std::array<double, 2>& at) {
  std::vector<double> point = plane.origin;
  for (std::size_t i = 0; i < point.size(); ++i)
    point[i] += at[0] * plane.directions[0][i] + at[1] * plane.directions[1][i];
  return point;
}

TEST(Planes, principal_plane_holds_all_points_that_lie_in_one_plane) {
  constexpr std::uint32_t kSeed = 2;
  constexpr std::size_t kSize = 30;
  constexpr std::size_t kCount = 12;
  RandomState random(kSeed);
  std::vector<double> u(kSize), v(kSize), base(kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    u[i] = random.normal();
    v[i] = random.normal();
    base[i] = 100 + random.normal();
  }
  std::vector<double> vectors;
  for (std::size_t k = 0; k < kCount; ++k) {
    const double a = 5 * random.normal();
    const double b = random.normal();
    for (std::size_t i = 0; i < kSize; ++i) vectors.push_back(base[i] + a * u[i] + b * v[i]);
  }
  const Plane plane = principal_plane(vectors, kCount);
  expect_orthonormal(plane);
  EXPECT_NEAR(plane.shares[0] + plane.shares[1], 1, 1e-12) << "seed " << kSeed;
  EXPECT_GT(plane.shares[0], plane.shares[1]);
  ASSERT_EQ(plane.coordinates.size(), kCount);
  for (std::size_t k = 0; k < kCount; ++k) {
    const std::vector<double> point = point_of(plane, plane.coordinates[k]);
    for (std::size_t i = 0; i < kSize; ++i) EXPECT_NEAR(point[i], vectors[k * kSize + i], 1e-10);
  }
  EXPECT_GE(plane.coordinates.front()[0], 0);
  EXPECT_GE(plane.coordinates.front()[1], 0);
  EXPECT_EQ(plane.coordinates.back(), (std::array<double, 2>{0, 0}));
}

TEST(Planes, shares_are_those_of_the_squared_distances_from_the_last_vector) {
  // Squared distances 9, 4 and 1 along three axes.
  const Plane plane = principal_plane(std::vector<double>{4, 1, 1, 1, -1, 1, 1, 1, 2, 1, 1, 1}, 4);
  EXPECT_NEAR(plane.shares[0], 9.0 / 14, 1e-14);
  EXPECT_NEAR(plane.shares[1], 4.0 / 14, 1e-14);
  EXPECT_NEAR(plane.coordinates[0][0], 3, 1e-14);
  EXPECT_NEAR(std::fabs(plane.coordinates[1][1]), 2, 1e-14);
}

TEST(Planes, of_equal_or_collinear_vectors_have_zero_directions) {
  const Plane one = principal_plane(std::vector<double>{1, 2, 3}, 1);
  EXPECT_TRUE(std::isnan(one.shares[0]));
  EXPECT_EQ(dot(one.directions[0], one.directions[0]), 0);
  const Plane line = principal_plane(std::vector<double>{0, 0, 1, 1, 2, 2}, 3);
  EXPECT_NEAR(line.shares[0], 1, 1e-14);
  EXPECT_EQ(dot(line.directions[1], line.directions[1]), 0);
  const Plane through = plane_through(std::vector<double>{0, 0, 1, 1, 3, 3});
  EXPECT_EQ(dot(through.directions[1], through.directions[1]), 0);
}

TEST(Planes, through_three_vectors_holds_all_three) {
  const std::vector<double> vectors{1, 0, 2, 0, 4, -1, 2, 2, 0, 3, 3, 3};
  const Plane plane = plane_through(vectors);
  expect_orthonormal(plane);
  for (std::size_t k = 0; k < 3; ++k) {
    const std::vector<double> point = point_of(plane, plane.coordinates[k]);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(point[i], vectors[4 * k + i], 1e-13);
  }
  EXPECT_EQ(plane.coordinates[0], (std::array<double, 2>{0, 0}));
  EXPECT_EQ(plane.coordinates[1][1], 0);
  EXPECT_GT(plane.coordinates[1][0], 0);
  EXPECT_GT(plane.coordinates[2][1], 0);
  EXPECT_NEAR(plane.shares[0] + plane.shares[1], 1, 1e-15);
}

}  // namespace
}  // namespace init_lab
