#include "init_lab/network/output.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace init_lab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double cost_of(Output output, double a, double y) { return example_cost(output, {&a, 1}, y); }
int class_of(Output output, double a) { return predicted_class(output, {&a, 1}); }

/// The notebook's line: np.nansum of -np.log(a) * y + -np.log(1 - a) * (1 - y), for one example.
double notebook_cost(double a, double y) {
  const double sum = -std::log(a) * y + -std::log(1 - a) * (1 - y);
  return std::isnan(sum) ? 0 : sum;
}

TEST(Cost, is_what_the_notebook_computes_for_every_output_a_sigmoid_can_give) {
  for (const double a : {0.0, 5e-324, 1e-300, 1e-17, 0.1, 0.5, 0.9, 1 - 1.2e-16, 1.0})
    for (const double y : {0.0, 1.0}) {
      const double expected = notebook_cost(a, y);
      const double cost = cost_of(Output::sigmoid, a, y);
      if (std::isinf(expected))
        EXPECT_EQ(cost, expected) << "a = " << a << ", y = " << y;
      else
        EXPECT_NEAR(cost, expected, 1e-15 * (1 + expected)) << "a = " << a << ", y = " << y;
    }
}

TEST(Cost, is_infinite_where_the_sigmoid_saturates_on_the_wrong_side_and_zero_on_the_right_one) {
  EXPECT_EQ(cost_of(Output::sigmoid, 0, 1), kInfinity);
  EXPECT_EQ(cost_of(Output::sigmoid, 1, 0), kInfinity);
  EXPECT_EQ(cost_of(Output::sigmoid, 1, 1), 0);
  EXPECT_EQ(cost_of(Output::sigmoid, 0, 0), 0);
}

TEST(Cost, of_an_output_that_is_not_a_number_is_not_a_number) {
  for (const Output output : {Output::sigmoid, Output::tanh})
    for (const double y : {0.0, 1.0}) EXPECT_TRUE(std::isnan(cost_of(output, kNaN, y)));
}

TEST(Cost, of_a_tanh_output_is_half_the_squared_distance_from_minus_or_plus_one) {
  EXPECT_EQ(cost_of(Output::tanh, 0.5, 1), 0.125);
  EXPECT_EQ(cost_of(Output::tanh, 0.5, 0), 1.125);
  EXPECT_EQ(cost_of(Output::tanh, -1, 0), 0);
}

TEST(Cost, has_the_derivatives_that_central_differences_give) {
  constexpr double kStep = 1e-6;
  for (const Output output : {Output::sigmoid, Output::tanh})
    for (const double z : {-3.0, -0.4, 0.0, 0.7, 2.5})
      for (const double y : {0.0, 1.0}) {
        const auto activation = [&](double x) {
          return info(output == Output::sigmoid ? Activation::sigmoid : Activation::tanh).value(x);
        };
        const double a = activation(z);
        const auto of_a = [&](double value) { return cost_of(output, value, y); };
        const auto of_z = [&](double value) { return of_a(activation(value)); };
        EXPECT_NEAR(cost_by_activation(output, a, target(output, 1, 0, y)),
                    (of_a(a + kStep) - of_a(a - kStep)) / (2 * kStep), 1e-6);
        EXPECT_NEAR(cost_by_pre_activation(output, a, target(output, 1, 0, y)),
                    (of_z(z + kStep) - of_z(z - kStep)) / (2 * kStep), 1e-8);
      }
}

TEST(Cost, calls_a_point_class_one_beyond_the_middle_of_the_output_range) {
  EXPECT_EQ(class_of(Output::sigmoid, 0.5), 0);
  EXPECT_EQ(class_of(Output::sigmoid, 0.5000001), 1);
  EXPECT_EQ(class_of(Output::tanh, 0), 0);
  EXPECT_EQ(class_of(Output::tanh, 1e-9), 1);
  EXPECT_EQ(class_of(Output::sigmoid, kNaN), 0);
}

}  // namespace
}  // namespace init_lab
