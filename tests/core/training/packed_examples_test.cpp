#include "init_lab/training/packed_examples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "examples.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

using testing::normal_points;

template <class T>
class PackedExamplesOf : public ::testing::Test {};
using Precisions = ::testing::Types<double, float>;
TYPED_TEST_SUITE(PackedExamplesOf, Precisions);

/// Checks every lane of every batch against the points in their order.
template <class T>
void expect_packed(const PackedExamples<T>& packed, const Points& points, const std::vector<int>& order,
                   int batch_size) {
  const int m = points.size();
  ASSERT_EQ(packed.features(), points.features);
  int done = 0;
  int next_group = 0;
  for (const Batch& batch : packed.batches()) {
    EXPECT_EQ(batch.first_group, next_group);
    EXPECT_EQ(batch.examples, std::min(batch_size, m - done));
    EXPECT_EQ(batch.groups, (batch.examples + kGroup<T> - 1) / kGroup<T>);
    for (int lane = 0; lane < batch.groups * kGroup<T>; ++lane) {
      // Padding repeats the last example of the batch.
      const int from = done + std::min(lane, batch.examples - 1);
      const auto example = static_cast<std::size_t>(order.empty() ? from : order[static_cast<std::size_t>(from)]);
      const int group = batch.first_group + lane / kGroup<T>;
      for (int f = 0; f < points.features; ++f)
        ASSERT_EQ(packed.group(group)[f * kGroup<T> + lane % kGroup<T>],
                  static_cast<T>(points.x[static_cast<std::size_t>(f * m) + example]))
            << "lane " << lane << ", feature " << f;
      const double y = points.y[example];
      ASSERT_EQ(packed.labels(group)[lane % kGroup<T>], static_cast<T>(y)) << "lane " << lane;
    }
    done += batch.examples;
    next_group += batch.groups;
  }
  EXPECT_EQ(done, m);
}

TYPED_TEST(PackedExamplesOf, hold_all_points_in_their_order_in_one_batch) {
  for (const int m : {1, 7, 8, 9, 16, 17, 301}) {
    const Points points = normal_points(3, m, 31);
    PackedExamples<TypeParam> packed;
    packed.pack(points);
    ASSERT_EQ(packed.batches().size(), 1U);
    expect_packed(packed, points, {}, m);
  }
}

TYPED_TEST(PackedExamplesOf, hold_shuffled_points_in_batches_of_which_the_last_is_smaller) {
  constexpr std::uint32_t kSeed = 32;
  const Points points = normal_points(5, 101, kSeed);
  const std::vector<int> order = RandomState(kSeed).permutation(101);
  for (const int size : {1, 5, 8, 16, 64, 100, 101}) {
    PackedExamples<TypeParam> packed;
    packed.pack(points, order, size);
    EXPECT_EQ(packed.batches().size(), static_cast<std::size_t>((101 + size - 1) / size));
    expect_packed(packed, points, order, size);
  }
}

TYPED_TEST(PackedExamplesOf, can_be_packed_again_with_other_points) {
  PackedExamples<TypeParam> packed;
  packed.pack(normal_points(9, 200, 33), {}, 10);
  const Points points = normal_points(2, 12, 34);
  packed.pack(points);
  expect_packed(packed, points, {}, 12);
}

}  // namespace
}  // namespace init_lab
