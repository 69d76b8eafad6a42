#include "init_lab/diagnostics/diagnostics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/parameter_views.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/decompositions.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/products.hpp"

namespace init_lab {

namespace {

constexpr double kSameRow = 1e-9;
constexpr double kSaturatedSlope = 0.01;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Distribution distribution_of(const Matrix& values, int bins) {
  Distribution d;
  d.histogram.assign(static_cast<std::size_t>(bins), 0.0);
  d.low = std::numeric_limits<double>::infinity();
  d.high = -d.low;
  double count = 0;
  for (const double value : values.reshaped()) {
    if (!std::isfinite(value)) {
      ++d.non_finite;
      continue;
    }
    ++count;
    d.mean += value;
    d.low = std::min(d.low, value);
    d.high = std::max(d.high, value);
  }
  if (count == 0) {
    d.mean = d.variance = d.low = d.high = kNaN;
    return d;
  }
  d.mean /= count;
  // Half the range, because the range may overflow where its ends do not.
  const double half_range = d.high / 2 - d.low / 2;
  for (const double value : values.reshaped()) {
    if (!std::isfinite(value)) continue;
    d.variance += (value - d.mean) * (value - d.mean);
    const double position = half_range > 0 ? (value / 2 - d.low / 2) / half_range : 0;
    ++d.histogram[static_cast<std::size_t>(std::min(std::floor(position * bins), bins - 1.0))];
  }
  d.variance /= count;
  return d;
}

/// Largest derivative of a bounded activation; 0 for the others, which do not saturate on both
/// sides.
double largest_slope(Activation activation) {
  if (activation == Activation::tanh) return 1;
  if (activation == Activation::sigmoid) return 0.25;
  return 0;
}

double saturated_share(Activation activation, const Matrix& slopes) {
  const double bound = kSaturatedSlope * largest_slope(activation);
  return static_cast<double>((slopes.array().abs() < bound).count()) / static_cast<double>(slopes.size());
}

std::vector<int> dead_units(const Matrix& a, const Matrix& slopes) {
  std::vector<int> dead;
  for (Eigen::Index unit = 0; unit < a.rows(); ++unit)
    if ((a.row(unit).array() == 0).all() && (slopes.row(unit).array() == 0).all())
      dead.push_back(static_cast<int>(unit));
  return dead;
}

/// Returns for each row the first row that equals it up to `kSameRow` times the larger of the two
/// norms (not of all norms: an exploded row must not make ordinary rows equal). A comparison ends
/// at the first difference, so random rows cost little. A row with NaN equals no row.
std::vector<int> group_rows(const RowMajorMatrix& rows, const Vector& norms) {
  std::vector<int> group(static_cast<std::size_t>(rows.rows()));
  const auto same = [&](Eigen::Index i, Eigen::Index j) {
    const double norm = std::max(norms(i), norms(j));
    const double tolerance = std::isfinite(norm) ? kSameRow * norm : 0;
    for (Eigen::Index c = 0; c < rows.cols(); ++c)
      if (!(std::fabs(rows(i, c) - rows(j, c)) <= tolerance)) return false;
    return true;
  };
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    Eigen::Index first = 0;
    while (first < i && !(group[static_cast<std::size_t>(first)] == first && same(i, first))) ++first;
    group[static_cast<std::size_t>(i)] = static_cast<int>(first);
  }
  return group;
}

double largest_cosine(RowMajorMatrix rows) {
  if (!rows.allFinite()) return kNaN;
  const auto units = static_cast<double>(rows.rows());
  if (units * units * static_cast<double>(rows.cols()) > kMostCosineWork) return kNaN;
  Eigen::Index used = 0;
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    // Divided by their peak first, because squares of exploded or vanished weights overflow or
    // underflow.
    const double peak = rows.row(i).cwiseAbs().maxCoeff();
    if (peak == 0) continue;
    const Eigen::RowVectorXd row = rows.row(i) / peak;
    rows.row(used++) = row / row.norm();
  }
  // Each block gives the cosines of its units with each other and with all units before.
  constexpr Eigen::Index kBlock = 64;
  double largest = 0;
  Matrix cosines;
  for (Eigen::Index first = 0; first < used; first += kBlock) {
    const Eigen::Index count = std::min(kBlock, used - first);
    cosines.resize(count, first + count);
    row_products(rows.row(first).data(), count, rows.data(), first + count, rows.cols(), cosines.data());
    for (Eigen::Index i = 0; i < count; ++i) cosines(i, first + i) = 0;
    largest = std::max(largest, cosines.cwiseAbs().maxCoeff());
  }
  return std::min(largest, 1.0);
}

/// Returns the singular values in descending order; none if W is not finite or too large.
std::vector<double> singular_values_of(const RowMajorMatrix& w) {
  const auto small = static_cast<double>(std::min(w.rows(), w.cols()));
  const auto large = static_cast<double>(std::max(w.rows(), w.cols()));
  if (!w.allFinite() || small > kMostSmallSide || small * small * large > kMostSingularValueWork) return {};
  // R of the tall form's QR has W's singular values but only the size of the smaller side.
  Matrix tall = w.rows() < w.cols() ? Matrix(w.transpose()) : Matrix(w);
  // Scaled, because exploded weights may be finite where their squares are not.
  const double largest = tall.cwiseAbs().maxCoeff();
  if (largest > 0) tall /= largest;
  std::vector<double> values = singular_values(thin_qr(tall).r);
  for (double& value : values) value *= largest;
  return values;
}

int rank_of(const std::vector<double>& singular_values, Eigen::Index larger_side) {
  if (singular_values.empty()) return -1;
  const double smallest =
      singular_values.front() * static_cast<double>(larger_side) * std::numeric_limits<double>::epsilon();
  return static_cast<int>(
      std::count_if(singular_values.begin(), singular_values.end(), [&](double value) { return value > smallest; }));
}

/// |W - W0| / |W0| from the squares of both norms.
double distance_of(double moved, double start) { return moved == 0 ? 0 : std::sqrt(moved) / std::sqrt(start); }

void measure_units(const RowMajorMatrix& w, const Vector& b, bool with_cosine, LayerDiagnostics& layer) {
  RowMajorMatrix rows(w.rows(), w.cols() + 1);
  rows << w, b;
  const Vector norms = rows.rowwise().norm();
  layer.group = group_rows(rows, norms);
  for (std::size_t unit = 0; unit < layer.group.size(); ++unit)
    layer.distinct += layer.group[unit] == static_cast<int>(unit);
  layer.largest_cosine = with_cosine ? largest_cosine(std::move(rows)) : kNaN;
}

}  // namespace

Diagnostics diagnose(const Network& network, std::span<const double> parameters, const Points& examples,
                     double learning_rate, const DiagnosticsOptions& options) {
  const Trace signals = trace(network, parameters, examples);
  const bool knows_start = !options.start.empty();
  Diagnostics result;
  double all_moved = 0;
  double all_start = 0;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const LayerTrace& traced = signals.layers[l];
    const RowMajorMatrix w = weights_of(layer, parameters);
    const Matrix slopes = activation_slopes(layer, traced.activation_input());
    LayerDiagnostics d;
    d.pre_activation = distribution_of(traced.z, options.bins);
    d.activation = distribution_of(traced.a, options.bins);
    d.pre_activation_gradient = distribution_of(traced.dz, options.bins);
    d.activation_gradient = distribution_of(traced.da, options.bins);
    d.weight_norm = w.norm();
    d.gradient_norm = weights_of(layer, std::span<const double>(signals.gradient)).norm();
    d.update_ratio = d.gradient_norm == 0 ? 0 : learning_rate * d.gradient_norm / d.weight_norm;
    if (knows_start) {
      double moved = 0;
      double start = 0;
      for (std::size_t i = layer.weights; i < layer.end; ++i) {
        moved += (parameters[i] - options.start[i]) * (parameters[i] - options.start[i]);
        start += options.start[i] * options.start[i];
      }
      d.distance = distance_of(moved, start);
      all_moved += moved;
      all_start += start;
    } else {
      d.distance = kNaN;
    }
    d.dead = dead_units(traced.a, slopes);
    d.saturated = saturated_share(layer.activation, slopes);
    measure_units(w, biases_of(layer, parameters), options.largest_cosine, d);
    if (options.singular_values) d.singular_values = singular_values_of(w);
    d.rank = rank_of(d.singular_values, std::max(w.rows(), w.cols()));
    result.layers.push_back(std::move(d));
  }
  result.distance = knows_start ? distance_of(all_moved, all_start) : kNaN;
  return result;
}

}  // namespace init_lab
