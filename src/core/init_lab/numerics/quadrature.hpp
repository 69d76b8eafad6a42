// Means over normal distributions, for functions that may have a kink or be steep at one known
// point.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "init_lab/numerics/lanes.hpp"

namespace init_lab {

/// A quadrature rule: the sum of weights[i] f(nodes[i]) approximates an integral of f.
struct QuadratureRule {
  std::vector<double> nodes;
  std::vector<double> weights;
};

/// Integral of f over [-1, 1], exact for polynomials of degree 2 n - 1: nodes at the zeros of the
/// Legendre polynomial, by Newton's method. Source: Abramowitz & Stegun 1964, 25.4.29.
QuadratureRule gauss_legendre(int n);

/// The rule for E[f(z)], z ~ N(0, 1). The weights include the density.
///
/// Composite Gauss-Legendre on panels that end at 0 and halve towards it, down to 2^-24 and out to
/// |z| = 13, beyond which the normal distribution has less than 1e-37. It keeps its order where
/// Gauss-Hermite quadrature loses it: for functions with a kink or jump at 0 (ReLU and its
/// derivative) and for functions that are steep around 0 (tanh of a large multiple of z). Relative
/// error below 1e-12 for phi(s z), its square and its derivative's square, for every activation phi
/// of the table but sine and s <= 1000; below 1e-9 for s <= 1e6.
/// tests/core/numerics/quadrature_test.cpp asserts it.
const QuadratureRule& normal_rule();

/// E[f(z)] for z ~ N(0, 1). f maps two numbers at a time.
template <class F>
double normal_mean(F&& f) {
  const QuadratureRule& rule = normal_rule();  // of an even number of nodes
  double sum = 0;
  for (std::size_t i = 0; i < rule.nodes.size(); i += 2) {
    const F64x2 values = f(load<F64x2>(rule.nodes.data() + i));
    sum += rule.weights[i] * values[0];
    sum += rule.weights[i + 1] * values[1];
  }
  return sum;
}

/// A function that maps two numbers at a time, independently of each other.
using OnPairs = std::function<F64x2(F64x2)>;

/// E[f(x) g(y)] for x and y from N(0, variance) with correlation c, |c| <= 1; f and g may have a
/// kink at 0. Nested composite Gauss-Legendre, the inner panels split where y is 0. Coarser than
/// normal_mean, because one rule is nested in another: error below 1e-8 relative to sqrt(E[f²]
/// E[g²]) for the activations of the table but sine, their derivatives and variance <= 1e4.
double correlated_mean(const OnPairs& f, const OnPairs& g, double variance, double correlation);

}  // namespace init_lab
