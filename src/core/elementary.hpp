// exp, log, tanh and their kin from one source, so that every engine and the native build give the same bits: the
// project never calls the platform's libm for them. Written for lanes, and for several vectors of them at a time, step
// by step, as one alone would mostly wait for its own last step; the scalar forms compute in one of the lanes. Errors
// stated below are in units in the last place (ULP) of the result; tests/core/elementary_test.cpp asserts them.
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

/// x = n ln(2) + r with whole n and |r| <= ln(2)/2.
template <int Count, class V>
inline void reduce(const V (&x)[Count], V (&n)[Count], V (&r)[Count]) noexcept {
  using F = Format<V>;
  for (int i = 0; i < Count; ++i) n[i] = (x[i] * F::kLog2E + F::kRound) - F::kRound;
  for (int i = 0; i < Count; ++i) r[i] = (x[i] - n[i] * F::kLn2High) - n[i] * F::kLn2Low;
}

/// In place of r, |r| <= ln(2)/2, e^r - 1: r + r^2 (1/2 + r/6 + …).
template <int Count, class V>
inline void series(V (&r)[Count]) noexcept {
  using F = Format<V>;
  constexpr int kTerms = sizeof(F::kSeries) / sizeof(F::kSeries[0]);
  // Even and odd terms in two chains, as one chain of twelve would wait for itself.
  V square[Count], even[Count], odd[Count];
  for (int i = 0; i < Count; ++i) square[i] = r[i] * r[i];
  for (V& each : even) each = splat<V>(F::kSeries[kTerms - 2]);
  for (V& each : odd) each = splat<V>(F::kSeries[kTerms - 1]);
  for (int k = kTerms - 4; k >= 0; k -= 2) {
    for (int i = 0; i < Count; ++i) even[i] = even[i] * square[i] + F::kSeries[k];
    for (int i = 0; i < Count; ++i) odd[i] = odd[i] * square[i] + F::kSeries[k + 1];
  }
  for (int i = 0; i < Count; ++i) even[i] = even[i] + r[i] * odd[i];
  for (int i = 0; i < Count; ++i) r[i] = r[i] + square[i] * even[i];
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

// Those of several vectors are always inlined: a call would send the vectors through memory, one after the other.

/// In place of each x, e^x within 1 ULP for every x, subnormal results included; infinite from 709.8 (float: 88.8) on;
/// NaN for NaN.
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void exp(V (&x)[Count]) noexcept {
  using F = detail::Format<V>;
  for (V& each : x) each = at_least(at_most(each, splat<V>(F::kExpOverflow)), splat<V>(F::kExpUnderflow));
  V n[Count], r[Count];
  detail::reduce(x, n, r);
  detail::series(r);
  for (int i = 0; i < Count; ++i) {
    // 2^n in two factors, as neither 2^1024 nor 2^-1075 is a normal number.
    const V half = (n[i] * splat<V>(0.5F) + F::kRound) - F::kRound;
    x[i] = ((r[i] + splat<V>(1)) * detail::power_of_two(half)) * detail::power_of_two(n[i] - half);
  }
}

/// In place of each x, e^x - 1 within 3 ULP for x <= 700 (float: 80), near zero too.
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void expm1(V (&x)[Count]) noexcept {
  // Below this e^x - 1 is -1 to the last place, and 2^n is still a normal number.
  constexpr auto kMinusOne = static_cast<typename ScalarOf<V>::T>(-60);
  for (V& each : x) each = at_least(each, splat<V>(kMinusOne));
  V n[Count], r[Count];
  detail::reduce(x, n, r);
  detail::series(r);
  for (int i = 0; i < Count; ++i) n[i] = detail::power_of_two(n[i]);
  for (int i = 0; i < Count; ++i) x[i] = n[i] * r[i] + (n[i] - splat<V>(1));
}

/// In place of each x, the hyperbolic tangent within 3 ULP.
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void tanh(V (&x)[Count]) noexcept {
  V t[Count];
  for (int i = 0; i < Count; ++i) t[i] = splat<V>(-2) * detail::absolute(x[i]);
  expm1(t);
  for (int i = 0; i < Count; ++i) x[i] = detail::with_sign(-t[i] / (t[i] + splat<V>(2)), x[i]);
}

/// In place of each x, 1 / (1 + e^-x) as the course writes it: exactly 1 from about 36.7 on, exactly 0 below about
/// -709.8.
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void sigmoid(V (&x)[Count]) noexcept {
  using F = detail::Format<V>;
  // As exp, but for what is below the last place of 1: so 2^n takes one factor, and a doubling for n = 1024.
  for (V& each : x) each = at_least(at_most(-each, splat<V>(F::kExpOverflow)), splat<V>(-F::kExpOverflow + 5));
  V n[Count], r[Count];
  detail::reduce(x, n, r);
  detail::series(r);
  for (int i = 0; i < Count; ++i) r[i] = (r[i] + splat<V>(1)) * detail::power_of_two(n[i] - splat<V>(1));
  for (int i = 0; i < Count; ++i) x[i] = splat<V>(1) / (splat<V>(1) + (r[i] + r[i]));
}

/// One at a time. The bits are the same.
template <LaneVector V>
inline V exp(V x) noexcept {
  V one[] = {x};
  exp(one);
  return one[0];
}
template <LaneVector V>
inline V expm1(V x) noexcept {
  V one[] = {x};
  expm1(one);
  return one[0];
}
template <LaneVector V>
inline V tanh(V x) noexcept {
  V one[] = {x};
  tanh(one);
  return one[0];
}
template <LaneVector V>
inline V sigmoid(V x) noexcept {
  V one[] = {x};
  sigmoid(one);
  return one[0];
}

double exp(double x) noexcept;
double expm1(double x) noexcept;
double tanh(double x) noexcept;
double sigmoid(double x) noexcept;

/// Natural logarithm within 1 ULP; -infinity at 0, NaN below. Source: fdlibm e_log.c.
double log(double x) noexcept;
/// Sine and cosine within 1 ULP for |x| <= 100,000 (the reduction by pi/2 is in three parts). Source: fdlibm k_sin.c,
/// k_cos.c.
double sin(double x) noexcept;
double cos(double x) noexcept;
/// Error function within 1 ULP. Source: fdlibm s_erf.c.
double erf(double x) noexcept;

}  // namespace init_lab::elementary
