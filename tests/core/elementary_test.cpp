#include "core/elementary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "fixtures.hpp"

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
      {"exp", elementary::exp, 1}, {"expm1", elementary::expm1, 3},     {"tanh", elementary::tanh, 4},
      {"log", elementary::log, 1}, {"sin", elementary::sin, 1},         {"cos", elementary::cos, 1},
      {"erf", elementary::erf, 1}, {"sigmoid", elementary::sigmoid, 3},
  };
  return all;
}

TEST(Elementary, functions_stay_within_their_stated_error_of_the_exact_value) {
  const Fixture exact("functions");
  for (const Claim& claim : claims()) {
    const Array& points = exact[claim.name];  // rows: x, nearest double, what that lacks of the exact value
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

/// Calls `check(x)` with both signs of magnitudes from 1e-30 to 1e3 and then evenly from -110 to 110.
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
  // Called through pointers and on loaded lanes: inlined on constants, this keeps clang 14 busy for ever for
  // WebAssembly.
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

TEST(Elementary, functions_are_right_at_the_ends_of_their_ranges) {
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
  EXPECT_EQ(elementary::erf(0), 0);
  EXPECT_EQ(elementary::erf(kInfinity), 1);
  EXPECT_EQ(elementary::erf(-kInfinity), -1);
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

TEST(Elementary, functions_let_nan_through) {
  for (const Claim& claim : claims()) EXPECT_TRUE(std::isnan(claim.function(kNaN))) << claim.name;
  EXPECT_TRUE(std::isnan(elementary::sigmoid(kNaN)));
  const auto nan = splat<F32x4>(std::numeric_limits<float>::quiet_NaN());
  EXPECT_TRUE(std::isnan(elementary::exp(nan)[0]));
  EXPECT_TRUE(std::isnan(elementary::expm1(nan)[1]));
  EXPECT_TRUE(std::isnan(elementary::tanh(nan)[2]));
  EXPECT_TRUE(std::isnan(elementary::sigmoid(nan)[3]));
}

TEST(Elementary, odd_functions_are_odd_and_even_ones_even_to_the_bit) {
  constexpr std::uint32_t kSeed = 19;
  for_arguments(kSeed, [](double x) {
    ASSERT_EQ(elementary::tanh(-x), -elementary::tanh(x)) << x;
    ASSERT_EQ(elementary::erf(-x), -elementary::erf(x)) << x;
    ASSERT_EQ(elementary::sin(-x), -elementary::sin(x)) << x;
    ASSERT_EQ(elementary::cos(-x), elementary::cos(x)) << x;
  });
}

}  // namespace
}  // namespace init_lab
