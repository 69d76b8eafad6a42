#include "core/datasets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "fixtures.hpp"

namespace init_lab {
namespace {

using testing::Array;
using testing::Fixture;

const Fixture& reference() {
  static const Fixture fixture("datasets");
  return fixture;
}

/// Coordinates to 1e-14 of the size of the set's largest one, labels exactly.
void expect_points(const Points& points, const std::string& name) {
  const Array& x = reference()[name + "/x"];
  const Array& y = reference()[name + "/y"];
  ASSERT_EQ(points.features, 2) << name;
  ASSERT_EQ(points.x.size(), x.size()) << name;
  ASSERT_EQ(points.y.size(), y.size()) << name;
  double size = 1;
  for (const double value : x.values) size = std::max(size, std::fabs(value));
  for (std::size_t i = 0; i < x.size(); ++i)
    ASSERT_NEAR(points.x[i], x[i], 1e-14 * size) << name << ", value " << i;
  for (std::size_t i = 0; i < y.size(); ++i) ASSERT_EQ(points.y[i], y[i]) << name << ", label " << i;
}

TEST(Datasets, with_their_defaults_are_the_points_of_scikit_learn_and_the_course) {
  for (const DatasetInfo& row : datasets()) {
    const std::string name(row.name);
    const Dataset dataset = make_dataset({name, {}});
    expect_points(dataset.train, name + "/train");
    expect_points(dataset.test, name + "/test");
  }
}

TEST(Datasets, with_other_parameters_and_odd_sizes_are_the_points_of_scikit_learn) {
  const std::vector<Choice> variants{
      {"flower", {{"samples", 90}, {"seed", 7}, {"petalLength", 2.5}, {"noise", 0.4}}},
      {"circles", {{"samples", 301}, {"noise", 0}, {"factor", 0.3}, {"seed", 4}}},
      {"noisy_circles", {{"samples", 3}, {"noise", 1.5}, {"factor", 0}, {"seed", 4294967295.0}}},
      {"moons", {{"samples", 201}, {"noise", 0.1}, {"seed", 9}}},
      {"blobs", {{"samples", 101}, {"centers", 7}, {"spread", 0.5}, {"seed", 0}}},
      {"gaussian_quantiles", {{"samples", 203}, {"variance", 2}, {"classes", 5}, {"seed", 8}}},
      {"spiral", {{"samples", 101}, {"arms", 3}, {"turns", 0.7}, {"noise", 0.1}, {"seed", 3}}},
      {"xor", {{"samples", 33}, {"noise", 0.2}, {"seed", 6}}},
  };
  ASSERT_EQ(variants.size(), datasets().size());
  for (const Choice& choice : variants) expect_points(make_dataset(choice).train, choice.name + "/variant");
}

TEST(Datasets, hold_the_first_petal_that_the_course_prints) {
  const Points flower = make_dataset({"flower", {}}).train;
  EXPECT_NEAR(flower.x[0], 1.2044422922543192, 1e-14);
  EXPECT_NEAR(flower.x[400], 3.576114148128845, 1e-14);
  double sum = 0;
  for (const double value : flower.x) sum += value;
  EXPECT_NEAR(sum, 10.087983277441637, 1e-11);
}

TEST(Datasets, of_equal_seeds_are_equal_and_of_other_seeds_are_not) {
  for (const DatasetInfo& row : datasets()) {
    const std::string name(row.name);
    EXPECT_EQ(make_dataset({name, {{"seed", 21}}}), make_dataset({name, {{"seed", 21}}})) << name;
    EXPECT_NE(make_dataset({name, {{"seed", 21}}}).train, make_dataset({name, {{"seed", 22}}}).train) << name;
  }
}

TEST(Datasets, have_the_asked_number_of_examples_of_both_parts_at_every_size) {
  for (const DatasetInfo& row : datasets())
    for (const int samples : {2, 3, 5, 17, 100}) {
      const Dataset dataset =
          make_dataset({std::string(row.name), {{"samples", samples}, {"testSamples", samples - 2}}});
      EXPECT_EQ(dataset.train.size(), samples) << row.name;
      EXPECT_EQ(dataset.train.x.size(), 2U * static_cast<std::size_t>(samples)) << row.name;
      EXPECT_EQ(dataset.test.size(), samples - 2) << row.name;
      for (const double y : dataset.train.y) EXPECT_TRUE(y == 0 || y == 1) << row.name;
      for (const double x : dataset.train.x) EXPECT_TRUE(std::isfinite(x)) << row.name;
    }
}

TEST(Datasets, say_which_field_is_wrong_and_what_they_expect) {
  struct Case {
    Choice choice;
    std::string field, value, code;
  };
  const std::vector<Case> cases{
      {{"roses", {}}, "dataset.name", "\"roses\"", "unknown-name"},
      {{"flower", {{"samples", 1}}}, "dataset.samples", "1", "out-of-range"},
      {{"flower", {{"samples", 2.5}}}, "dataset.samples", "2.5", "not-an-integer"},
      {{"circles", {{"factor", 1}}}, "dataset.factor", "1", "out-of-range"},
      {{"moons", {{"factor", 0.5}}}, "dataset.factor", "0.5", "unknown-parameter"},
      {{"blobs", {{"seed", -1}}}, "dataset.seed", "-1", "out-of-range"},
      {{"xor", {{"noise", NAN}}}, "dataset.noise", "NaN", "not-finite"},
  };
  for (const Case& wrong : cases) {
    try {
      make_dataset(wrong.choice);
      ADD_FAILURE() << wrong.field << " was taken";
    } catch (const SpecError& error) {
      EXPECT_EQ(error.field(), wrong.field);
      EXPECT_EQ(error.value(), wrong.value);
      EXPECT_EQ(error.code(), wrong.code);
      EXPECT_FALSE(error.expected().empty());
    }
  }
}

}  // namespace
}  // namespace init_lab
