// The functions that are needed for scalars only: log for the normal draws and the cost, sin and
// cos for the data sets. Algorithms and coefficients are fdlibm's (Copyright (C) 1993 by Sun
// Microsystems, Inc.; permission to use, copy, modify, and distribute this software is freely
// granted, provided that this notice is preserved).
#include "init_lab/numerics/elementary.hpp"

#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>

namespace init_lab::elementary {

namespace {

using Constants = detail::Format<F64x2>;

// Instead of std::bit_cast, which the standard library of Emscripten 3.1.6 lacks.
std::uint64_t bits_of(double x) noexcept {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof x);
  return bits;
}
double double_of(std::uint64_t bits) noexcept {
  double x = 0;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

/// c[First] + c[First + 1] x + c[First + 2] x^2 + …
template <std::size_t First = 0, std::size_t N>
double polynomial(const double (&c)[N], double x) noexcept {
  double sum = c[N - 1];
  for (std::size_t i = N - 1; i-- > First;) sum = c[i] + x * sum;
  return sum;
}

/// sin on |x| <= pi/4, of x + tail.
double sin_kernel(double x, double tail) noexcept {
  const double z = x * x;
  const double v = z * x;
  return x - ((z * (0.5 * tail - v * polynomial<1>(Constants::kSine, z)) - tail) - v * Constants::kSine[0]);
}

/// cos on |x| <= pi/4, of x + tail.
double cos_kernel(double x, double tail) noexcept {
  const double z = x * x;
  const double r = z * polynomial(Constants::kCosine, z);
  const double half = 0.5 * z;
  const double w = 1.0 - half;
  return w + (((1.0 - w) - half) + (z * r - x * tail));
}

struct Quadrant {
  int number;  ///< 0 … 3
  double x, tail;
};

Quadrant reduce_by_half_pi(double x) noexcept {
  const auto& half_pi = Constants::kHalfPi;
  const double n = std::floor(x * Constants::kTwoOverPi + 0.5);
  const double first = x - n * half_pi[0];
  const double second = n * half_pi[1];
  const double difference = first - second;
  const double third = n * half_pi[2] - ((first - difference) - second);
  const double head = difference - third;
  const double quadrant = n - 4 * std::floor(n / 4);
  // A quadrant of NaN, for an argument that is not finite, cannot be converted.
  return {quadrant < 4 ? static_cast<int>(quadrant) : 0, head, (difference - head) - third};
}

}  // namespace

double exp(double x) noexcept { return exp(splat<F64x2>(x))[0]; }
double expm1(double x) noexcept { return expm1(splat<F64x2>(x))[0]; }
double tanh(double x) noexcept { return tanh(splat<F64x2>(x))[0]; }
double sigmoid(double x) noexcept { return sigmoid(splat<F64x2>(x))[0]; }

double log(double x) noexcept {
  if (std::isnan(x) || x < 0) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0) return -std::numeric_limits<double>::infinity();
  if (std::isinf(x)) return x;
  int k = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    k = -54;
  }
  // x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2).
  constexpr std::uint64_t kSqrtHalf = 0x3fe6a09e667f3bcd;
  constexpr std::uint64_t kOne = 0x3ff0000000000000;
  constexpr std::uint64_t kMantissa = 0x000fffffffffffff;
  const std::uint64_t bits = bits_of(x) + (kOne - kSqrtHalf);
  k += static_cast<int>(bits >> 52) - 1023;
  const double f = double_of((bits & kMantissa) + kSqrtHalf) - 1.0;
  constexpr double c[] = {6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
                          2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
                          1.479819860511658591e-01};
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double half_square = 0.5 * f * f;
  const double r = z * polynomial(c, z);
  return s * (half_square + r) + k * Constants::kLn2Low - half_square + f + k * Constants::kLn2High;
}

double sin(double x) noexcept {
  const auto [quadrant, head, tail] = reduce_by_half_pi(x);
  const double value = quadrant % 2 == 0 ? sin_kernel(head, tail) : cos_kernel(head, tail);
  return quadrant < 2 ? value : -value;
}

double cos(double x) noexcept {
  const auto [quadrant, head, tail] = reduce_by_half_pi(x);
  const double value = quadrant % 2 == 0 ? cos_kernel(head, tail) : sin_kernel(head, tail);
  return quadrant == 0 || quadrant == 3 ? value : -value;
}

}  // namespace init_lab::elementary
