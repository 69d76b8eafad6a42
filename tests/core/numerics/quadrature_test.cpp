#include "init_lab/numerics/quadrature.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>

#include "init_lab/network/activations.hpp"
#include "init_lab/numerics/lanes.hpp"

namespace init_lab {
namespace {

using std::numbers::pi;

F64x2 kernel_erf(F64x2 x) { return F64x2{std::erf(x[0]), std::erf(x[1])}; }

/// normal_mean of a function of one number.
template <class F>
double mean_of(F&& f) {
  return normal_mean([&](F64x2 z) { return F64x2{f(z[0]), f(z[1])}; });
}

TEST(Quadrature, gauss_legendre_is_exact_for_polynomials_of_degree_two_n_minus_one) {
  for (const int n : {1, 2, 5, 12, 20}) {
    const QuadratureRule rule = gauss_legendre(n);
    for (int degree = 0; degree <= 2 * n - 1; ++degree) {
      double sum = 0;
      for (std::size_t i = 0; i < rule.nodes.size(); ++i) sum += rule.weights[i] * std::pow(rule.nodes[i], degree);
      EXPECT_NEAR(sum, degree % 2 == 0 ? 2.0 / (degree + 1) : 0, 1e-14) << n << " points, degree " << degree;
    }
  }
}

TEST(Quadrature, gives_the_moments_of_the_normal_distribution) {
  double expected = 1;  // (2k - 1)!!
  for (int k = 0; k <= 8; ++k) {
    EXPECT_NEAR(mean_of([&](double z) { return std::pow(z, 2 * k); }) / expected, 1, 1e-13) << "moment " << 2 * k;
    EXPECT_NEAR(mean_of([&](double z) { return std::pow(z, 2 * k + 1); }), 0, 1e-10 * expected);
    expected *= 2 * k + 1;
  }
}

TEST(Quadrature, keeps_its_order_at_the_kink_and_jump_of_rectifiers) {
  for (const double s : {1e-6, 0.1, 1.0, 30.0, 1000.0, 1e6}) {
    const auto relu = [&](double z) { return z > 0 ? s * z : 0; };
    EXPECT_NEAR(mean_of(relu) / (s / std::sqrt(2 * pi)), 1, 1e-13);
    EXPECT_NEAR(mean_of([&](double z) { return relu(z) * relu(z); }) / (s * s / 2), 1, 1e-13);
    EXPECT_NEAR(mean_of([](double z) { return z > 0 ? 1.0 : 0.0; }), 0.5, 1e-14);
  }
}

TEST(Quadrature, keeps_its_order_for_functions_that_are_steep_at_zero) {
  // E[erf(s z)²] = 2/pi asin(2 s² / (1 + 2 s²)), Williams 1997, Computing with infinite networks.
  for (const double s : {0.01, 0.5, 3.0, 100.0, 1000.0, 1e6}) {
    const double found = mean_of([&](double z) { return std::erf(s * z) * std::erf(s * z); });
    const double expected = 2 / pi * std::asin(2 * s * s / (1 + 2 * s * s));
    EXPECT_NEAR(found / expected, 1, s <= 1000 ? 1e-12 : 1e-9) << "s = " << s;
    // The derivative's square, whose mass lies within 1/s of 0: E = 4/pi s² / sqrt(1 + 4 s²).
    const double slope = mean_of([&](double z) { return 4 / pi * s * s * std::exp(-2 * s * s * z * z); });
    EXPECT_NEAR(slope / (4 / pi * s * s / std::sqrt(1 + 4 * s * s)), 1, s <= 1000 ? 1e-12 : 1e-9) << "s = " << s;
  }
}

TEST(Quadrature, of_two_correlated_variables_gives_the_arc_cosine_and_arc_sine_kernels) {
  const auto relu = [](F64x2 z) { return info(Activation::relu).evaluate(z, 0).value; };
  const auto step = [](F64x2 z) { return info(Activation::relu).evaluate(z, 0).derivative; };
  for (const double q : {0.1, 1.0, 100.0, 1e4})
    for (const double c : {-1.0, -0.999, -0.5, 0.0, 0.3, 0.9, 0.99999, 1.0}) {
      // Cho & Saul 2009, Kernel methods for deep learning, orders 1 and 0.
      const double angle = std::acos(c);
      const double order_one = q / (2 * pi) * (std::sqrt(1 - c * c) + (pi - angle) * c);
      EXPECT_NEAR(correlated_mean(relu, relu, q, c), order_one, 1e-8 * q) << "q = " << q << ", c = " << c;
      EXPECT_NEAR(correlated_mean(step, step, q, c), (pi - angle) / (2 * pi), 1e-8) << "q = " << q << ", c = " << c;
      // Williams 1997.
      const double arc_sine = 2 / pi * std::asin(2 * q * c / (1 + 2 * q));
      EXPECT_NEAR(correlated_mean(kernel_erf, kernel_erf, q, c), arc_sine, 1e-8) << "q = " << q << ", c = " << c;
    }
}

}  // namespace
}  // namespace init_lab
