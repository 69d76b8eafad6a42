// exp, log, tanh and their kin from one source, so that every engine and the native build give the same bits: the
// project never calls the platform's libm for them. Written for lanes; the scalar forms compute in one of the lanes.
// Errors stated below are in units in the last place (ULP) of the result; tests/core/elementary_test.cpp asserts them.
#pragma once

#include <cstdint>
#include <limits>

#include "core/lanes.hpp"

namespace init_lab::elementary {

namespace detail {

/// Adding and taking away 1.5 * 2^(mantissa bits) rounds to the nearest whole number, whose two's complement then
/// stands in the low bits of the sum.
template <class V>
struct Format;

template <>
struct Format<F64x2> {
  using Bits = U64x2;
  static constexpr double kRound = 0x1.8p52;
  static constexpr int kMantissaBits = 52;
  static constexpr std::uint64_t kBias = 1023;
  static constexpr double kLog2E = 0x1.71547652b82fep0;
  static constexpr double kLn2High = 0x1.62e42fee00000p-1;  ///< 32 bits: n * kLn2High is exact
  static constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
  static constexpr double kExpOverflow = 710.0;    ///< exp is infinite from here on
  static constexpr double kExpUnderflow = -746.0;  ///< exp is zero up to here
  /// 1/k! for k = 2 … 13: on |r| <= ln(2)/2 the remainder of the series is below 5e-18.
  static constexpr double kSeries[] = {1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,
                                       1.0 / 720,     1.0 / 5040,     1.0 / 40320,     1.0 / 362880,
                                       1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800.0};
};

template <>
struct Format<F32x4> {
  using Bits = U32x4;
  static constexpr float kRound = 0x1.8p23F;
  static constexpr int kMantissaBits = 23;
  static constexpr std::uint32_t kBias = 127;
  static constexpr float kLog2E = 0x1.715476p0F;
  static constexpr float kLn2High = 0x1.63p-1F;
  static constexpr float kLn2Low = -0x1.bd0106p-13F;
  static constexpr float kExpOverflow = 89.0F;
  static constexpr float kExpUnderflow = -104.0F;
  /// 1/k! for k = 2 … 7: the remainder is below 6e-9.
  static constexpr float kSeries[] = {1.0F / 2, 1.0F / 6, 1.0F / 24, 1.0F / 120, 1.0F / 720, 1.0F / 5040};
};

template <class V>
struct Reduced {
  V n;  ///< whole number
  V r;  ///< |r| <= ln(2)/2, x = n ln(2) + r
};

template <class V>
inline Reduced<V> reduce(V x) noexcept {
  using F = Format<V>;
  const V n = (x * F::kLog2E + F::kRound) - F::kRound;
  return {n, (x - n * F::kLn2High) - n * F::kLn2Low};
}

/// e^r - 1 for |r| <= ln(2)/2: r + r^2 (1/2 + r/6 + …).
template <class V>
inline V series(V r) noexcept {
  using F = Format<V>;
  constexpr int kTerms = sizeof(F::kSeries) / sizeof(F::kSeries[0]);
  // Even and odd terms in two chains, as one chain of twelve would wait for itself.
  const V square = r * r;
  V even = splat<V>(F::kSeries[kTerms - 2]);
  V odd = splat<V>(F::kSeries[kTerms - 1]);
  for (int k = kTerms - 4; k >= 0; k -= 2) {
    even = even * square + F::kSeries[k];
    odd = odd * square + F::kSeries[k + 1];
  }
  return r + square * (even + r * odd);
}

/// 2^n for a whole number n within the range of normal numbers.
template <class V>
inline V power_of_two(V n) noexcept {
  using F = Format<V>;
  const auto bits = reinterpret_cast<typename F::Bits>(n + F::kRound);
  return reinterpret_cast<V>((bits + F::kBias) << F::kMantissaBits);
}

template <class V>
inline V absolute(V x) noexcept {
  using F = Format<V>;
  return reinterpret_cast<V>((reinterpret_cast<typename F::Bits>(x) << 1) >> 1);
}

/// `magnitude` (not negative) with the sign of `sign`.
template <class V>
inline V with_sign(V magnitude, V sign) noexcept {
  using Bits = typename Format<V>::Bits;
  const Bits sign_bit = reinterpret_cast<Bits>(sign) & reinterpret_cast<Bits>(splat<V>(-0.0F));
  return reinterpret_cast<V>(reinterpret_cast<Bits>(magnitude) | sign_bit);
}

}  // namespace detail

/// e^x within 1 ULP for every x, subnormal results included; infinite from 709.8 (float: 88.8) on; NaN for NaN.
template <LaneVector V>
inline V exp(V x) noexcept {
  using F = detail::Format<V>;
  x = at_least(at_most(x, splat<V>(F::kExpOverflow)), splat<V>(F::kExpUnderflow));
  const auto [n, r] = detail::reduce(x);
  // 2^n in two factors, as neither 2^1024 nor 2^-1075 is a normal number.
  const V half = (n * splat<V>(0.5F) + F::kRound) - F::kRound;
  return ((detail::series(r) + splat<V>(1)) * detail::power_of_two(half)) * detail::power_of_two(n - half);
}

/// e^x - 1 within 3 ULP for x <= 700 (float: 80), near zero too.
template <LaneVector V>
inline V expm1(V x) noexcept {
  // Below this e^x - 1 is -1 to the last place, and 2^n is still a normal number.
  constexpr auto kMinusOne = static_cast<typename ScalarOf<V>::T>(-60);
  x = at_least(x, splat<V>(kMinusOne));
  const auto [n, r] = detail::reduce(x);
  const V two_n = detail::power_of_two(n);
  return two_n * detail::series(r) + (two_n - splat<V>(1));
}

/// Hyperbolic tangent within 3 ULP.
template <LaneVector V>
inline V tanh(V x) noexcept {
  const V t = expm1(splat<V>(-2) * detail::absolute(x));
  return detail::with_sign(-t / (t + splat<V>(2)), x);
}

/// 1 / (1 + e^-x) as the course writes it: exactly 1 from about 36.7 on, exactly 0 below about -709.8.
template <LaneVector V>
inline V sigmoid(V x) noexcept {
  using F = detail::Format<V>;
  // As exp, but for what is below the last place of 1: so 2^n takes one factor, and a doubling for n = 1024.
  const V y = at_least(at_most(-x, splat<V>(F::kExpOverflow)), splat<V>(-F::kExpOverflow + 5));
  const auto [n, r] = detail::reduce(y);
  const V half = (detail::series(r) + splat<V>(1)) * detail::power_of_two(n - splat<V>(1));
  return splat<V>(1) / (splat<V>(1) + (half + half));
}

/// Scalar forms. They give the bits of the lanes.
inline double exp(double x) noexcept { return exp(splat<F64x2>(x))[0]; }
inline double expm1(double x) noexcept { return expm1(splat<F64x2>(x))[0]; }
inline double tanh(double x) noexcept { return tanh(splat<F64x2>(x))[0]; }
inline double sigmoid(double x) noexcept { return sigmoid(splat<F64x2>(x))[0]; }

/// Natural logarithm within 1 ULP; -infinity at 0, NaN below. Source: fdlibm e_log.c.
double log(double x) noexcept;
/// Sine and cosine within 1 ULP for |x| <= 100,000 (the reduction by pi/2 is in three parts). Source: fdlibm k_sin.c,
/// k_cos.c.
double sin(double x) noexcept;
double cos(double x) noexcept;
/// Error function within 1 ULP. Source: fdlibm s_erf.c.
double erf(double x) noexcept;

}  // namespace init_lab::elementary
