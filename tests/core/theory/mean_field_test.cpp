#include "init_lab/theory/mean_field.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "examples.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

using namespace theory;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(MeanField, variance_map_has_the_closed_forms_of_linear_and_rectified_units) {
  for (const double q : {1e-6, 0.3, 1.0, 50.0}) {
    EXPECT_NEAR(next_variance({Activation::linear, 1.3, 0.2}, q), 1.3 * q + 0.2, 1e-13 * (q + 1));
    EXPECT_NEAR(next_variance({Activation::relu, 1.3, 0.2}, q), 1.3 * q / 2 + 0.2, 1e-13 * (q + 1));
    EXPECT_NEAR(next_variance({Activation::leaky_relu, 1.3, 0.2}, q), 1.3 * q * (1 + 1e-4) / 2 + 0.2, 1e-13 * (q + 1));
    EXPECT_NEAR(chi({Activation::relu, 1.3, 0.2}, q), 0.65, 1e-14);
    EXPECT_NEAR(chi({Activation::leaky_relu, 1.3, 0.2}, q), 1.3 * (1 + 1e-4) / 2, 1e-14);
  }
}

TEST(MeanField, gains_of_the_activation_table_keep_the_second_moment_where_their_note_says_so) {
  for (const ActivationInfo& activation : activations()) {
    if (activation.gain_note.find("keeps the second moment") == std::string_view::npos) continue;
    EXPECT_NEAR(next_variance({activation.id, activation.gain * activation.gain, 0}, 1), 1, 1e-12) << activation.name;
  }
  // SELU: variance 1 is a fixed point (Klambauer et al. 2017), and a stable one.
  EXPECT_NEAR(fixed_variance({Activation::selu, 1, 0}, 1), 1, 1e-10);
}

TEST(MeanField, edge_of_chaos_passes_through_the_published_points) {
  const CriticalPoint half = critical_point_at(Activation::tanh, 0.5);
  EXPECT_NEAR(half.weight_variance, 1.687975, 5e-7);
  EXPECT_NEAR(half.bias_variance, 0.038041, 5e-7);
  const CriticalPoint one = critical_point_at(Activation::tanh, 1);
  EXPECT_NEAR(one.weight_variance, 2.153303, 5e-7);
  EXPECT_NEAR(one.bias_variance, 0.150965, 5e-7);
  const CriticalPoint rectified = edge_of_chaos(Activation::relu, 0);
  EXPECT_NEAR(rectified.weight_variance, 2, 1e-13);
  EXPECT_EQ(rectified.bias_variance, 0);
  EXPECT_TRUE(std::isnan(edge_of_chaos(Activation::relu, 0.1).weight_variance));
}

TEST(MeanField, edge_of_chaos_is_a_point_to_which_signals_converge_or_none) {
  for (const ActivationInfo& row : activations())
    for (const double bias_variance : {0.0, 0.01, 0.1, 1.0}) {
      const CriticalPoint point = edge_of_chaos(row.id, bias_variance);
      if (std::isnan(point.q)) continue;
      const MeanField field{row.id, point.weight_variance, bias_variance};
      for (const double factor : {0.97, 1.03}) {
        double q = point.q == 0 ? 0.01 : factor * point.q;
        const double before = std::fabs(q - point.q);
        for (int l = 0; l < 50; ++l) q = next_variance(field, q);
        EXPECT_LE(std::fabs(q - point.q), before * (1 + 1e-9)) << row.name << ", " << bias_variance << ", " << factor;
      }
    }
  for (const Activation activation : {Activation::gelu, Activation::silu})
    EXPECT_TRUE(std::isnan(edge_of_chaos(activation, 0).q));
}

TEST(MeanField, bias_variance_of_the_edge_of_chaos_rises_with_q_where_it_is_positive) {
  for (const ActivationInfo& row : activations()) {
    double before = -1;
    for (double q = 1e-10; q < 1e8; q *= 1.05) {
      // Rectified and linear units have bias variance 0 on the whole edge, up to rounding.
      const double bias_variance = critical_point_at(row.id, q).bias_variance;
      if (before > 1e-12 * q) {
        EXPECT_GE(bias_variance, before - 1e-12 * q) << row.name << ", q = " << q;
      }
      before = bias_variance;
    }
  }
}

TEST(MeanField, edge_of_chaos_found_from_the_bias_variance_is_a_fixed_point_of_slope_one) {
  for (const Activation activation : {Activation::tanh, Activation::elu, Activation::selu, Activation::sigmoid})
    for (const double bias_variance : {0.01, 0.05, 0.3}) {
      const CriticalPoint point = edge_of_chaos(activation, bias_variance);
      const MeanField field{activation, point.weight_variance, bias_variance};
      EXPECT_NEAR(next_variance(field, point.q) / point.q, 1, 1e-10) << testing::shown(activation);
      EXPECT_NEAR(chi(field, point.q), 1, 1e-10) << testing::shown(activation);
    }
}

TEST(MeanField, fixed_variance_is_the_limit_of_the_iterated_map) {
  for (const MeanField& field : {MeanField{Activation::tanh, 3, 0.1}, MeanField{Activation::tanh, 0.5, 0.2},
                                 MeanField{Activation::relu, 1, 0.3}, MeanField{Activation::sigmoid, 5, 0}}) {
    double q = 1;
    for (int l = 0; l < 3000; ++l) q = next_variance(field, q);
    EXPECT_NEAR(fixed_variance(field) / q, 1, 1e-10);
  }
  EXPECT_EQ(fixed_variance({Activation::relu, 2.5, 0}), kInfinity);
  EXPECT_EQ(fixed_variance({Activation::relu, 1.5, 0}), 0);
  EXPECT_EQ(fixed_variance({Activation::relu, 2, 0}, 0.37), 0.37);
  EXPECT_EQ(fixed_variance({Activation::tanh, 0.9, 0}), 0);
}

/// The mean that the growth of the variance consists of: see the comment on Growth in
/// mean_field.cpp.
double second_moment_ratio(const ActivationInfo& activation, double q) {
  const double at_zero = activation.value(0);
  return (activation_second_moment(activation.id, q) - at_zero * at_zero) / q;
}

TEST(MeanField, second_moment_over_variance_is_monotone_for_every_activation) {
  for (const ActivationInfo& activation : activations()) {
    // Below this, rounding of phi(0)² exceeds the difference (sigmoid).
    const double least = activation.value(0) == 0 ? 1e-6 : 1e-3;
    const bool rises = activation.id == Activation::gelu || activation.id == Activation::silu;
    double before = second_moment_ratio(activation, least);
    for (double q = least * 1.05; q < 1e9; q *= 1.05) {
      const double now = second_moment_ratio(activation, q);
      const double rounding = 1e-12 * (before + 1 / q);
      if (rises)
        EXPECT_GE(now, before - rounding) << activation.name << ", q = " << q;
      else
        EXPECT_LE(now, before + rounding) << activation.name << ", q = " << q;
      before = now;
    }
  }
}

TEST(MeanField, fixed_variance_does_not_skip_a_pair_of_close_fixed_points) {
  // Two fixed points lie within a factor of 2 of each other here. Values by bisection of the map
  // between them.
  EXPECT_NEAR(fixed_variance({Activation::silu, 2.22, 0.23}), 1.485032778853163, 1e-11);
  EXPECT_NEAR(chi({Activation::silu, 2.22, 0.23}, 1.485032778853163), 0.9032976905, 1e-10);
  EXPECT_EQ(fixed_correlation({Activation::silu, 2.22, 0.23}, 1.485032778853163), 1);
  EXPECT_NEAR(fixed_variance({Activation::silu, 2.1, 0.33}), 2.462467093814788, 1e-11);
  EXPECT_NEAR(fixed_variance({Activation::gelu, 2.0110728106651563, 0.14854997762702005}), 1.3, 1e-11);
  EXPECT_NEAR(fixed_variance({Activation::gelu, 1.9842810501743386, 0.17087134205769683}), 2.2, 1e-11);
}

TEST(MeanField, fixed_variance_is_the_first_sign_change_of_a_fine_scan_from_the_start) {
  constexpr std::uint32_t kSeed = 17;
  RandomState random(kSeed);
  const double fine = std::exp(0.004);
  for (int i = 0; i < 30; ++i) {
    const Activation activation = i % 2 == 0 ? Activation::gelu : Activation::silu;
    // Near the edge of chaos, where pairs of fixed points meet.
    const CriticalPoint point = critical_point_at(activation, std::exp(random.uniform(-2, 2)));
    const MeanField field{activation, point.weight_variance * random.uniform(0.98, 1.02),
                          point.bias_variance * random.uniform(0.98, 1.02)};
    const double start = std::exp(random.uniform(-3, 3));
    const bool grows = next_variance(field, start) > start;
    double q = start;
    while (q < 1e4 && q > 1e-4 && (next_variance(field, q) > q) == grows) q *= grows ? fine : 1 / fine;
    const double found = fixed_variance(field, start);
    if (q >= 1e4 || q <= 1e-4)
      EXPECT_TRUE(found > 5e3 || found < 2e-4) << i << ", seed " << kSeed;
    else
      EXPECT_LE(std::fabs(std::log(found / q)), 0.0041)
          << testing::shown(activation) << " " << field.weight_variance << " " << field.bias_variance << " from "
          << start << ", seed " << kSeed;
  }
}

TEST(MeanField, fixed_variance_of_extreme_fields_is_zero_infinite_or_a_fixed_point) {
  for (const ActivationInfo& activation : activations())
    for (const double weight : {1e-12, 1.0, 1 - 1e-10, 1 + 1e-7, 2 - 1e-12, 2 + 1e-12, 4 - 1e-10, 100.0, 1e12})
      for (const double bias : {0.0, 1e-12, 0.23, 1e6, 1e12})
        for (const double start : {1e-12, 1.0, 1e12}) {
          const MeanField field{activation.id, weight, bias};
          const double q = fixed_variance(field, start);
          if (q == 0 || std::isinf(q)) continue;
          EXPECT_LE(std::fabs(next_variance(field, q) / q - 1), 1e-11)
              << activation.name << " " << weight << " " << bias << " from " << start;
        }
}

TEST(MeanField, depth_scale_is_the_number_of_layers_over_which_the_squared_gradient_changes_by_e) {
  EXPECT_NEAR(depth_scale(0.9), 1 / -std::log(0.9), 1e-12);
  EXPECT_NEAR(depth_scale(1.1), 1 / std::log(1.1), 1e-12);
  EXPECT_EQ(depth_scale(1), kInfinity);
  EXPECT_EQ(depth_scale(chi({Activation::relu, 2, 0}, 1)), kInfinity);
}

TEST(MeanField, chi_is_the_slope_of_the_correlation_map_at_one) {
  constexpr double kStep = 1e-3;
  for (const MeanField& field : {MeanField{Activation::tanh, 2.5, 0.05}, MeanField{Activation::tanh, 1.2, 0.3},
                                 MeanField{Activation::gelu, 1.8, 0.2}}) {
    const double q = fixed_variance(field);
    EXPECT_NEAR(next_correlation(field, q, 1), 1, 1e-10);
    // One-sided difference of second order.
    const double slope = (3 * next_correlation(field, q, 1) - 4 * next_correlation(field, q, 1 - kStep) +
                          next_correlation(field, q, 1 - 2 * kStep)) /
                         (2 * kStep);
    EXPECT_NEAR(slope, chi(field, q), 1e-4);
  }
}

TEST(MeanField, maps_of_a_fast_sine_are_those_of_many_draws) {
  // Quadrature with fixed nodes would sample sin(30 z) almost at random.
  constexpr int kDraws = 200'000;
  constexpr double kFrequency = 30;
  // A product of two sines has a standard deviation of at most 1.
  const double standard_error = 1 / std::sqrt(kDraws);
  const MeanField field{Activation::sine, 2, 0.1};
  for (const double q : {1e-3, 1.0, 100.0})
    for (const double c : {0.0, 0.9, 0.9999}) {
      RandomState random(7);
      double squares = 0;
      double products = 0;
      double slope_squares = 0;
      double slope_products = 0;
      for (int i = 0; i < kDraws; ++i) {
        const double z = random.normal();
        const double x = kFrequency * std::sqrt(q) * z;
        const double y = kFrequency * std::sqrt(q) * (c * z + std::sqrt(1 - c * c) * random.normal());
        squares += std::sin(x) * std::sin(x);
        products += std::sin(x) * std::sin(y);
        slope_squares += std::cos(x) * std::cos(x);
        slope_products += std::cos(x) * std::cos(y);
      }
      const double variance = next_variance(field, q);
      const double slope = 2 * kFrequency * kFrequency;
      const std::string name = "q = " + std::to_string(q) + ", c = " + std::to_string(c);
      EXPECT_NEAR(variance, 2 * squares / kDraws + 0.1, 8 * standard_error) << name;
      EXPECT_NEAR(next_correlation(field, q, c), (2 * products / kDraws + 0.1) / variance,
                  8 * standard_error / variance)
          << name;
      EXPECT_NEAR(chi(field, q), slope * slope_squares / kDraws, 4 * slope * standard_error) << name;
      EXPECT_NEAR(correlation_slope(field, q, c), slope * slope_products / kDraws, 4 * slope * standard_error) << name;
    }
}

TEST(MeanField, correlations_converge_to_the_fixed_one_at_the_rate_of_the_slope) {
  for (const MeanField& field :
       {MeanField{Activation::tanh, 4, 0}, MeanField{Activation::tanh, 16, 0}, MeanField{Activation::tanh, 2.5, 0.05},
        MeanField{Activation::tanh, 1.2, 0.3}, MeanField{Activation::elu, 1.5, 0.1}}) {
    const double q = fixed_variance(field);
    const double fixed = fixed_correlation(field, q);
    const double slope = correlation_slope(field, q, fixed);
    if (chi(field, q) <= 1) {
      EXPECT_EQ(fixed, 1);
      EXPECT_EQ(slope, chi(field, q));
      continue;
    }
    EXPECT_LT(fixed, 1);
    EXPECT_LT(slope, 1);
    for (const double off : {-0.05, 0.05}) {
      const double left = (next_correlation(field, q, fixed + off) - fixed) / off;
      EXPECT_GT(left, 0);
      EXPECT_LT(left, 1);
    }
    constexpr double kStep = 1e-3;
    const double next = next_correlation(field, q, fixed + kStep);
    EXPECT_NEAR((next - next_correlation(field, q, fixed - kStep)) / (2 * kStep), slope, 1e-4);
  }
}

}  // namespace
}  // namespace init_lab
