// The curvature of the cost: the ends of its Hessian's spectrum.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab {

/// Greatest and least eigenvalue of a symmetric matrix.
struct Spectrum {
  double greatest = 0;
  double least = 0;
  int iterations = 0;      ///< products with the matrix
  bool converged = false;  ///< both eigenvalues are known to a relative error of 1e-3
};

/// Finds the ends of the spectrum of a symmetric matrix of `size` rows, given as a function that
/// multiplies it with a vector, by Lanczos iterations from a fixed pseudo-random vector. An
/// eigenvalue counts as converged when its residual is below 1e-3 of its size, or below 1e-7 of the
/// larger one's size. NaN where a product is not finite. Source: Golub & Van Loan, Matrix
/// computations, 10.1.
Spectrum spectrum_ends(const std::function<std::vector<double>(std::span<const double>)>& product, std::size_t size,
                       int most_iterations);

inline constexpr int kDefaultCurvatureIterations = 200;

/// Returns the ends of the spectrum of the Hessian of the mean cost over the examples, plus `l2` /
/// 2 times the sum of the squared weights (biases left out). See HessianProduct for kinks and batch
/// normalization.
Spectrum curvature(const Network& network, std::span<const double> parameters, const Points& examples, double l2 = 0,
                   int most_iterations = kDefaultCurvatureIterations);

}  // namespace init_lab
