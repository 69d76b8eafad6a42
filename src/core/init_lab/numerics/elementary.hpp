// The elementary functions (exp, log, tanh, …) from one source, so that every engine and the native
// build give the same bits: the project never calls the platform's libm for them. They work on
// lanes, and do each step for several vectors before the next step, because with a single vector
// each step would wait for the result of the one before. The scalar forms compute in one lane.
// Errors stated below are in units in the last place (ULP) of the result;
// tests/core/numerics/elementary_test.cpp asserts them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "init_lab/numerics/lanes.hpp"

namespace init_lab::elementary {

namespace detail {

/// The constants of a number format. Adding and subtracting kRound = 1.5 * 2^(mantissa bits) rounds
/// to the nearest whole number; the low bits of the sum are its two's complement.
template <class V>
struct Format;

template <>
struct Format<F64x2> {
  using Bits = U64x2;
  static constexpr double kRound = 0x1.8p52;
  static constexpr int kMantissaBits = 52;
  static constexpr std::uint64_t kBias = 1023;
  static constexpr int kTwoToSign = 62;  ///< shifts the number 2 to the sign
  static constexpr double kLog2E = 0x1.71547652b82fep0;
  static constexpr double kLn2High = 0x1.62e42fee00000p-1;  ///< 32 bits: n * kLn2High is exact
  static constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
  static constexpr double kExpOverflow = 710.0;              ///< exp is infinite from here on
  static constexpr double kExpFinite = 0x1.62e42fefa39efp9;  ///< the largest x with a finite e^x
  static constexpr double kInfinity = std::numeric_limits<double>::infinity();
  static constexpr double kExpUnderflow = -746.0;           ///< exp is zero up to here
  static constexpr double kOneLost = -0x1.25e4f7b2737fap5;  ///< ln(2^-53): up to here 1 + exp is 1
  /// 1/k! for k = 2 … 13: on |r| <= ln(2)/2 the remainder of the series is below 5e-18.
  static constexpr double kSeries[] = {1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,
                                       1.0 / 720,     1.0 / 5040,     1.0 / 40320,     1.0 / 362880,
                                       1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800.0};
  /// tanh(y) = y P(y^2) / Q(y^2), a convergent of Lambert's continued fraction, with a
  /// relative error of 5e-19 on |y| <= ln(2)/4. The common factor 2^-14 keeps Q near 1.
  static constexpr double kP[] = {0x1p-14 * 10395, 0x1p-14 * 1260, 0x1p-14 * 21};
  static constexpr double kQ[] = {0x1p-14 * 10395, 0x1p-14 * 4725, 0x1p-14 * 210, 0x1p-14};
  static constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
  /// pi / 2 in three parts; the first two have 33 bits, so their products with n < 2^20 are exact.
  static constexpr double kHalfPi[] = {0x1.921fb544p0, 0x1.0b4611a6p-34, 0x1.3198a2e037073p-69};
  /// (sin(r) - r) / r^3 and (cos(r) - 1 + r^2 / 2) / r^4 in r^2, |r| <= pi / 4. Source: fdlibm
  /// k_sin.c, k_cos.c.
  static constexpr double kSine[] = {-1.66666666666666324348e-01, 8.33333333332248946124e-03,
                                     -1.98412698298579493134e-04, 2.75573137070700676789e-06,
                                     -2.50507602534068634195e-08, 1.58969099521155010221e-10};
  static constexpr double kCosine[] = {4.16666666666666019037e-02, -1.38888888888741095749e-03,
                                       2.48015872894767294178e-05, -2.75573143513906633035e-07,
                                       2.08757232129817482790e-09, -1.13596475577881948265e-11};
  static constexpr double kNormalEnd = 37.5;  ///< e^(-x^2/2) is still a normal number here
  /// Phi(-x) = e^(-x^2/2) P(x) / Q(x) for x >= 0, with an error of at most 1e-16:
  /// normal_tail(6, 7) of scripts/reference/functions.py.
  static constexpr double kTailP[] = {0x1p-1,
                                      0x1.029b0094b69dcp-1,
                                      0x1.072c8a10248abp-2,
                                      0x1.400a6bae51093p-4,
                                      0x1.e3bce2f527d44p-7,
                                      0x1.abdb29887ec73p-10,
                                      0x1.5b43071c90d31p-14};
  static constexpr double kTailQ[] = {0x1p0,
                                      0x1.cedd2a3358524p0,
                                      0x1.74e622ee1a008p0,
                                      0x1.5c61140cbbb7fp-1,
                                      0x1.9991a19c13b7bp-3,
                                      0x1.30d0867ba0341p-5,
                                      0x1.0c20c951ab304p-8,
                                      0x1.b338a6c237b0fp-13};
};

template <>
struct Format<F32x4> {
  using Bits = U32x4;
  static constexpr float kRound = 0x1.8p23F;
  static constexpr int kMantissaBits = 23;
  static constexpr std::uint32_t kBias = 127;
  static constexpr int kTwoToSign = 30;
  static constexpr float kLog2E = 0x1.715476p0F;
  static constexpr float kLn2High = 0x1.63p-1F;
  static constexpr float kLn2Low = -0x1.bd0106p-13F;
  static constexpr float kExpOverflow = 89.0F;
  static constexpr float kExpFinite = 0x1.62e42ep6F;
  static constexpr float kInfinity = std::numeric_limits<float>::infinity();
  static constexpr float kExpUnderflow = -104.0F;
  static constexpr float kOneLost = -0x1.0a2b24p4F;
  /// 1/k! for k = 2 … 7: the remainder is below 6e-9.
  static constexpr float kSeries[] = {1.0F / 2, 1.0F / 6, 1.0F / 24, 1.0F / 120, 1.0F / 720, 1.0F / 5040};
  /// As above, with a relative error of 2e-8.
  static constexpr float kP[] = {15.0F / 16, 1.0F / 16};
  static constexpr float kQ[] = {15.0F / 16, 6.0F / 16};
  static constexpr float kTwoOverPi = 0x1.45f306p-1F;
  /// As above; the first two parts have 8 and 11 bits. Source of the polynomials: Cephes sinf.c.
  static constexpr float kHalfPi[] = {0x1.92p0F, 0x1.fb4p-12F, 0x1.4442d2p-24F};
  static constexpr float kSine[] = {-1.6666654611e-1F, 8.3321608736e-3F, -1.9515295891e-4F};
  static constexpr float kCosine[] = {4.166664568298827e-2F, -1.388731625493765e-3F, 2.443315711809948e-5F};
  static constexpr float kNormalEnd = 13.0F;
  /// As above, with an error of at most 4e-9: normal_tail(3, 4).
  static constexpr float kTailP[] = {0x1p-1F, 0x1.3efd3cp-2F, 0x1.7c44bap-4F, 0x1.6eadf8p-7F};
  static constexpr float kTailQ[] = {0x1p0F, 0x1.6bc0c4p0F, 0x1.a388e8p-1F, 0x1.da6df8p-3F, 0x1.cc6344p-6F};
};

/// x = n ln(2) + r with whole n and |r| <= ln(2)/2.
template <int Count, class V>
inline void reduce(const V (&x)[Count], V (&n)[Count], V (&r)[Count]) noexcept {
  using F = Format<V>;
  for (int i = 0; i < Count; ++i) n[i] = (x[i] * F::kLog2E + F::kRound) - F::kRound;
  for (int i = 0; i < Count; ++i) r[i] = (x[i] - n[i] * F::kLn2High) - n[i] * F::kLn2Low;
}

/// Replaces each r, |r| <= ln(2)/2, by e^r - 1 = r + r^2 (1/2 + r/6 + …).
template <int Count, class V>
inline void series(V (&r)[Count]) noexcept {
  using F = Format<V>;
  constexpr int kTerms = sizeof(F::kSeries) / sizeof(F::kSeries[0]);
  // Two chains, of the even and of the odd terms: in one chain of twelve terms each step would wait
  // for the one before.
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

/// c[0] + c[1] x + …
template <int Count, class V, std::size_t N>
inline void polynomial(const typename ScalarOf<V>::T (&c)[N], const V (&x)[Count], V (&sum)[Count]) noexcept {
  for (V& each : sum) each = splat<V>(c[N - 1]);
  for (std::size_t k = N - 1; k-- > 0;)
    for (int i = 0; i < Count; ++i) sum[i] = sum[i] * x[i] + c[k];
}

/// e^(2y) as 2^Halvings `power` (q + p) / (q - p), for functions that end in a quotient anyway.
template <unsigned Halvings = 0, int Count, class V>
inline void exp_as_quotient(const V (&y)[Count], V (&power)[Count], V (&p)[Count], V (&q)[Count]) noexcept {
  using F = Format<V>;
  constexpr auto kExponentOfOne = F::kBias - Halvings;
  V r[Count], square[Count];
  for (int i = 0; i < Count; ++i) {
    const V rounded = y[i] * (2 * F::kLog2E) + F::kRound;
    const V n = rounded - F::kRound;
    power[i] = reinterpret_cast<V>((reinterpret_cast<typename F::Bits>(rounded) + kExponentOfOne) << F::kMantissaBits);
    r[i] = (y[i] - n * (F::kLn2High / 2)) - n * (F::kLn2Low / 2);
  }
  for (int i = 0; i < Count; ++i) square[i] = r[i] * r[i];
  polynomial(F::kP, square, p);
  polynomial(F::kQ, square, q);
  for (int i = 0; i < Count; ++i) p[i] = p[i] * r[i];
}

}  // namespace detail

// The functions of several vectors are always inlined: a call would pass the vectors through
// memory.

/// Replaces each x by e^x, within 1 ULP for every x, subnormal results included. Infinite
/// above 709.8 (float: 88.8), NaN for NaN.
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void exp(V (&x)[Count]) noexcept {
  using F = detail::Format<V>;
  for (V& each : x) each = at_least(at_most(each, splat<V>(F::kExpOverflow)), splat<V>(F::kExpUnderflow));
  V n[Count], r[Count];
  detail::reduce(x, n, r);
  detail::series(r);
  for (int i = 0; i < Count; ++i) {
    // 2^n in two factors, because neither 2^1024 nor 2^-1075 is a normal number.
    const V half = (n[i] * splat<V>(0.5F) + F::kRound) - F::kRound;
    x[i] = ((r[i] + splat<V>(1)) * detail::power_of_two(half)) * detail::power_of_two(n[i] - half);
  }
}

/// Replaces each x by e^x - 1, within 3 ULP for x <= 700 (float: 80), also near zero.
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

/// Replaces each x by its hyperbolic tangent (e^2x - 1) / (e^2x + 1), within 4 ULP.
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void tanh(V (&x)[Count]) noexcept {
  // From 22 on the result is 1 to the last place.
  const V most = splat<V>(22);
  for (V& each : x) each = at_least(at_most(each, most), -most);
  V power[Count], p[Count], q[Count];
  detail::exp_as_quotient(x, power, p, q);
  for (int i = 0; i < Count; ++i) {
    const V less = splat<V>(1) - power[i];
    const V more = splat<V>(1) + power[i];
    x[i] = (more * p[i] - less * q[i]) / (more * q[i] - less * p[i]);
  }
}

/// Replaces each x by 1 / (1 + e^-x), within 3 ULP where that is a normal number. As in NumPy it is
/// exactly 1 from 36.7 (float: 16.6) on, and exactly 0 where e^-x overflows: below -709.78 (float:
/// -88.72).
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void sigmoid(V (&x)[Count]) noexcept {
  using F = detail::Format<V>;
  // Within these ends 2^(n - 1) is a normal number.
  const V most = splat<V>(F::kExpOverflow / 2);
  const V least = splat<V>(1 - F::kExpOverflow / 2);
  for (V& each : x) each = at_least(at_most(each * splat<V>(-0.5F), most), least);
  V half_power[Count], p[Count], q[Count];
  detail::exp_as_quotient<1>(x, half_power, p, q);
  for (int i = 0; i < Count; ++i) {
    const V one = q[i] - p[i];
    const V half = half_power[i] * (q[i] + p[i]);
    const V infinite = where(x[i] > splat<V>(F::kExpFinite / 2), splat<V>(F::kInfinity));
    x[i] = one / (one + (where(x[i] > splat<V>(F::kOneLost / 2), half + half) + infinite));
  }
}

/// Replaces each x by Phi(x), the standard normal distribution function, within 4e-16 (float:
/// 2e-7), and writes the density, within 2e-16 (float: 9e-8). For x >= -3 Phi is also within 15
/// ULP; below it is not, because x^2 is rounded and the fit minimizes the absolute error. Beyond
/// 37.5 (float: 13) the tail and the density are exactly 0.
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void normal_cdf(V (&x)[Count], V (&density)[Count]) noexcept {
  using F = detail::Format<V>;
  using T = typename ScalarOf<V>::T;
  constexpr auto kInverseSqrtTwoPi = static_cast<T>(0.39894228040143267794);
  const V end = splat<V>(F::kNormalEnd);
  V size[Count], y[Count], power[Count], p[Count], q[Count], above[Count], below[Count];
  for (int i = 0; i < Count; ++i) size[i] = at_most(magnitude(x[i]), end);
  for (int i = 0; i < Count; ++i) y[i] = size[i] * size[i] * splat<V>(T{-0.25});
  detail::exp_as_quotient(y, power, p, q);
  detail::polynomial(F::kTailP, size, above);
  detail::polynomial(F::kTailQ, size, below);
  for (int i = 0; i < Count; ++i) {
    const V one = where(size[i] < end, power[i]) * (q[i] + p[i]);
    const V divisor = q[i] - p[i];
    density[i] = splat<V>(kInverseSqrtTwoPi) * one / divisor;
    // The tail below -|x|; for a positive x it is subtracted from 1.
    x[i] = magnitude(where(x[i] > V{}, splat<V>(1)) - one * above[i] / (divisor * below[i]));
  }
}

/// Replaces each x by sin(x), and writes cos(x) to `cosine`, both within 3e-16 (float: 2e-7) for
/// |x| <= 1e5 (float: 4096). For larger |x| the reduction by pi / 2 loses accuracy; the results
/// stay within [-1, 1] up to rounding.
template <int Count, LaneVector V>
[[gnu::always_inline]] inline void sine(V (&x)[Count], V (&cosine)[Count]) noexcept {
  using F = detail::Format<V>;
  using Bits = typename F::Bits;
  const V end = splat<V>(typename ScalarOf<V>::T(0.7854));  // pi / 4
  Bits quadrant[Count];
  V r[Count], square[Count], odd[Count], even[Count];
  for (int i = 0; i < Count; ++i) {
    const V rounded = x[i] * F::kTwoOverPi + F::kRound;
    const V n = rounded - F::kRound;
    quadrant[i] = reinterpret_cast<Bits>(rounded);
    r[i] = ((x[i] - n * F::kHalfPi[0]) - n * F::kHalfPi[1]) - n * F::kHalfPi[2];
    r[i] = at_least(at_most(r[i], end), -end);
    square[i] = r[i] * r[i];
  }
  detail::polynomial(F::kSine, square, odd);
  detail::polynomial(F::kCosine, square, even);
  for (int i = 0; i < Count; ++i) {
    const V s = r[i] + r[i] * square[i] * odd[i];
    const V c = (splat<V>(1) - splat<V>(0.5F) * square[i]) + square[i] * square[i] * even[i];
    const auto swapped = (quadrant[i] & 1) != 0;
    x[i] = swapped ? c : s;
    cosine[i] = swapped ? s : c;
    x[i] = reinterpret_cast<V>(reinterpret_cast<Bits>(x[i]) ^ ((quadrant[i] & 2) << F::kTwoToSign));
    cosine[i] = reinterpret_cast<V>(reinterpret_cast<Bits>(cosine[i]) ^ (((quadrant[i] + 1) & 2) << F::kTwoToSign));
  }
}

/// One vector at a time, with the same bits.
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
/// Sine and cosine within 1 ULP for |x| <= 100,000 (the reduction by pi/2 is in three parts).
/// Source: fdlibm k_sin.c, k_cos.c.
double sin(double x) noexcept;
double cos(double x) noexcept;

}  // namespace init_lab::elementary
