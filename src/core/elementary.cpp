// The functions that only scalars need: log for the normal draws and the cost, sin and cos for the data sets, erf for
// GELU. Algorithms and coefficients are fdlibm's (Copyright (C) 1993 by Sun Microsystems, Inc.; permission to use,
// copy, modify, and distribute this software is freely granted, provided that this notice is preserved).
#include "core/elementary.hpp"

#include <cmath>
#include <cstring>
#include <limits>

namespace init_lab::elementary {

namespace {

constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;

// std::bit_cast, which the standard library of Emscripten 3.1.6 lacks.
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

/// c[0] + c[1] x + c[2] x^2 + …
template <std::size_t N>
double polynomial(const double (&c)[N], double x) noexcept {
  double sum = c[N - 1];
  for (std::size_t i = N - 1; i-- > 0;) sum = c[i] + x * sum;
  return sum;
}

/// sin on |x| <= pi/4, of x + tail.
double sin_kernel(double x, double tail) noexcept {
  constexpr double c[] = {8.33333333332248946124e-03, -1.98412698298579493134e-04, 2.75573137070700676789e-06,
                          -2.50507602534068634195e-08, 1.58969099521155010221e-10};
  const double z = x * x;
  const double v = z * x;
  return x - ((z * (0.5 * tail - v * polynomial(c, z)) - tail) - v * -1.66666666666666324348e-01);
}

/// cos on |x| <= pi/4, of x + tail.
double cos_kernel(double x, double tail) noexcept {
  constexpr double c[] = {4.16666666666666019037e-02,  -1.38888888888741095749e-03, 2.48015872894767294178e-05,
                          -2.75573143513906633035e-07, 2.08757232129817482790e-09,  -1.13596475577881948265e-11};
  const double z = x * x;
  const double r = z * polynomial(c, z);
  const double half = 0.5 * z;
  const double w = 1.0 - half;
  return w + (((1.0 - w) - half) + (z * r - x * tail));
}

struct Quadrant {
  int number;  ///< 0 … 3
  double x, tail;
};

Quadrant reduce_by_half_pi(double x) noexcept {
  constexpr double kInversePio2 = 6.36619772367581382433e-01;
  // pi/2 in three parts; the first two have 33 bits, so that their products with n are exact.
  constexpr double kPio2First = 1.57079632673412561417e+00;
  constexpr double kPio2Second = 6.07710050630396597660e-11;
  constexpr double kPio2Third = 2.02226624879595063154e-21;
  const double n = std::floor(x * kInversePio2 + 0.5);
  const double first = x - n * kPio2First;
  const double second = n * kPio2Second;
  const double difference = first - second;
  const double third = n * kPio2Third - ((first - difference) - second);
  const double head = difference - third;
  return {static_cast<int>(n - 4 * std::floor(n / 4)), head, (difference - head) - third};
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
  return s * (half_square + r) + k * kLn2Low - half_square + f + k * kLn2High;
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

double erf(double x) noexcept {
  if (std::isnan(x)) return x;
  const double size = std::fabs(x);
  if (size < 0.84375) {
    constexpr double p[] = {1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02,
                            -5.77027029648944159157e-03, -2.37630166566501626084e-05};
    constexpr double q[] = {1.0,
                            3.97917223959155352819e-01,
                            6.50222499887672944485e-02,
                            5.08130628187576562776e-03,
                            1.32494738004321644526e-04,
                            -3.96022827877536812320e-06};
    const double z = x * x;
    return x + x * (polynomial(p, z) / polynomial(q, z));
  }
  if (size >= 6) return x < 0 ? -1.0 : 1.0;
  double value = 0;
  if (size < 1.25) {
    constexpr double kErfAtOne = 8.45062911510467529297e-01;
    constexpr double p[] = {-2.36211856075265944077e-03, 4.14856118683748331666e-01,  -3.72207876035701323847e-01,
                            3.18346619901161753674e-01,  -1.10894694282396677476e-01, 3.54783043256182359371e-02,
                            -2.16637559486879084300e-03};
    constexpr double q[] = {1.0,
                            1.06420880400844228286e-01,
                            5.40397917702171048937e-01,
                            7.18286544141962662868e-02,
                            1.26171219808761642112e-01,
                            1.36370839120290507362e-02,
                            1.19844998467991074170e-02};
    value = kErfAtOne + polynomial(p, size - 1) / polynomial(q, size - 1);
  } else {
    const double s = 1 / (x * x);
    double ratio = 0;
    if (size < 1 / 0.35) {
      constexpr double r[] = {-9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01,
                              -6.23753324503260060396e+01, -1.62396669462573470355e+02, -1.84605092906711035994e+02,
                              -8.12874355063065934246e+01, -9.81432934416914548592e+00};
      constexpr double t[] = {1.0,
                              1.96512716674392571292e+01,
                              1.37657754143519042600e+02,
                              4.34565877475229228821e+02,
                              6.45387271733267880336e+02,
                              4.29008140027567833386e+02,
                              1.08635005541779435134e+02,
                              6.57024977031928170135e+00,
                              -6.04244152148580987438e-02};
      ratio = polynomial(r, s) / polynomial(t, s);
    } else {
      constexpr double r[] = {-9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01,
                              -1.60636384855821916062e+02, -6.37566443368389627722e+02, -1.02509513161107724954e+03,
                              -4.83519191608651397019e+02};
      constexpr double t[] = {1.0,
                              3.03380607434824582924e+01,
                              3.25792512996573918826e+02,
                              1.53672958608443695994e+03,
                              3.19985821950859553908e+03,
                              2.55305040643316442583e+03,
                              4.74528541206955367215e+02,
                              -2.24409524465858183362e+01};
      ratio = polynomial(r, s) / polynomial(t, s);
    }
    // exp(-x^2) as exp(-h^2) exp((h-x)(h+x)) with h of 21 bits, so that h^2 is exact.
    const double head = double_of(bits_of(size) & 0xffffffff00000000ULL);
    value = 1 - exp(-head * head - 0.5625) * exp((head - size) * (head + size) + ratio) / size;
  }
  return x < 0 ? -value : value;
}

}  // namespace init_lab::elementary
