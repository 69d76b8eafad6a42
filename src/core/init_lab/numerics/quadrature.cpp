#include "init_lab/numerics/quadrature.hpp"

#include <algorithm>
#include <cmath>

#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/lanes.hpp"

namespace init_lab {

namespace {

/// Beyond this the normal distribution has less than 1e-37.
constexpr double kReach = 13;

/// Integral over [0, reach] in panels [0, 2^-halvings], …, [1/2, 1], [1, 2], [2, 3], …, each with
/// `points` nodes.
QuadratureRule half_line(int points, int halvings, int reach) {
  std::vector<double> ends{0};
  for (int k = -halvings; k <= 0; ++k) ends.push_back(std::ldexp(1.0, k));
  for (int k = 2; k <= reach; ++k) ends.push_back(k);
  const QuadratureRule panel = gauss_legendre(points);
  QuadratureRule rule;
  for (std::size_t p = 0; p + 1 < ends.size(); ++p) {
    const double half_width = (ends[p + 1] - ends[p]) / 2;
    for (std::size_t i = 0; i < panel.nodes.size(); ++i) {
      rule.nodes.push_back(ends[p] + half_width * (1 + panel.nodes[i]));
      rule.weights.push_back(half_width * panel.weights[i]);
    }
  }
  return rule;
}

constexpr double kInverseSqrtTwoPi = 0.39894228040143267794;

double normal_density(double z) { return kInverseSqrtTwoPi * elementary::exp(-0.5 * z * z); }

/// The rule for E[f(z)], z ~ N(0, 1), from one on the half line.
QuadratureRule mirrored(const QuadratureRule& half) {
  QuadratureRule rule;
  for (const double sign : {-1.0, 1.0})
    for (std::size_t i = 0; i < half.nodes.size(); ++i) {
      rule.nodes.push_back(sign * half.nodes[i]);
      rule.weights.push_back(half.weights[i] * normal_density(half.nodes[i]));
    }
  return rule;
}

/// How often a rule halves its first panel for a function that bends over a length of 1 / steepness
/// around 0.
int halvings_for(double steepness) {
  constexpr int kFewest = 3;
  constexpr int kMost = 10;
  int exponent = kMost;
  if (std::isfinite(steepness)) std::frexp(steepness, &exponent);
  return std::clamp(exponent + kFewest, kFewest, kMost);
}

}  // namespace

QuadratureRule gauss_legendre(int n) {
  constexpr double kPi = 3.14159265358979323846;
  QuadratureRule rule;
  for (int i = n; i >= 1; --i) {
    // Newton's method on the Legendre polynomial, from Tricomi's approximation of its i-th zero.
    double x = elementary::cos(kPi * (i - 0.25) / (n + 0.5));
    double slope = 0;
    for (int step = 0; step < 8; ++step) {
      double before = 0;
      double value = 1;
      for (int k = 1; k <= n; ++k) {
        const double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = value;
        value = next;
      }
      slope = n * (x * value - before) / (x * x - 1);
      x -= value / slope;
    }
    rule.nodes.push_back(x);
    rule.weights.push_back(2 / ((1 - x * x) * slope * slope));
  }
  return rule;
}

const QuadratureRule& normal_rule() {
  static const QuadratureRule rule = mirrored(half_line(12, 24, static_cast<int>(kReach)));
  return rule;
}

double correlated_mean(const OnPairs& f, const OnPairs& g, double variance, double correlation) {
  // The normal distribution has less than 3e-12 beyond, far below the error of this rule.
  constexpr double kCoarseReach = 7;
  const double deviation = std::sqrt(variance);
  const double rest = std::sqrt((1 - correlation) * (1 + correlation));
  if (!(rest > 1e-8))
    return normal_mean([&](F64x2 z) { return f(deviation * z) * g((correlation < 0 ? -deviation : deviation) * z); });
  // Activations bend over a length of 1 / deviation around 0, and the conditional mean over `rest`,
  // so the panels around 0 become that short; shorter ones would double the time.
  const QuadratureRule outer =
      mirrored(half_line(8, halvings_for(std::max(deviation, 1 / rest)), static_cast<int>(kCoarseReach)));
  const QuadratureRule inner = half_line(8, halvings_for(deviation * rest), static_cast<int>(2 * kCoarseReach));
  double sum = 0;
  for (std::size_t i = 0; i < outer.nodes.size(); ++i) {
    // y = deviation (correlation x + rest z) with z ~ N(0, 1) is 0 at z = zero.
    const double x = outer.nodes[i];
    const double zero = std::clamp(-correlation * x / rest, -kCoarseReach, kCoarseReach);
    double conditional_mean = 0;
    for (std::size_t j = 0; j < inner.nodes.size(); ++j) {
      if (inner.nodes[j] - std::fabs(zero) > kCoarseReach) continue;  // both places are too far out
      const F64x2 z = F64x2{zero - inner.nodes[j], zero + inner.nodes[j]};
      const F64x2 density = elementary::exp(-0.5 * z * z);
      const F64x2 values = g(deviation * (correlation * x + rest * z));
      for (int side = 0; side < 2; ++side)
        if (std::fabs(z[side]) <= kCoarseReach) conditional_mean += inner.weights[j] * density[side] * values[side];
    }
    sum += outer.weights[i] * f(splat<F64x2>(deviation * x))[0] * kInverseSqrtTwoPi * conditional_mean;
  }
  return sum;
}

}  // namespace init_lab
