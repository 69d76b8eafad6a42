#include "init_lab/data/points.hpp"

#include <gtest/gtest.h>

#include <string>

#include "init_lab/base/error.hpp"

namespace init_lab {
namespace {

/// The field that check_points() reports, or "" where it accepts the points.
std::string refused_field(const Points& points, LabelKind kind) {
  try {
    check_points(points, kind, "train");
  } catch (const SpecError& error) {
    return error.field();
  }
  return "";
}

TEST(CheckPoints, accepts_the_labels_of_each_kind_and_names_the_first_wrong_one) {
  struct Case {
    double label;
    bool two_classes, classes, targets;
  };
  for (const Case& expected : {Case{0, true, true, true},
                               {1, true, true, true},
                               {2, false, true, true},
                               {4095, false, true, true},
                               {4096, false, false, true},
                               {-1, false, false, true},
                               {0.5, false, false, true},
                               {INFINITY, false, false, false},
                               {NAN, false, false, false}}) {
    const Points points{1, {3, 4}, {0, expected.label}};
    const auto field = [](bool accepted) { return accepted ? "" : "train.y[1]"; };
    EXPECT_EQ(refused_field(points, LabelKind::two_classes), field(expected.two_classes)) << expected.label;
    EXPECT_EQ(refused_field(points, LabelKind::classes), field(expected.classes)) << expected.label;
    EXPECT_EQ(refused_field(points, LabelKind::targets), field(expected.targets)) << expected.label;
  }
}

TEST(CheckPoints, names_a_wrong_shape_and_a_value_that_is_not_finite) {
  EXPECT_EQ(refused_field({0, {}, {1}}, LabelKind::two_classes), "train.features");
  EXPECT_EQ(refused_field({2, {1, 2, 3}, {1}}, LabelKind::two_classes), "train.x");
  EXPECT_EQ(refused_field({2, {1, NAN}, {1}}, LabelKind::two_classes), "train.x[1]");
}

TEST(CountClasses, is_one_more_than_the_largest_label_and_at_least_two) {
  EXPECT_EQ(count_classes({1, {0, 0, 0}, {4, 0, 2}}), 5);
  EXPECT_EQ(count_classes({1, {0}, {0}}), 2);
  EXPECT_EQ(count_classes({}), 2);
}

}  // namespace
}  // namespace init_lab
