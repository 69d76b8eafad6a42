#include "init_lab/data/locality.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "examples.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

using testing::normal_points;

std::vector<int> in_turn(int count) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

/// Squared distances from the centres of the runs of `group`, summed over all examples.
double scatter(const Points& points, const std::vector<int>& order, int group) {
  double sum = 0;
  for (std::size_t first = 0; first < order.size(); first += static_cast<std::size_t>(group)) {
    const std::size_t end = std::min(order.size(), first + static_cast<std::size_t>(group));
    for (int f = 0; f < points.features; ++f) {
      const auto x = [&](std::size_t i) { return points.x[static_cast<std::size_t>(f * points.size() + order[i])]; };
      double mean = 0;
      for (std::size_t i = first; i < end; ++i) mean += x(i) / static_cast<double>(end - first);
      for (std::size_t i = first; i < end; ++i) sum += (x(i) - mean) * (x(i) - mean);
    }
  }
  return sum;
}

TEST(Locality, orders_each_example_exactly_once) {
  std::uint32_t seed = 10;
  for (const int group : {8, 16})
    for (const int count : {0, 1, 7, 8, 9, 16, 17, 100, 301}) {
      std::vector<int> order = locality_order(normal_points(2, count, ++seed), group);
      std::sort(order.begin(), order.end());
      EXPECT_EQ(order, in_turn(count)) << count << " examples, seed " << seed;
    }
}

TEST(Locality, puts_neighbours_into_one_group) {
  for (std::uint32_t seed = 30; seed < 34; ++seed) {
    const Points points = normal_points(2, 400, seed);
    // Fifty cells of a plane hold a fiftieth of the variance if they are square; ten times less
    // than chance is modest.
    EXPECT_LT(scatter(points, locality_order(points, 8), 8), 0.1 * scatter(points, in_turn(400), 8)) << "seed " << seed;
  }
}

TEST(Locality, separates_distant_clouds_into_groups) {
  // Four clouds of 16, their examples shuffled: no group of 8 may mix two of them.
  constexpr std::uint32_t kSeed = 40;
  RandomState random(kSeed);
  const std::vector<int> cloud = random.permutation(64);
  Points points = normal_points(2, 64, kSeed);
  for (std::size_t i = 0; i < 64; ++i) {
    points.x[i] += 1000.0 * (cloud[i] % 2);
    points.x[64 + i] += 1000.0 * (cloud[i] / 2 % 2);
  }
  const std::vector<int> order = locality_order(points, 8);
  for (std::size_t i = 0; i < 64; ++i)
    EXPECT_EQ(cloud[static_cast<std::size_t>(order[i])] % 4, cloud[static_cast<std::size_t>(order[i / 8 * 8])] % 4)
        << "place " << i << ", seed " << kSeed;
}

TEST(Locality, orders_examples_at_one_place_by_their_index) {
  Points points;
  points.x.assign(80, 0.5);
  points.y.assign(40, 1.0);
  EXPECT_EQ(locality_order(points, 8), in_turn(40));
}

}  // namespace
}  // namespace init_lab
