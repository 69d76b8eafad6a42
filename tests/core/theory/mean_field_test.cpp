#include "init_lab/theory/mean_field.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "examples.hpp"

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

TEST(MeanField, keeps_the_second_moment_under_the_gains_that_the_table_of_activations_says_keep_it) {
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

TEST(MeanField, edge_of_chaos_is_a_point_that_signals_come_to_or_none) {
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

TEST(MeanField, edge_of_chaos_found_from_the_bias_variance_is_a_fixed_point_of_slope_one) {
  for (const Activation activation : {Activation::tanh, Activation::elu, Activation::selu, Activation::sigmoid})
    for (const double bias_variance : {0.01, 0.05, 0.3}) {
      const CriticalPoint point = edge_of_chaos(activation, bias_variance);
      const MeanField field{activation, point.weight_variance, bias_variance};
      EXPECT_NEAR(next_variance(field, point.q) / point.q, 1, 1e-10) << testing::shown(activation);
      EXPECT_NEAR(chi(field, point.q), 1, 1e-10) << testing::shown(activation);
    }
}

TEST(MeanField, fixed_variance_is_where_the_map_leads_to) {
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

TEST(MeanField, depth_scale_is_the_depth_over_which_a_gradient_s_square_changes_by_e) {
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

TEST(MeanField, correlations_come_to_the_fixed_one_at_the_rate_of_the_slope) {
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
