#include "init_lab/diagnostics/curvature.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include "init_lab/data/points.hpp"
#include "init_lab/diagnostics/hessian.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {

namespace {

constexpr double kTolerance = 1e-3;
constexpr double kFloor = 1e-7;

/// A symmetric tridiagonal matrix: `off_diagonal[i]` couples rows i and i + 1.
struct Tridiagonal {
  std::vector<double> diagonal;
  std::vector<double> off_diagonal;
};

/// How many eigenvalues lie below `bound` (Sturm's sequence).
int count_below(const Tridiagonal& t, std::size_t size, double bound) {
  int count = 0;
  double pivot = 1;
  for (std::size_t i = 0; i < size; ++i) {
    const double coupling = i == 0 ? 0 : t.off_diagonal[i - 1] * t.off_diagonal[i - 1];
    pivot = t.diagonal[i] - bound - (i == 0 ? 0 : coupling / pivot);
    if (pivot == 0) pivot = -std::numeric_limits<double>::min();
    count += pivot < 0;
  }
  return count;
}

/// The least (or greatest) eigenvalue, by bisection within the bounds of Gershgorin's circles.
double end_of(const Tridiagonal& t, std::size_t size, bool greatest) {
  double low = t.diagonal[0];
  double high = t.diagonal[0];
  for (std::size_t i = 0; i < size; ++i) {
    const double radius =
        (i > 0 ? std::fabs(t.off_diagonal[i - 1]) : 0) + (i + 1 < size ? std::fabs(t.off_diagonal[i]) : 0);
    low = std::min(low, t.diagonal[i] - radius);
    high = std::max(high, t.diagonal[i] + radius);
  }
  const double precision = 1e-15 * std::max(std::fabs(low), std::fabs(high));
  const int wanted = greatest ? static_cast<int>(size) : 1;
  while (high - low > precision) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (count_below(t, size, middle) >= wanted ? high : low) = middle;
  }
  return low + (high - low) / 2;
}

/// The last entry of the unit eigenvector to an eigenvalue, in absolute value. The recurrence from
/// the last entry to the first is stable where the entries grow, as they do for a converging
/// eigenvalue.
double last_entry(const Tridiagonal& t, std::size_t size, double eigenvalue) {
  double above = 0;
  double entry = 1;
  double squares = 1;
  for (std::size_t i = size; i-- > 1;) {
    const double coupling = i + 1 < size ? t.off_diagonal[i] : 0;
    const double below = ((eigenvalue - t.diagonal[i]) * entry - coupling * above) / t.off_diagonal[i - 1];
    above = entry;
    entry = below;
    squares += entry * entry;
    if (squares > 1e200) return 0;
  }
  return 1 / std::sqrt(squares);
}

double norm_of(const std::vector<double>& v) {
  double squares = 0;
  for (const double entry : v) squares += entry * entry;
  return std::sqrt(squares);
}

}  // namespace

Spectrum spectrum_ends(const std::function<std::vector<double>(std::span<const double>)>& product, std::size_t size,
                       int most_iterations) {
  constexpr std::uint32_t kSeed = 1;
  RandomState random(kSeed);
  std::vector<double> v(size);
  for (double& entry : v) entry = random.normal();
  const double length = norm_of(v);
  for (double& entry : v) entry /= length;

  Spectrum result;
  std::vector<double> before(size, 0.0);
  Tridiagonal t;
  double coupling = 0;  // of v with the vector before
  while (!result.converged && result.iterations < most_iterations) {
    std::vector<double> next = product(v);
    ++result.iterations;
    double along = 0;
    for (std::size_t i = 0; i < size; ++i) along += v[i] * next[i];
    for (std::size_t i = 0; i < size; ++i) next[i] -= along * v[i] + coupling * before[i];
    coupling = norm_of(next);
    if (!std::isfinite(along) || !std::isfinite(coupling)) {
      result.greatest = result.least = std::numeric_limits<double>::quiet_NaN();
      return result;
    }
    t.diagonal.push_back(along);
    t.off_diagonal.push_back(coupling);

    const std::size_t steps = t.diagonal.size();
    result.greatest = end_of(t, steps, true);
    result.least = end_of(t, steps, false);
    const double scale = std::max(std::fabs(result.greatest), std::fabs(result.least));
    const auto is_known = [&](double eigenvalue) {
      const double bound = std::max(kTolerance * std::fabs(eigenvalue), kFloor * scale);
      return coupling * last_entry(t, steps, eigenvalue) <= bound;
    };
    result.converged = is_known(result.greatest) && is_known(result.least);
    // The vectors so far span an invariant space.
    if (coupling <= 1e-14 * scale) result.converged = true;
    if (result.converged) break;
    for (double& entry : next) entry /= coupling;
    before = std::move(v);
    v = std::move(next);
  }
  return result;
}

Spectrum curvature(const Network& network, std::span<const double> parameters, const Points& examples, double l2,
                   int most_iterations) {
  const HessianProduct hessian(network, parameters, examples);
  return spectrum_ends(
      [&](std::span<const double> v) {
        std::vector<double> result = hessian(v);
        if (l2 != 0)
          for (const Layer& layer : network.layers)
            for (std::size_t i = layer.weights; i < layer.biases; ++i) result[i] += l2 * v[i];
        return result;
      },
      network.parameters, most_iterations);
}

}  // namespace init_lab
