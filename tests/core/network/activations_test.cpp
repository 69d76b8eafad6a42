#include "init_lab/network/activations.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "examples.hpp"
#include "fixtures.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/network/activation_functions.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

using testing::Array;
using testing::Fixture;

TEST(Activations, and_their_derivatives_have_their_exact_values) {
  const Fixture exact("functions");
  for (const ActivationInfo& row : testing::gentle_activations()) {
    const Array& grid = exact["activation/" + std::string(row.name)];  // rows: z, value, derivative
    for (std::size_t i = 0; i < grid.columns; ++i) {
      const double z = grid.at(0, i);
      const double value = grid.at(1, i);
      EXPECT_NEAR(row.value(z), value, 1e-15 * (1 + std::fabs(value))) << row.name << " at " << z;
      // SiLU's 1 - s is right to half a place of 1, and z multiplies it.
      EXPECT_NEAR(row.derivative(z), grid.at(2, i), 2e-15 + 1.2e-16 * std::fabs(z)) << row.name << " at " << z;
    }
  }
}

TEST(Activations, have_the_derivatives_that_central_differences_give) {
  constexpr std::uint32_t kSeed = 23;
  constexpr double kStep = 1e-5;
  RandomState random(kSeed);
  for (const ActivationInfo& row : testing::gentle_activations())
    for (int i = 0; i < 500; ++i) {
      const double z = random.uniform(-8, 8);
      if (std::fabs(z) < 2 * kStep) continue;  // the kinks lie at 0
      const double slope = (row.value(z + kStep) - row.value(z - kStep)) / (2 * kStep);
      EXPECT_NEAR(row.derivative(z), slope, 1e-9) << row.name << " at " << z << ", seed " << kSeed;
    }
}

TEST(Activations, give_the_derivative_from_the_output_where_they_say_so) {
  constexpr std::uint32_t kSeed = 24;
  RandomState random(kSeed);
  for (const ActivationInfo& row : activations())
    for (int i = 0; i < 100; ++i) {
      const double z = random.normal(0, 3);
      with_function(row.id, row.parameter, [&](auto function) {
        using F = decltype(function);
        if constexpr (F::kFromOutput) {
          const auto a = splat<F64x2>(row.value(z));
          EXPECT_EQ(function.derivative(a)[1], row.derivative(z)) << row.name << " at " << z << ", seed " << kSeed;
        }
        return 0;
      });
    }
}

TEST(Activations, in_float32_are_those_in_float64_up_to_rounding) {
  constexpr std::uint32_t kSeed = 25;
  RandomState random(kSeed);
  for (const ActivationInfo& row : testing::gentle_activations())
    for (int i = 0; i < 500; ++i) {
      const auto z = static_cast<float>(random.uniform(-20, 20));
      with_function(row.id, row.parameter, [&](auto function) {
        const auto single = activated(function, splat<F32x4>(z));
        const double value = row.value(z);
        EXPECT_NEAR(single.value[i % 4], value, 1e-6 * (1 + std::fabs(value))) << row.name << " at " << z;
        EXPECT_NEAR(single.derivative[i % 4], row.derivative(z), 3e-6) << row.name << " at " << z;
        return 0;
      });
    }
}

TEST(Activations, of_sine_are_those_of_the_standard_library_up_to_rounding) {
  constexpr std::uint32_t kSeed = 26;
  RandomState random(kSeed);
  for (const double size : {1.0, 100.0, 1e5})
    for (int i = 0; i < 2000; ++i) {
      const double x = random.uniform(-size, size);
      F64x2 value[] = {splat<F64x2>(x)};
      F64x2 slope[1];
      elementary::sine(value, slope);
      ASSERT_NEAR(value[0][1], std::sin(x), 3e-16) << x << ", seed " << kSeed;
      ASSERT_NEAR(slope[0][1], std::cos(x), 3e-16) << x << ", seed " << kSeed;
      if (size > 4096) continue;
      const auto single = static_cast<float>(x);
      F32x4 value_single[] = {splat<F32x4>(single)};
      F32x4 slope_single[1];
      elementary::sine(value_single, slope_single);
      ASSERT_NEAR(value_single[0][3], std::sin(static_cast<double>(single)), 2e-7) << x << ", seed " << kSeed;
      ASSERT_NEAR(slope_single[0][3], std::cos(static_cast<double>(single)), 2e-7) << x << ", seed " << kSeed;
    }
  const ActivationInfo& sine = info(Activation::sine);
  EXPECT_NEAR(sine.value(0.1), std::sin(3.0), 1e-15);
  EXPECT_NEAR(sine.derivative_with(0.1, 2), 2 * std::cos(0.2), 1e-15);
}

TEST(Activations, with_a_parameter_have_its_gain) {
  EXPECT_EQ(recommended_gain(Activation::leaky_relu, kLeakySlope), info(Activation::leaky_relu).gain);
  EXPECT_NEAR(recommended_gain(Activation::leaky_relu, 0.5), std::sqrt(2 / 1.25), 1e-15);
  EXPECT_NEAR(recommended_gain(Activation::sine, 30), info(Activation::sine).gain, 1e-17);
  EXPECT_EQ(info(Activation::leaky_relu).value_with(-2, 0.5), -1);
  EXPECT_EQ(info(Activation::leaky_relu).derivative_with(-2, 0.5), 0.5);
}

TEST(Activations, keep_nan_so_that_a_diverged_network_does_not_look_dead) {
  for (const ActivationInfo& row : activations())
    EXPECT_TRUE(std::isnan(row.value(std::numeric_limits<double>::quiet_NaN()))) << row.name;
}

TEST(Activations, stay_finite_for_every_finite_argument) {
  for (const ActivationInfo& row : activations())
    for (const double z : {-1e300, -1e4, -710.0, 710.0, 1e4, 1e300}) {
      EXPECT_TRUE(std::isfinite(row.value(z))) << row.name << " at " << z;
      EXPECT_TRUE(std::isfinite(row.derivative(z))) << row.name << " at " << z;
    }
}

/// E[f(z)] for a standard normal z; the trapezoid rule converges faster than any power on it.
template <class F>
double normal_expectation(F f) {
  constexpr double kStep = 1.0 / 512;
  constexpr double kInverseSqrtTwoPi = 0.39894228040143267794;
  double sum = 0;
  for (int i = -12 * 512; i <= 12 * 512; ++i) sum += f(i * kStep) * std::exp(-0.5 * (i * kStep) * (i * kStep));
  return sum * kStep * kInverseSqrtTwoPi;
}

TEST(Activations, keep_the_second_moment_of_a_standard_normal_signal_with_the_gain_that_says_so) {
  for (const Activation id :
       {Activation::relu, Activation::leaky_relu, Activation::elu, Activation::gelu, Activation::silu}) {
    const ActivationInfo& row = info(id);
    const double moment = normal_expectation([&](double z) { return row.value(z) * row.value(z); });
    // A kink costs the trapezoid rule some of its places.
    EXPECT_NEAR(row.gain * row.gain * moment, 1, 1e-7) << row.name;
  }
}

TEST(Activations, of_selu_have_mean_zero_and_variance_one_as_their_fixed_point) {
  const ActivationInfo& selu = info(Activation::selu);
  EXPECT_NEAR(normal_expectation([&](double z) { return selu.value(z); }), 0, 1e-5);
  EXPECT_NEAR(normal_expectation([&](double z) { return selu.value(z) * selu.value(z); }), 1, 1e-5);
}

TEST(Activations, are_found_by_name_and_by_id) {
  std::set<std::string> names;
  for (const ActivationInfo& row : activations()) {
    EXPECT_EQ(&find_activation(row.name, "activations"), &row);
    EXPECT_EQ(&info(row.id), &row);
    EXPECT_TRUE(names.insert(std::string(row.name)).second) << row.name;
    for (const std::string_view words : {row.label, row.formula, row.citation, row.gain_note})
      EXPECT_FALSE(words.empty()) << row.name;
  }
  EXPECT_EQ(names.size(), 10U);
}

TEST(Activations, reject_an_unknown_name_and_name_the_field_and_the_known_ones) {
  try {
    find_activation("softmax", "activations[1]");
    ADD_FAILURE() << "softmax was taken";
  } catch (const SpecError& error) {
    EXPECT_EQ(error.field(), "activations[1]");
    EXPECT_EQ(show(error.value()), "\"softmax\"");
    EXPECT_EQ(error.expected().names.size(), activations().size());
  }
}

}  // namespace
}  // namespace init_lab
