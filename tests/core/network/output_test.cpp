#include "init_lab/network/output.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "init_lab/base/error.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"

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

TEST(Output, of_a_sigmoid_has_the_cost_of_the_notebook) {
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

TEST(Output, of_a_saturated_sigmoid_costs_infinity_on_the_wrong_side_and_zero_on_the_right_one) {
  EXPECT_EQ(cost_of(Output::sigmoid, 0, 1), kInfinity);
  EXPECT_EQ(cost_of(Output::sigmoid, 1, 0), kInfinity);
  EXPECT_EQ(cost_of(Output::sigmoid, 1, 1), 0);
  EXPECT_EQ(cost_of(Output::sigmoid, 0, 0), 0);
}

TEST(Output, of_nan_has_a_cost_of_nan) {
  for (const Output output : {Output::sigmoid, Output::tanh})
    for (const double y : {0.0, 1.0}) EXPECT_TRUE(std::isnan(cost_of(output, kNaN, y)));
}

TEST(Output, of_a_tanh_costs_half_the_squared_distance_from_minus_or_plus_one) {
  EXPECT_EQ(cost_of(Output::tanh, 0.5, 1), 0.125);
  EXPECT_EQ(cost_of(Output::tanh, 0.5, 0), 1.125);
  EXPECT_EQ(cost_of(Output::tanh, -1, 0), 0);
}

TEST(Output, has_the_derivatives_that_central_differences_give) {
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

TEST(Output, assigns_class_one_above_the_middle_of_the_output_range) {
  EXPECT_EQ(class_of(Output::sigmoid, 0.5), 0);
  EXPECT_EQ(class_of(Output::sigmoid, 0.5000001), 1);
  EXPECT_EQ(class_of(Output::tanh, 0), 0);
  EXPECT_EQ(class_of(Output::tanh, 1e-9), 1);
  EXPECT_EQ(class_of(Output::sigmoid, kNaN), 0);
}

TEST(Output, has_the_cost_of_numpy_down_to_where_the_exponential_overflows) {
  // 1 / (1 + e^709.6) is subnormal; from -709.79 on NumPy's e^-z is infinite.
  const auto cost = [](double z) { return cost_of(Output::sigmoid, info(Activation::sigmoid).value(z), 1); };
  EXPECT_NEAR(cost(-709.6), 709.6, 1e-3);
  EXPECT_NEAR(cost(-709.78), 709.78, 1e-3);
  EXPECT_EQ(cost(-709.79), kInfinity);
  EXPECT_EQ(cost(-1e4), kInfinity);
}

TEST(Output, of_a_softmax_has_a_finite_cost_where_a_probability_underflows) {
  const double scores[] = {0, 5000, -5000};
  EXPECT_EQ(example_cost(Output::softmax, scores, 1), 0);
  EXPECT_EQ(example_cost(Output::softmax, scores, 0), 5000);
  EXPECT_EQ(example_cost(Output::softmax, scores, 2), 10000);
  const double equal[] = {7, 7, 7, 7};
  EXPECT_NEAR(example_cost(Output::softmax, equal, 2), std::log(4), 1e-15);
  const double broken[] = {0, kNaN};
  EXPECT_TRUE(std::isnan(example_cost(Output::softmax, broken, 0)));
}

TEST(Output, of_a_softmax_turns_scores_into_probabilities_and_leaves_other_scores_alone) {
  double scores[] = {std::log(1.0), std::log(2.0), std::log(5.0)};
  scores_to_activations(Output::softmax, scores);
  EXPECT_NEAR(scores[0], 0.125, 1e-15);
  EXPECT_NEAR(scores[1], 0.25, 1e-15);
  EXPECT_NEAR(scores[2], 0.625, 1e-15);
  double others[] = {0.2, 0.9};
  scores_to_activations(Output::sigmoid, others);
  EXPECT_EQ(others[0], 0.2);
  EXPECT_EQ(others[1], 0.9);
}

TEST(Output, of_several_units_is_trained_towards_the_unit_of_the_class) {
  EXPECT_EQ(target(Output::softmax, 3, 2, 2), 1);
  EXPECT_EQ(target(Output::softmax, 3, 1, 2), 0);
  EXPECT_EQ(target(Output::tanh, 3, 1, 2), -1);
  EXPECT_EQ(target(Output::tanh, 1, 0, 1), 1);
  EXPECT_EQ(target(Output::linear, 1, 0, 3.7), 3.7);
  const double scores[] = {0.5, 0.25};
  EXPECT_NEAR(example_cost(Output::sigmoid, scores, 0), std::log(2) + std::log(4.0 / 3), 1e-15);
  EXPECT_EQ(example_cost(Output::linear, scores, 1), (0.25 + 0.5625) / 2);
}

TEST(Output, accuracy_is_the_share_of_right_classes_or_the_explained_variance) {
  const Points classes{1, {0, 0, 0, 0}, {0, 1, 2, 1}, 3};
  // Unit by unit: the largest scores are those of the classes 0, 1, 1 and, the first of two equal
  // ones, 0.
  const std::vector<double> scores{3, 0, 0, 4, 1, 2, 5, 4, 0, 1, 1, 2};
  EXPECT_EQ(accuracy(Output::softmax, 3, scores, classes), 0.5);
  const Points targets{1, {0, 0, 0, 0}, {1, 2, 3, 4}, 0};
  EXPECT_EQ(accuracy(Output::linear, 1, targets.y, targets), 1);
  EXPECT_EQ(accuracy(Output::linear, 1, std::vector<double>(4, 2.5), targets), 0);
  EXPECT_NEAR(accuracy(Output::linear, 1, std::vector<double>{2, 2, 3, 3}, targets), 0.6, 1e-15);
  EXPECT_TRUE(std::isnan(accuracy(Output::softmax, 3, {}, {})));
}

TEST(Output, is_found_by_name_and_by_number) {
  for (const OutputInfo& row : outputs()) {
    EXPECT_EQ(&find_output(row.name, "output"), &row);
    EXPECT_EQ(&info(row.id), &row);
    for (const std::string_view words : {row.label, row.activation, row.cost, row.accuracy})
      EXPECT_FALSE(words.empty()) << row.name;
  }
  EXPECT_THROW(find_output("relu", "output"), SpecError);
}

}  // namespace
}  // namespace init_lab
