#include "init_lab/data/input_scale.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"

namespace init_lab {
namespace {

TEST(Standardize, gives_the_training_part_mean_zero_and_variance_one) {
  Points points = make_dataset({"blobs"}).train;
  standardize(points, measure_scales(points));
  const FeatureScales after = measure_scales(points);
  for (std::size_t f = 0; f < 2; ++f) {
    EXPECT_NEAR(after.means[f], 0, 1e-14);
    EXPECT_NEAR(after.standard_deviations[f], 1, 1e-14);
  }
}

TEST(Standardize, maps_other_points_by_the_scales_of_the_training_part) {
  const FeatureScales scales = measure_scales({2, {1, 3, 10, 10}, {0, 1}});
  EXPECT_EQ(scales, (FeatureScales{{2, 10}, {1, 0}}));
  Points other{2, {5, 7}, {0}};
  standardize(other, scales);
  // The second feature is constant: it only loses its mean.
  EXPECT_EQ(other.x, (std::vector<double>{3, -3}));
}

TEST(InputScale, does_not_report_inputs_of_exactly_ten_times_the_size) {
  EXPECT_FALSE(measure_input_scale({2, {10, -10, 10, 10}, {0, 1}}).far_from_one);
  EXPECT_TRUE(measure_input_scale({2, {10, -10, 10, 11}, {0, 1}}).far_from_one);
}

TEST(InputScale, reports_inputs_that_are_ten_times_too_large_or_too_small) {
  const Points circles = make_dataset({"circles"}).train;
  for (const auto& [factor, far] : {std::pair{1.0, false}, {5.0, false}, {1000.0, true}, {1e-3, true}, {1e300, true}}) {
    Points scaled = circles;
    for (double& x : scaled.x) x *= factor;
    const InputScale scale = measure_input_scale(scaled);
    EXPECT_EQ(scale.far_from_one, far) << factor;
    EXPECT_NEAR(scale.root_mean_square / factor, measure_input_scale(circles).root_mean_square, 1e-12) << factor;
  }
}

TEST(InputScale, is_the_root_mean_square_of_all_values) {
  EXPECT_NEAR(measure_input_scale({2, {3, 0, 0, 4}, {0, 1}}).root_mean_square, 2.5, 1e-15);
}

TEST(InputScale, does_not_blame_inputs_that_are_all_zero) {
  EXPECT_FALSE(measure_input_scale({2, {0, 0}, {0}}).far_from_one);
}

}  // namespace
}  // namespace init_lab
