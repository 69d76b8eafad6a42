#include "init_lab/theory/mean_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/quadrature.hpp"

namespace init_lab::theory {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// The map's own rounding and quadrature error, relative to q.
constexpr double kMapError = 1e-13;
constexpr double kLeastVariance = 1e-280;
constexpr double kLargestVariance = 1e280;
/// What has grown beyond this grows for ever.
constexpr double kBeyond = 1e250;

/// Where `f`, negative at `low` and positive at `high` or the other way round, changes its sign.
template <class F>
double bisect(F&& f, double low, double high) {
  const bool rising = f(high) > 0;
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    ((f(middle) > 0) == rising ? high : low) = middle;
  }
}

}  // namespace

double activation_second_moment(Activation activation, double q) {
  const auto phi = [&row = info(activation)](double z) { return row.value(z); };
  const double deviation = std::sqrt(std::min(q, kLargestVariance));
  return normal_mean([&](double z) {
    const double a = phi(deviation * z);
    return a * a;
  });
}

double slope_second_moment(Activation activation, double q) {
  const auto derivative = [&row = info(activation)](double z) { return row.derivative(z); };
  const double deviation = std::sqrt(std::clamp(q, kLeastVariance, kLargestVariance));
  return normal_mean([&](double z) {
    const double slope = derivative(deviation * z);
    return slope * slope;
  });
}

double next_variance(const MeanField& field, double q) {
  return field.weight_variance * activation_second_moment(field.activation, q) + field.bias_variance;
}

double fixed_variance(const MeanField& field, double start) {
  const auto growth = [&](double q) { return next_variance(field, q) - q; };
  const double at_start = growth(start);
  if (std::fabs(at_start) <= kMapError * start) return start;
  // The map rises with q for every activation of the table, so that it leads to the first fixed point on the way.
  if (at_start > 0) {
    double q = start;
    while (growth(2 * q) >= -2 * q * kMapError) {
      q *= 2;
      if (q > kBeyond) return kInfinity;
    }
    return bisect(growth, q, 2 * q);
  }
  double q = start;
  while (growth(q / 2) <= q / 2 * kMapError) {
    q /= 2;
    if (q < kLeastVariance) return 0;
  }
  return bisect(growth, q / 2, q);
}

double chi(const MeanField& field, double q) {
  return field.weight_variance * slope_second_moment(field.activation, q);
}

double depth_scale(double slope) {
  // Quadrature knows chi1 to no more digits.
  constexpr double kSlopeError = 1e-12;
  return std::fabs(slope - 1) < kSlopeError ? kInfinity : 1 / std::fabs(elementary::log(slope));
}

double next_correlation(const MeanField& field, double q, double correlation) {
  const auto phi = [&row = info(field.activation)](double z) { return row.value(z); };
  return (field.weight_variance * correlated_mean(phi, phi, q, correlation) + field.bias_variance) /
         next_variance(field, q);
}

double fixed_correlation(const MeanField& field, double q) {
  // Nearer to 1 the map's own error hides on which side of the diagonal it is.
  constexpr double kNearOne = 1 - 1e-5;
  const auto growth = [&](double c) { return next_correlation(field, q, c) - c; };
  if (chi(field, q) <= 1) return 1;
  // Independent inputs have one mean: 0 for an odd activation, which without biases stays there.
  const double mean = normal_mean([&](double z) { return info(field.activation).value(std::sqrt(q) * z); });
  if (std::fabs(mean) < 1e-10 && field.bias_variance == 0) return 0;
  return growth(kNearOne) >= 0 ? 1 : bisect(growth, 0, kNearOne);
}

double correlation_slope(const MeanField& field, double q, double fixed_correlation) {
  if (fixed_correlation == 1) return chi(field, q);
  const auto slope = [&row = info(field.activation)](double z) { return row.derivative(z); };
  return field.weight_variance * correlated_mean(slope, slope, q, fixed_correlation);
}

CriticalPoint critical_point_at(Activation activation, double q) {
  const double weight_variance = 1 / slope_second_moment(activation, q);
  return {weight_variance, q - weight_variance * activation_second_moment(activation, q), q};
}

CriticalPoint edge_of_chaos(Activation activation, double bias_variance) {
  constexpr double kLeast = 1e-12;
  constexpr double kLargest = 1e8;
  const CriticalPoint none{kNaN, bias_variance, kNaN};
  // Where the map leads away from its fixed point (GELU, SiLU) signals do not come to it, and the point is on no edge.
  const auto attracts = [&](const CriticalPoint& point) {
    const double above = point.q == 0 ? 1e-3 : 1.001 * point.q;
    return next_variance({activation, point.weight_variance, bias_variance}, above) <= above * (1 + 1e-9);
  };
  if (bias_variance == 0 && info(activation).value(0) == 0) {
    const CriticalPoint origin{1 / slope_second_moment(activation, 0), 0, 0};
    return attracts(origin) ? origin : none;
  }
  const auto missing = [&](double q) { return critical_point_at(activation, q).bias_variance - bias_variance; };
  double q = kLeast;
  while (missing(2 * q) <= 2 * q * kMapError * 10) {
    q *= 2;
    if (q > kLargest) return none;
  }
  const CriticalPoint point = critical_point_at(activation, bisect(missing, q, 2 * q));
  return attracts(point) ? point : none;
}

}  // namespace init_lab::theory
