#include "init_lab/theory/mean_field.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/numerics/quadrature.hpp"

namespace init_lab::theory {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Rounding and quadrature error of the variance map, relative to q.
constexpr double kMapError = 1e-13;
constexpr double kLeastVariance = 1e-280;
constexpr double kLargestVariance = 1e280;

/// Finds the sign change of `f` between `low` and `high`, at which `f` has opposite signs.
template <class F>
double bisect(F&& f, double low, double high) {
  const bool rising = f(high) > 0;
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    ((f(middle) > 0) == rising ? high : low) = middle;
  }
}

/// The relative growth of the variance in one layer, R = q' / q - 1, as a function of u = ln q.
/// Fixed points of the variance map are the zeros of R.
///
/// Write B = sigma_b² + sigma_w² phi(0)² and m = E[phi(sqrt(q) z)² - phi(0)²] / q. Then R =
/// sigma_w² m + B / q - 1, and m = E[z² k(sqrt(q) z)] with k(x) = (phi(x)² + phi(-x)² - 2 phi(0)²)
/// / (2 x²). For every activation of the table m is monotone in q and lies between k(0) and
/// k(infinity): tests/core/theory/mean_field_test.cpp scans it.
struct Growth {
  double value;        ///< R
  double slope;        ///< dR / du
  double ratio;        ///< m
  double bias_growth;  ///< B / q
};

Growth growth_at(const MeanField& field, double q) {
  const ActivationFunction& activation = field.activation;
  const double deviation = std::sqrt(q);
  const double at_zero = activation.value(0);
  double moment = 0;
  double moment_slope = 0;  // q d/dq of E[phi²] is E[x phi(x) phi'(x)], x = sqrt(q) z
  if (activation.id == Activation::sine) {
    const double w = activation.parameter;
    moment = activation_second_moment(activation, q);
    moment_slope = w * w * q * elementary::exp(-2 * w * w * q);
  } else {
    const QuadratureRule& rule = normal_rule();
    for (std::size_t i = 0; i < rule.nodes.size(); i += 2) {
      const F64x2 x = deviation * load<F64x2>(rule.nodes.data() + i);
      const auto [a, slope] = activation.at(x);
      const F64x2 square = a * a;
      const F64x2 square_slope = x * a * slope;
      for (int lane = 0; lane < 2; ++lane) {
        const double weight = rule.weights[i + static_cast<std::size_t>(lane)];
        moment += weight * square[lane];
        moment_slope += weight * square_slope[lane];
      }
    }
  }
  const double next = field.weight_variance * moment + field.bias_variance;
  const double constant = field.bias_variance + field.weight_variance * at_zero * at_zero;
  return {(next - q) / q, (field.weight_variance * moment_slope - next) / q, (moment - at_zero * at_zero) / q,
          constant / q};
}

/// k(infinity), the limit of m for large q.
double ratio_at_infinity(const ActivationFunction& activation) {
  if (activation.id == Activation::sine) return 0;
  constexpr double kLarge = 1e100;
  const double right = activation.value(kLarge) / kLarge;
  const double left = activation.value(-kLarge) / kLarge;
  return (right * right + left * left) / 2;
}

/// Returns the fixed point if m falls (all activations but GELU and SiLU): R falls too, so there is
/// only one. `grows` tells whether R is positive at `start`.
double only_fixed_variance(const MeanField& field, double start, bool grows) {
  const auto growth = [&](double q) { return growth_at(field, q).value; };
  double q = start;
  const double factor = grows ? 4 : 0.25;
  while ((growth(factor * q) > 0) == grows) {
    q *= factor;
    if (q > kLargestVariance) return kInfinity;
    if (q < kLeastVariance) return 0;
  }
  return grows ? bisect(growth, q, factor * q) : bisect(growth, factor * q, q);
}

/// Returns the first fixed point above or below `start` if m rises (GELU and SiLU), where there may
/// be several.
///
/// A bound of R proves that no step passes a zero. Close to a zero the step is Newton's:
///   - |m''(u)| <= 0.72 (k(infinity) - k(0)), because m is the average of k over ln z² with the
///     density w of weight z², and the integral of |w''| is 1.424;
///   - |m''(v)| <= 6 (k(infinity) - m(u)) for v >= u, because |w''| <= w (z⁴ + 9) / 4, E[z⁶] = 15,
///     and k(infinity) - k falls where z⁴ rises (Chebyshev's inequality of ordered sequences);
///   - |m''(v)| <= 33 c q for v <= u, where k(x) - k(0) <= c x², because the average of
///     z² (z⁴ + 9) / 4 with weight z² is 33;
///   - m itself rises, so B / (1 - sigma_w² m) bounds the next fixed point.
double first_fixed_variance(const MeanField& field, double start, const Growth& at_start) {
  const ActivationFunction& activation = field.activation;
  const double limit = ratio_at_infinity(activation);
  const double at_zero = slope_second_moment(field.activation, 0);
  const double bound = 0.72 * (limit - at_zero);
  // c is (k(x) - k(0)) / x² at 0, where it is greatest.
  constexpr double kSmall = 1e-3;
  const double right = activation.value(kSmall) / kSmall;
  const double left = activation.value(-kSmall) / kSmall;
  const double curvature = 1.01 * ((right * right + left * left) / 2 - at_zero) / (kSmall * kSmall);

  const bool grows = at_start.value > 0;
  double q = start;
  Growth growth = at_start;
  while (std::fabs(growth.value) > kMapError && (growth.value > 0) == grows) {
    const double gap = 1 - field.weight_variance * growth.ratio;
    if (grows && gap <= 0) return kInfinity;
    if (!grows && growth.bias_growth == 0) return 0;
    // Over a step down of this length the bias term's second derivative grows by at most the factor
    // e.
    constexpr double kLongest = 1;
    const double second_derivative =
        grows ? field.weight_variance * std::min(bound, 6 * (limit - growth.ratio))
              : field.weight_variance * std::min(bound, 33 * curvature * q) + 2.72 * growth.bias_growth;
    // The zero of |R| - speed d - second_derivative d² / 2.
    const double speed = -growth.slope;
    const double size = std::fabs(growth.value);
    const double root = std::sqrt(speed * speed + 2 * second_derivative * size);
    const double taylor = speed > 0 ? 2 * size / (speed + root) : (root - speed) / second_derivative;
    const double monotone = elementary::log(grows ? growth.bias_growth / gap : gap / growth.bias_growth);
    const double step = std::max(std::min(taylor, kLongest), monotone);
    const double next = q * elementary::exp(grows ? step : -step);
    if (next == q) return q;
    q = next;
    growth = growth_at(field, q);
  }
  // The last step of Newton's method leaves only the map's own error.
  const double last = growth.value / growth.slope;
  return std::fabs(last) < 1e-6 ? q * (1 - last) : q;
}

/// E[cos(w (x - y))] and E[cos(w (x + y))] for x and y from N(0, q) with this correlation. Half
/// their difference is E[sin(w x) sin(w y)], half their sum E[cos(w x) cos(w y)]; quadrature does
/// not resolve the oscillation.
std::pair<double, double> sine_decays(const ActivationFunction& sine, double q, double correlation) {
  const double square = sine.parameter * sine.parameter * q;
  return {elementary::exp(-square * (1 - correlation)), elementary::exp(-square * (1 + correlation))};
}

}  // namespace

double activation_second_moment(const ActivationFunction& activation, double q) {
  // Quadrature does not resolve the oscillation: E[sin²(w sqrt(q) z)] = (1 - e^(-2 w² q)) / 2.
  if (activation.id == Activation::sine) {
    const double w = activation.parameter;
    return -elementary::expm1(-2 * w * w * q) / 2;
  }
  const double deviation = std::sqrt(std::min(q, kLargestVariance));
  return normal_mean([&](F64x2 z) {
    const F64x2 a = activation.at(deviation * z).value;
    return a * a;
  });
}

double slope_second_moment(const ActivationFunction& activation, double q) {
  if (activation.id == Activation::sine) {
    const double w = activation.parameter;
    return w * w * (1 + elementary::exp(-2 * w * w * q)) / 2;
  }
  const double deviation = std::sqrt(std::clamp(q, kLeastVariance, kLargestVariance));
  return normal_mean([&](F64x2 z) {
    const F64x2 slope = activation.at(deviation * z).derivative;
    return slope * slope;
  });
}

double next_variance(const MeanField& field, double q) {
  return field.weight_variance * activation_second_moment(field.activation, q) + field.bias_variance;
}

double fixed_variance(const MeanField& field, double start) {
  const Growth growth = growth_at(field, start);
  if (std::fabs(growth.value) <= kMapError) return start;
  const double at_zero = slope_second_moment(field.activation, 0);
  const double limit = ratio_at_infinity(field.activation);
  if (limit > at_zero) return first_fixed_variance(field, start, growth);
  const bool grows = growth.value > 0;
  if (grows && field.weight_variance * limit >= 1) return kInfinity;
  if (!grows && growth.bias_growth == 0 && field.weight_variance * at_zero <= 1) return 0;
  return only_fixed_variance(field, start, grows);
}

double chi(const MeanField& field, double q) {
  return field.weight_variance * slope_second_moment(field.activation, q);
}

double depth_scale(double slope) {
  // The error of chi1 by quadrature.
  constexpr double kSlopeError = 1e-12;
  return std::fabs(slope - 1) < kSlopeError ? kInfinity : 1 / std::fabs(elementary::log(slope));
}

double next_correlation(const MeanField& field, double q, double correlation) {
  const auto next = [&](double moment) {
    return (field.weight_variance * moment + field.bias_variance) / next_variance(field, q);
  };
  if (field.activation.id == Activation::sine) {
    const auto [same, opposite] = sine_decays(field.activation, q, correlation);
    return next((same - opposite) / 2);
  }
  const auto phi = [&](F64x2 z) { return field.activation.at(z).value; };
  return next(correlated_mean(phi, phi, q, correlation));
}

double fixed_correlation(const MeanField& field, double q) {
  const double chi1 = chi(field, q);
  if (chi1 <= 1) return 1;
  // Independent inputs keep the correlation 0 where the activation has mean 0 and there are no
  // biases.
  const double deviation = std::sqrt(q);
  const double mean = normal_mean([&](F64x2 z) { return field.activation.at(deviation * z).value; });
  if (std::fabs(mean) < 1e-10 && field.bias_variance == 0) return 0;

  // The map is a power series in c with coefficients >= 0 (Hermite expansion), so (c' - c) / (1 -
  // c) is concave and falls from its value at 0 to 1 - chi1 at c = 1: it has one zero. Above
  // kNearOne the map's own error exceeds c' - c.
  constexpr double kNearOne = 1 - 1e-5;
  constexpr double kTolerance = 1e-6;
  double low = 0;
  double low_growth = (field.weight_variance * mean * mean + field.bias_variance) / next_variance(field, q);
  double high = 1;
  double high_growth = 1 - chi1;
  if (low_growth <= 0) return 0;
  // Regula falsi with the weights of Anderson and Björck 1973, A new high order method of regula
  // falsi type: a value of the map costs milliseconds, and six are usually enough. Every twelfth
  // step halves the interval, so the search ends for every function.
  int side = 0;  // the end that moved last: -1 low, 1 high
  for (int step = 1; high - low > kTolerance; ++step) {
    const double split = low + (high - low) * (step % 12 == 0 ? 0.5 : low_growth / (low_growth - high_growth));
    const double c = std::min(std::clamp(split, low + kTolerance / 2, high - kTolerance / 2), kNearOne);
    const double growth = (next_correlation(field, q, c) - c) / (1 - c);
    const auto weight = [&](double before) { return growth / before < 1 ? 1 - growth / before : 0.5; };
    if (growth > 0) {
      if (c == kNearOne) return 1;
      if (side < 0) high_growth *= weight(low_growth);
      low = c;
      low_growth = growth;
      side = -1;
    } else {
      if (side > 0) low_growth *= weight(high_growth);
      high = c;
      high_growth = growth;
      side = 1;
    }
  }
  return low + (high - low) / 2;
}

double correlation_slope(const MeanField& field, double q, double fixed_correlation) {
  if (fixed_correlation == 1) return chi(field, q);
  if (field.activation.id == Activation::sine) {
    const double w = field.activation.parameter;
    const auto [same, opposite] = sine_decays(field.activation, q, fixed_correlation);
    return field.weight_variance * w * w * (same + opposite) / 2;
  }
  const auto slope = [&](F64x2 z) { return field.activation.at(z).derivative; };
  return field.weight_variance * correlated_mean(slope, slope, q, fixed_correlation);
}

CriticalPoint critical_point_at(const ActivationFunction& activation, double q) {
  const double weight_variance = 1 / slope_second_moment(activation, q);
  return {weight_variance, q - weight_variance * activation_second_moment(activation, q), q};
}

CriticalPoint edge_of_chaos(const ActivationFunction& activation, double bias_variance) {
  constexpr double kLeast = 1e-12;
  constexpr double kLargest = 1e8;
  const CriticalPoint none{kNaN, bias_variance, kNaN};
  // At some points of GELU and SiLU the variance moves away from q, so signals never converge to
  // the point.
  const auto attracts = [&](const CriticalPoint& point) {
    const double above = point.q == 0 ? 1e-3 : 1.001 * point.q;
    return next_variance({activation, point.weight_variance, bias_variance}, above) <= above * (1 + 1e-9);
  };
  if (bias_variance == 0 && activation.value(0) == 0) {
    const CriticalPoint origin{1 / slope_second_moment(activation, 0), 0, 0};
    return attracts(origin) ? origin : none;
  }
  // The bias variance of the edge rises with q wherever it is positive
  // (tests/core/theory/mean_field_test.cpp scans it), so the first sign change is the only one.
  const auto difference = [&](double q) { return critical_point_at(activation, q).bias_variance - bias_variance; };
  double q = kLeast;
  while (difference(2 * q) <= 2 * q * kMapError * 10) {
    q *= 2;
    if (q > kLargest) return none;
  }
  const CriticalPoint point = critical_point_at(activation, bisect(difference, q, 2 * q));
  return attracts(point) ? point : none;
}

}  // namespace init_lab::theory
