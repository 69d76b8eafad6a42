#include "init_lab/numerics/elementary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "fixtures.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

using testing::Array;
using testing::Fixture;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// (The libc++ of Emscripten 3.1.6 has no std::bit_cast.)
std::uint64_t bits(double value) {
  std::uint64_t result = 0;
  std::memcpy(&result, &value, sizeof result);
  return result;
}

/// Distance between neighbouring numbers of T at `value`; that of the subnormals near zero.
template <class T>
double ulp(T value) {
  constexpr auto kLeast = static_cast<double>(std::numeric_limits<T>::denorm_min());
  if (value == 0) return kLeast;
  return std::fmax(std::ldexp(1.0, std::ilogb(value) + 1 - std::numeric_limits<T>::digits), kLeast);
}

/// What elementary.hpp states, to be held at every point of the fixture.
struct Claim {
  std::string name;
  double (*function)(double);
  double largest_error;  ///< in ULP of the exact result
};

const std::vector<Claim>& claims() {
  static const std::vector<Claim> all{
      {"exp", elementary::exp, 1},         {"expm1", elementary::expm1, 3}, {"tanh", elementary::tanh, 4},
      {"log", elementary::log, 1},         {"sin", elementary::sin, 1},     {"cos", elementary::cos, 1},
      {"sigmoid", elementary::sigmoid, 3},
  };
  return all;
}

TEST(Elementary, functions_stay_within_their_stated_error_of_the_exact_value) {
  const Fixture exact("functions");
  for (const Claim& claim : claims()) {
    const Array& points = exact[claim.name];  // rows: x, nearest double, its error
    double largest = 0;
    double where = 0;
    for (std::size_t i = 0; i < points.columns; ++i) {
      const double x = points.at(0, i);
      const double nearest = points.at(1, i);
      const double found = claim.function(x);
      if (std::isinf(nearest)) {
        EXPECT_EQ(found, nearest) << claim.name << " at " << x;
        continue;
      }
      const double error = std::fabs((found - nearest) - points.at(2, i)) / ulp(nearest);
      if (!(error <= largest)) {
        largest = error;
        where = x;
      }
    }
    EXPECT_LE(largest, claim.largest_error) << claim.name << " at " << where;
    RecordProperty(claim.name + "_largest_error_in_ulp", std::to_string(largest));
  }
}

struct Normal {
  double distribution, density;
};
template <class T>
Normal normal(double x) {
  typename Lanes<T>::V value[] = {splat<typename Lanes<T>::V>(static_cast<T>(x))};
  typename Lanes<T>::V density[1];
  elementary::normal_cdf(value, density);
  return {value[0][1], density[0][1]};
}

TEST(Elementary, normal_distribution_and_its_density_stay_within_their_stated_errors) {
  const Fixture exact("functions");
  const Array& distribution = exact["normal_cdf"];
  const Array& density = exact["normal_density"];
  for (std::size_t i = 0; i < distribution.columns; ++i) {
    const double x = distribution.at(0, i);
    const double nearest = distribution.at(1, i);
    const Normal found = normal<double>(x);
    EXPECT_NEAR(found.distribution, nearest, x >= -3 ? std::fmin(15 * ulp(nearest), 4e-16) : 4e-16) << "at " << x;
    EXPECT_NEAR(found.density, density.at(1, i), 2e-16) << "at " << x;
    // The fixture's points are no floats, and rounding moves some of them by more than a float's
    // error allows.
    const auto single = static_cast<float>(x);
    const Normal near = normal<double>(single);
    const Normal found_single = normal<float>(single);
    const auto places = 15 * ulp(static_cast<float>(near.distribution));
    EXPECT_NEAR(found_single.distribution, near.distribution, x >= -3 ? std::fmin(places, 2e-7) : 2e-7) << "at " << x;
    EXPECT_NEAR(found_single.density, near.density, 9e-8) << "at " << x;
  }
}

/// Whether the coefficients are the exact ones, rounded to T.
template <class T, std::size_t N>
void expect_rounded(const T (&found)[N], const Array& exact) {
  ASSERT_EQ(exact.columns, N);
  for (std::size_t i = 0; i < N; ++i) EXPECT_EQ(found[i], static_cast<T>(exact[i])) << "coefficient " << i;
}

TEST(Elementary, normal_distribution_has_the_coefficients_that_interpolation_gives) {
  const Fixture exact("functions");
  expect_rounded(elementary::detail::Format<F64x2>::kTailP, exact["normal_tail/double/p"]);
  expect_rounded(elementary::detail::Format<F64x2>::kTailQ, exact["normal_tail/double/q"]);
  expect_rounded(elementary::detail::Format<F32x4>::kTailP, exact["normal_tail/float/p"]);
  expect_rounded(elementary::detail::Format<F32x4>::kTailQ, exact["normal_tail/float/q"]);
}

/// Calls `check(x)` with both signs of magnitudes from 1e-30 to 1e3 and then evenly from -110 to
/// 110.
template <class Check>
void for_arguments(std::uint32_t seed, Check check) {
  RandomState random(seed);
  for (int i = 0; i < 4000; ++i) {
    const double size = elementary::exp(random.uniform(-69, 7));
    check(i % 2 == 0 ? size : -size);
    check(random.uniform(-110, 110));
  }
}

/// A function in both its forms.
struct Forms {
  const char* name;
  F64x2 (*lanes)(F64x2);
  double (*scalar)(double);
};

TEST(Elementary, lanes_give_the_bits_of_the_scalar_forms_whatever_the_neighbouring_lane_holds) {
  constexpr std::uint32_t kSeed = 17;
  const std::vector<Forms> all{
      {"exp", elementary::exp<F64x2>, elementary::exp},
      {"expm1", elementary::expm1<F64x2>, elementary::expm1},
      {"tanh", elementary::tanh<F64x2>, elementary::tanh},
      {"sigmoid", elementary::sigmoid<F64x2>, elementary::sigmoid},
  };
  // Called through pointers and on loaded lanes: inlined on constants, this keeps clang 14 busy for
  // ever for WebAssembly.
  const std::vector<double> neighbours{0.0, -1e300, kInfinity, kNaN};
  for_arguments(kSeed, [&](double x) {
    for (const Forms& form : all) {
      const std::uint64_t expected = bits(form.scalar(x));
      for (const double neighbour : neighbours) {
        const double pairs[] = {x, neighbour, x};
        ASSERT_EQ(bits(form.lanes(load<F64x2>(pairs))[0]), expected) << form.name << " at " << x;
        ASSERT_EQ(bits(form.lanes(load<F64x2>(pairs + 1))[1]), expected) << form.name << " at " << x;
      }
    }
  });
}

TEST(Elementary, single_precision_lanes_stay_within_the_same_errors) {
  constexpr std::uint32_t kSeed = 18;
  // The reference is the double-precision form, whose error is nothing beside a float's last place.
  const auto expect = [](const char* name, float x, float found, double exact, double largest) {
    if (std::fabs(exact) > static_cast<double>(std::numeric_limits<float>::max())) return;
    ASSERT_LE(std::fabs(static_cast<double>(found) - exact) / ulp(static_cast<float>(exact)), largest)
        << name << " at " << x;
  };
  for_arguments(kSeed, [&](double wide) {
    const auto x = static_cast<float>(wide);
    const auto lanes = splat<F32x4>(x);
    const double exactly = x;
    expect("exp", x, elementary::exp(lanes)[2], elementary::exp(exactly), 1);
    if (x <= 80) expect("expm1", x, elementary::expm1(lanes)[1], elementary::expm1(exactly), 3);
    expect("tanh", x, elementary::tanh(lanes)[3], elementary::tanh(exactly), 4);
    if (x >= -88) expect("sigmoid", x, elementary::sigmoid(lanes)[0], elementary::sigmoid(exactly), 3);
  });
}

TEST(Elementary, functions_are_exact_at_the_ends_of_their_ranges) {
  EXPECT_EQ(elementary::exp(0), 1);
  EXPECT_EQ(elementary::exp(710), kInfinity);
  EXPECT_EQ(elementary::exp(kInfinity), kInfinity);
  EXPECT_EQ(elementary::exp(-kInfinity), 0);
  EXPECT_EQ(elementary::exp(-745.1332191019411), 5e-324);
  EXPECT_EQ(elementary::exp(-746), 0);
  EXPECT_EQ(elementary::expm1(-kInfinity), -1);
  EXPECT_EQ(elementary::tanh(kInfinity), 1);
  EXPECT_EQ(elementary::tanh(-kInfinity), -1);
  EXPECT_TRUE(std::signbit(elementary::tanh(-0.0)));
  EXPECT_EQ(elementary::log(1), 0);
  EXPECT_EQ(elementary::log(0), -kInfinity);
  EXPECT_EQ(elementary::log(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(elementary::log(-1)));
  EXPECT_EQ(elementary::sin(0), 0);
  EXPECT_EQ(elementary::cos(0), 1);
}

TEST(Elementary, normal_distribution_is_exact_at_the_ends_of_its_range) {
  EXPECT_EQ(normal<double>(0).distribution, 0.5);
  EXPECT_EQ(normal<float>(0).distribution, 0.5);
  for (const double x : {37.6, 1e300, kInfinity}) {
    EXPECT_EQ(normal<double>(x).distribution, 1) << x;
    EXPECT_EQ(normal<double>(-x).distribution, 0) << x;
    EXPECT_EQ(normal<double>(x).density, 0) << x;
    EXPECT_EQ(normal<double>(-x).density, 0) << x;
  }
  EXPECT_GT(normal<double>(-37.4).distribution, 0);
  EXPECT_GT(normal<float>(-12.9).distribution, 0);
  EXPECT_EQ(normal<float>(-kInfinity).distribution, 0);
}

TEST(Elementary, sigmoid_saturates_where_the_course_s_does) {
  EXPECT_EQ(elementary::sigmoid(0), 0.5);
  // From -ln(2^-53) = 36.7368… on.
  for (double x = 36.737; x < 38; x += 0.001) EXPECT_EQ(elementary::sigmoid(x), 1) << x;
  for (double x = 36; x < 36.736; x += 0.001) EXPECT_LT(elementary::sigmoid(x), 1) << x;
  EXPECT_EQ(elementary::sigmoid(-709.9), 0);
  EXPECT_GT(elementary::sigmoid(-709.4), 0);
  EXPECT_EQ(elementary::sigmoid(kInfinity), 1);
  EXPECT_EQ(elementary::sigmoid(-kInfinity), 0);
}

TEST(Elementary, functions_keep_nan) {
  for (const Claim& claim : claims()) EXPECT_TRUE(std::isnan(claim.function(kNaN))) << claim.name;
  EXPECT_TRUE(std::isnan(elementary::sigmoid(kNaN)));
  EXPECT_TRUE(std::isnan(normal<double>(kNaN).distribution));
  EXPECT_TRUE(std::isnan(normal<double>(kNaN).density));
  EXPECT_TRUE(std::isnan(normal<float>(kNaN).distribution));
  const auto nan = splat<F32x4>(std::numeric_limits<float>::quiet_NaN());
  EXPECT_TRUE(std::isnan(elementary::exp(nan)[0]));
  EXPECT_TRUE(std::isnan(elementary::expm1(nan)[1]));
  EXPECT_TRUE(std::isnan(elementary::tanh(nan)[2]));
  EXPECT_TRUE(std::isnan(elementary::sigmoid(nan)[3]));
}

TEST(Elementary, odd_functions_are_odd_even_ones_even_and_tails_alike_to_the_bit) {
  constexpr std::uint32_t kSeed = 19;
  for_arguments(kSeed, [](double x) {
    ASSERT_EQ(elementary::tanh(-x), -elementary::tanh(x)) << x;
    ASSERT_EQ(elementary::sin(-x), -elementary::sin(x)) << x;
    ASSERT_EQ(elementary::cos(-x), elementary::cos(x)) << x;
    if (x > 0) {
      ASSERT_EQ(normal<double>(x).distribution, 1 - normal<double>(-x).distribution) << x;
    }
    ASSERT_EQ(normal<double>(-x).density, normal<double>(x).density) << x;
  });
}

}  // namespace
}  // namespace init_lab
