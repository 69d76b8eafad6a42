#include "init_lab/diagnostics/diagnostics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "examples.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/parameter_views.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {
namespace {

using testing::network_of;
using testing::normal_parameters;
using testing::normal_points;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Diagnostics diagnose_start(const Network& network, const Choice& choice, const Points& points) {
  return diagnose(network, initialize(network, {choice, {}}, points), points, 0.01);
}

TEST(Diagnostics, give_mean_variance_and_histogram_of_the_signals_of_the_trace) {
  constexpr std::uint32_t kSeed = 6;
  const Network network = network_of(Activation::tanh, 3, {6, 4});
  const Points points = normal_points(3, 50, kSeed);
  const auto parameters = normal_parameters(network, 0.9, kSeed);
  const Trace at = trace(network, parameters, points);
  const Diagnostics diagnostics = diagnose(network, parameters, points, 0.01, {.bins = 13});
  for (std::size_t l = 0; l < at.layers.size(); ++l) {
    const LayerDiagnostics& layer = diagnostics.layers[l];
    const std::pair<const Distribution*, const Matrix*> signals[] = {
        {&layer.pre_activation, &at.layers[l].z},
        {&layer.activation, &at.layers[l].a},
        {&layer.pre_activation_gradient, &at.layers[l].dz},
        {&layer.activation_gradient, &at.layers[l].da},
    };
    for (const auto& [found, values] : signals) {
      EXPECT_NEAR(found->mean, values->mean(), 1e-13);
      EXPECT_NEAR(found->variance, (values->array() - values->mean()).square().mean(), 1e-13);
      EXPECT_EQ(found->low, values->minCoeff());
      EXPECT_EQ(found->high, values->maxCoeff());
      ASSERT_EQ(found->histogram.size(), 13U);
      EXPECT_EQ(std::accumulate(found->histogram.begin(), found->histogram.end(), 0.0),
                static_cast<double>(values->size()));
      EXPECT_EQ(found->non_finite, 0);
      const double first_end = found->low + (found->high - found->low) / 13;
      EXPECT_EQ(found->histogram[0], static_cast<double>((values->array() < first_end).count()));
      EXPECT_GE(found->histogram.back(), 1) << "the greatest value belongs to the last bin";
    }
  }
}

TEST(Diagnostics, give_the_norms_and_the_ratio_of_a_step_to_the_weights) {
  const Network network = network_of(Activation::relu, 2, {5});
  const Points points = normal_points(2, 40, 3);
  const auto parameters = normal_parameters(network, 1, 3);
  const auto layers = diagnose(network, parameters, points, 0.3).layers;
  const auto gradient = trace(network, parameters, points).gradient;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double weight_norm = weights_of(network.layers[l], std::span<const double>(parameters)).norm();
    const double gradient_norm = weights_of(network.layers[l], std::span<const double>(gradient)).norm();
    EXPECT_NEAR(layers[l].weight_norm, weight_norm, 1e-14);
    EXPECT_NEAR(layers[l].gradient_norm, gradient_norm, 1e-14);
    EXPECT_NEAR(layers[l].update_ratio, 0.3 * gradient_norm / weight_norm, 1e-14);
  }
}

TEST(Diagnostics, count_one_distinct_unit_in_each_layer_of_constant_weights) {
  const Network network = network_of(Activation::tanh, 2, {10, 5});
  const Points points = normal_points(2, 30, 4);
  for (const Choice& choice : {Choice{"zeros"}, Choice{"constant", {{"value", 0.3}}}})
    for (const LayerDiagnostics& layer : diagnose_start(network, choice, points).layers) {
      EXPECT_EQ(layer.distinct, 1) << choice.name;
      for (const int first : layer.group) EXPECT_EQ(first, 0);
    }
  const auto random = diagnose_start(network, {"he_normal"}, points);
  EXPECT_EQ(random.layers[0].distinct, 10);
  EXPECT_LT(random.layers[0].largest_cosine, 1);
}

TEST(Diagnostics, group_the_units_whose_rows_and_biases_agree) {
  const Network network = network_of(Activation::relu, 2, {5});
  auto parameters = normal_parameters(network, 1, 8);
  const auto copy_row = [&](std::size_t from, std::size_t to) {
    std::copy_n(parameters.begin() + static_cast<std::ptrdiff_t>(2 * from), 2,
                parameters.begin() + static_cast<std::ptrdiff_t>(2 * to));
    parameters[10 + to] = parameters[10 + from];
  };
  copy_row(1, 3);
  copy_row(0, 4);
  parameters[14] += 1;  // the same weights, another bias: another function
  const LayerDiagnostics layer = diagnose(network, parameters, normal_points(2, 10, 8), 0.01).layers[0];
  EXPECT_EQ(layer.group, (std::vector<int>{0, 1, 2, 1, 4}));
  EXPECT_EQ(layer.distinct, 4);
  EXPECT_NEAR(layer.largest_cosine, 1, 1e-15);
}

TEST(Diagnostics, keep_ordinary_units_distinct_beside_an_exploded_one) {
  const Network network = network_of(Activation::relu, 2, {5});
  auto parameters = normal_parameters(network, 1, 8);
  parameters[0] = 1e20;
  EXPECT_EQ(diagnose(network, parameters, normal_points(2, 10, 8), 0.01).layers[0].distinct, 5);
}

TEST(Diagnostics, count_a_rectified_unit_as_dead_if_it_is_zero_on_every_example) {
  const Network network = network_of(Activation::relu, 2, {4});
  auto parameters = normal_parameters(network, 1, 5);
  const Points points = normal_points(2, 60, 5);
  EXPECT_TRUE(diagnose(network, parameters, points, 0.01).layers[0].dead.empty());
  parameters[network.layers[0].biases + 2] = -1000;
  EXPECT_EQ(diagnose(network, parameters, points, 0.01).layers[0].dead, std::vector<int>{2});
}

TEST(Diagnostics, call_zero_weights_dead_with_relu_but_only_symmetric_with_tanh) {
  const Points points = normal_points(2, 20, 5);
  EXPECT_EQ(diagnose_start(network_of(Activation::relu, 2, {3}), {"zeros"}, points).layers[0].dead,
            (std::vector<int>{0, 1, 2}));
  EXPECT_TRUE(diagnose_start(network_of(Activation::tanh, 2, {3}), {"zeros"}, points).layers[0].dead.empty());
}

TEST(Diagnostics, measure_the_share_of_saturated_entries_of_bounded_activations) {
  const Points points = normal_points(2, 200, 6);
  for (const Activation activation : {Activation::tanh, Activation::sigmoid}) {
    const Network network = network_of(activation, 2, {30});
    EXPECT_EQ(diagnose_start(network, {"normal", {{"std", 0.01}}}, points).layers[0].saturated, 0);
    const auto parameters = initialize(network, {{"normal", {{"std", 10}}}, {}}, points);
    const LayerDiagnostics layer = diagnose(network, parameters, points, 0.01).layers[0];
    // tanh' = 1 - tanh² and 4 sigmoid' (z) = tanh'(z / 2) fall below 1 % at |tanh| = sqrt(0.99).
    const double threshold = std::atanh(std::sqrt(0.99)) * (activation == Activation::sigmoid ? 2 : 1);
    const Matrix z = trace(network, parameters, points).layers[0].z;
    const double expected = static_cast<double>((z.array().abs() > threshold).count()) / static_cast<double>(z.size());
    EXPECT_NEAR(layer.saturated, expected, 1e-15);
    EXPECT_GT(layer.saturated, 0.3);
  }
  EXPECT_EQ(
      diagnose_start(network_of(Activation::relu, 2, {30}), {"normal", {{"std", 10}}}, points).layers[0].saturated, 0);
}

TEST(Diagnostics, give_the_singular_values_and_rank_of_the_weights) {
  const Points points = normal_points(40, 5, 1);
  const Network network = network_of(Activation::relu, 40, {12});
  const auto parameters = normal_parameters(network, 1, 10);
  const LayerDiagnostics layer = diagnose(network, parameters, points, 0.01).layers[0];
  const Matrix w = weights_of(network.layers[0], std::span<const double>(parameters));
  const Vector expected = Eigen::JacobiSVD<Matrix>(w).singularValues();
  ASSERT_EQ(layer.singular_values.size(), 12U);
  for (int i = 0; i < 12; ++i)
    EXPECT_NEAR(layer.singular_values[static_cast<std::size_t>(i)], expected(i), 1e-13 * expected(0));
  EXPECT_EQ(layer.rank, 12);
}

TEST(Diagnostics, find_the_rank_of_symmetric_zero_and_orthogonal_weights) {
  const Points points = normal_points(9, 5, 1);
  const Network network = network_of(Activation::relu, 9, {6, 14});
  for (const LayerDiagnostics& layer : diagnose_start(network, {"constant"}, points).layers) EXPECT_EQ(layer.rank, 1);
  for (const LayerDiagnostics& layer : diagnose_start(network, {"zeros"}, points).layers) {
    EXPECT_EQ(layer.rank, 0);
    EXPECT_EQ(layer.largest_cosine, 0);
    EXPECT_EQ(layer.update_ratio == 0, layer.gradient_norm == 0);
  }
  for (const LayerDiagnostics& layer : diagnose_start(network, {"orthogonal", {{"gain", 1.4}}}, points).layers)
    for (const double value : layer.singular_values) EXPECT_NEAR(value, 1.4, 1e-13);
}

TEST(Diagnostics, measure_the_picture_network_by_its_small_side) {
  const Network network = network_of(Activation::relu, 12288, {20, 7, 5});
  const Points points = normal_points(12288, 3, 2);
  const auto parameters = initialize(network, {{"orthogonal"}, {}}, points);
  const LayerDiagnostics layer = diagnose(network, parameters, points, 0.01).layers[0];
  ASSERT_EQ(layer.singular_values.size(), 20U);
  EXPECT_NEAR(layer.singular_values.front(), 1, 1e-12);
  EXPECT_NEAR(layer.singular_values.back(), 1, 1e-12);
  EXPECT_LT(layer.largest_cosine, 1e-12);
}

TEST(Diagnostics, report_parameters_that_are_not_finite) {
  const Points points = normal_points(2, 10, 3);
  const Network network = network_of(Activation::relu, 2, {4, 3});
  for (const double bad : {kNaN, kInfinity, -kInfinity})
    for (const bool everywhere : {false, true}) {
      auto parameters = normal_parameters(network, 1, 3);
      parameters[0] = bad;
      if (everywhere) std::fill(parameters.begin(), parameters.end(), bad);
      const Diagnostics diagnostics = diagnose(network, parameters, points, 0.01);
      EXPECT_GT(diagnostics.layers[0].pre_activation.non_finite, 0);
      EXPECT_TRUE(diagnostics.layers[0].singular_values.empty());
      EXPECT_EQ(diagnostics.layers[0].rank, -1);
      EXPECT_TRUE(std::isnan(diagnostics.layers[0].largest_cosine));
      EXPECT_EQ(diagnostics.layers[0].group.size(), 4U);
    }
}

TEST(Diagnostics, measure_weights_whose_squares_overflow) {
  const Network network = network_of(Activation::relu, 2, {4});
  const auto parameters = normal_parameters(network, 1e200, 3);
  const LayerDiagnostics layer = diagnose(network, parameters, normal_points(2, 10, 3), 0.01).layers[0];
  ASSERT_EQ(layer.singular_values.size(), 2U);
  EXPECT_TRUE(std::isfinite(layer.singular_values[0]));
  EXPECT_EQ(layer.rank, 2);
  EXPECT_EQ(layer.distinct, 4);
}

TEST(Diagnostics, give_the_cosine_of_two_units_whatever_their_sizes) {
  const Network network = network_of(Activation::relu, 2, {4});
  const Points points = normal_points(2, 10, 3);
  const auto parameters = normal_parameters(network, 1, 3);
  const double expected = diagnose(network, parameters, points, 0.01).layers[0].largest_cosine;
  for (const double scale : {1e-200, 1e160, 1e200}) {
    auto scaled = parameters;
    for (double& parameter : scaled) parameter *= scale;
    EXPECT_NEAR(diagnose(network, scaled, points, 0.01).layers[0].largest_cosine, expected, 1e-12) << scale;
  }
}

TEST(Diagnostics, find_the_largest_cosine_of_a_wide_layer_across_all_blocks) {
  constexpr int kUnits = 150;
  const Network network = network_of(Activation::relu, 20, {kUnits});
  auto parameters = normal_parameters(network, 1, 4);
  parameters[network.layers[0].biases + 7] = 0;
  parameters[network.layers[0].biases + 140] = 0;
  for (std::size_t i = 0; i < 20; ++i) parameters[20 * 140 + i] = -3 * parameters[20 * 7 + i];
  const LayerDiagnostics layer = diagnose(network, parameters, normal_points(20, 5, 4), 0.01).layers[0];
  EXPECT_NEAR(layer.largest_cosine, 1, 1e-14);
  EXPECT_EQ(layer.distinct, kUnits);
}

TEST(Diagnostics, skip_measurements_that_were_not_requested) {
  const Network network = network_of(Activation::relu, 2, {4});
  const Points points = normal_points(2, 10, 3);
  const auto parameters = normal_parameters(network, 1, 3);
  const LayerDiagnostics layer =
      diagnose(network, parameters, points, 0.01, {.largest_cosine = false, .singular_values = false}).layers[0];
  EXPECT_TRUE(std::isnan(layer.largest_cosine));
  EXPECT_TRUE(layer.singular_values.empty());
  EXPECT_EQ(layer.rank, -1);
  EXPECT_EQ(layer.distinct, 4);
}

TEST(Diagnostics, leave_out_what_would_take_too_long) {
  const auto first_layer = [](int inputs, int units) {
    const Network network = network_of(Activation::relu, inputs, {units});
    return diagnose(network, normal_parameters(network, 1, 3), normal_points(inputs, 2, 3), 0.01).layers[0];
  };
  // Cosines: units² times inputs.
  EXPECT_TRUE(std::isnan(first_layer(100, 4000).largest_cosine));
  EXPECT_GT(first_layer(4000, 100).largest_cosine, 0);
  // Singular values: the smaller side alone, then its square times the larger one.
  EXPECT_TRUE(first_layer(129, 130).singular_values.empty());
  EXPECT_TRUE(first_layer(10'000, 128).singular_values.empty());
  EXPECT_EQ(first_layer(130, 100).singular_values.size(), 100U);
}

TEST(Diagnostics, measure_how_far_each_layer_is_from_its_start) {
  const Network network = network_of(Activation::relu, 2, {3, 2});
  const Points points = normal_points(2, 10, 3);
  const auto start = normal_parameters(network, 1, 3);
  auto moved = start;
  for (std::size_t i = network.layers[1].weights; i < network.layers[1].end; ++i) moved[i] *= 1.5;
  const Diagnostics found = diagnose(network, moved, points, 0.01, {.start = start});
  EXPECT_EQ(found.layers[0].distance, 0);
  EXPECT_NEAR(found.layers[1].distance, 0.5, 1e-15);
  EXPECT_GT(found.distance, 0);
  EXPECT_LT(found.distance, 0.5);
  const std::vector<double> zeros(network.parameters, 0.0);
  EXPECT_EQ(diagnose(network, start, points, 0.01, {.start = zeros}).distance, kInfinity);
  EXPECT_TRUE(std::isnan(diagnose(network, start, points, 0.01).distance));
}

}  // namespace
}  // namespace init_lab
