// Layer and batch normalization on the kernel's rows: x = (z - mean) / sqrt(variance + epsilon),
// n = gain x + shift, forward and backward. network/network.hpp has the sources.
//
// Backward, with g = gain dn and means over the numbers that share one mean and variance:
//   dz = (g - mean(g) - x mean(g x)) / sqrt(variance + epsilon).
#pragma once

#include <cmath>
#include <cstddef>

#include "init_lab/network/network.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/training/gradient_tiles.hpp"
#include "init_lab/training/packed_examples.hpp"
#include "init_lab/training/product_tiles.hpp"

namespace init_lab::kernel {

/// Where the rows of a normalized layer lie in a group's workspace, and its parameters.
template <class T>
struct NormalizedRows {
  Rows<T> z;             ///< pre-activations
  Rows<T> standardized;  ///< x
  Rows<T> normalized;    ///< forward n; backward dn, then dz
  Rows<T> inverse;       ///< layer normalization: one row of 1 / sqrt(variance + epsilon)
  const T* gains;
  const T* shifts;
  int units;
  T epsilon;
};

/// Loads (stores) vector v of a row of a group.
template <class T>
inline typename Lanes<T>::V row_vector(const T* rows, int row, int v) noexcept {
  return load<typename Lanes<T>::V>(rows + static_cast<std::ptrdiff_t>(row) * kGroup<T> + v * Lanes<T>::kCount);
}
template <class T>
inline void store_row_vector(T* rows, int row, int v, typename Lanes<T>::V value) noexcept {
  store(rows + static_cast<std::ptrdiff_t>(row) * kGroup<T> + v * Lanes<T>::kCount, value);
}

/// The sum of a vector's lanes, always in the same order.
inline double sum_of_lanes(F64x2 v) noexcept { return v[0] + v[1]; }
inline float sum_of_lanes(F32x4 v) noexcept { return (v[0] + v[1]) + (v[2] + v[3]); }

/// 1 for the examples of a batch's last group, 0 for its padding.
template <class T>
struct PaddingMask {
  using V = typename Lanes<T>::V;
  explicit PaddingMask(int padding) noexcept {
    T ones[kGroup<T>];
    for (int i = 0; i < kGroup<T>; ++i) ones[i] = i < kGroup<T> - padding ? T{1} : T{0};
    for (int v = 0; v < kGroupVectors; ++v) mask[v] = load<V>(ones + v * Lanes<T>::kCount);
  }
  V mask[kGroupVectors];
};

/// Layer normalization of one group: mean and variance of an example over the layer's units.
template <class T>
void normalize_over_units(const NormalizedRows<T>& rows, int group) noexcept {
  using V = typename Lanes<T>::V;
  const T* const z = rows.z.group(group);
  T* const x = rows.standardized.group(group);
  T* const n = rows.normalized.group(group);
  const V count = splat<V>(static_cast<T>(rows.units));
  V mean[kGroupVectors] = {};
  for (int unit = 0; unit < rows.units; ++unit)
    for (int v = 0; v < kGroupVectors; ++v) mean[v] += row_vector(z, unit, v);
  for (V& each : mean) each /= count;
  V inverse[kGroupVectors] = {};
  for (int unit = 0; unit < rows.units; ++unit)
    for (int v = 0; v < kGroupVectors; ++v) {
      const V difference = row_vector(z, unit, v) - mean[v];
      inverse[v] += difference * difference;
    }
  for (int v = 0; v < kGroupVectors; ++v) {
    inverse[v] = splat<V>(1) / square_root(inverse[v] / count + splat<V>(rows.epsilon));
    store_row_vector(rows.inverse.group(group), 0, v, inverse[v]);
  }
  for (int unit = 0; unit < rows.units; ++unit) {
    const V gain = splat<V>(rows.gains[unit]);
    const V shift = splat<V>(rows.shifts[unit]);
    for (int v = 0; v < kGroupVectors; ++v) {
      const V standardized = (row_vector(z, unit, v) - mean[v]) * inverse[v];
      store_row_vector(x, unit, v, standardized);
      store_row_vector(n, unit, v, gain * standardized + shift);
    }
  }
}

/// Backward layer normalization of one group: replaces dn by dz and adds the gradients of gain and
/// shift.
template <class T>
void normalize_over_units_backward(const NormalizedRows<T>& rows, int group, T* gain_sums, T* shift_sums) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  const T* const x = rows.standardized.group(group);
  T* const d = rows.normalized.group(group);
  V mean[kGroupVectors] = {};
  V mean_x[kGroupVectors] = {};
  for (int unit = 0; unit < rows.units; ++unit) {
    const V gain = splat<V>(rows.gains[unit]);
    V gain_sum{};
    V shift_sum{};
    for (int v = 0; v < kGroupVectors; ++v) {
      const V dn = row_vector(d, unit, v);
      const V dn_x = dn * row_vector(x, unit, v);
      gain_sum += dn_x;
      shift_sum += dn;
      mean[v] += gain * dn;
      mean_x[v] += gain * dn_x;
    }
    add_to(gain_sums + unit * kLanes, gain_sum);
    add_to(shift_sums + unit * kLanes, shift_sum);
  }
  const V count = splat<V>(static_cast<T>(rows.units));
  V inverse[kGroupVectors];
  for (int v = 0; v < kGroupVectors; ++v) {
    inverse[v] = row_vector(rows.inverse.group(group), 0, v);
    mean[v] /= count;
    mean_x[v] /= count;
  }
  for (int unit = 0; unit < rows.units; ++unit) {
    const V gain = splat<V>(rows.gains[unit]);
    for (int v = 0; v < kGroupVectors; ++v) {
      const V g = gain * row_vector(d, unit, v);
      store_row_vector(d, unit, v, (g - mean[v] - row_vector(x, unit, v) * mean_x[v]) * inverse[v]);
    }
  }
}

/// Batch normalization with the statistics of this batch, which it writes to `means` and
/// `variances` (`units` numbers each). The last `padding` lanes of the last group do not count.
template <class T>
void normalize_over_batch(const NormalizedRows<T>& rows, int groups, int padding, T* means, T* variances) noexcept {
  using V = typename Lanes<T>::V;
  const PaddingMask<T> last(padding);
  const T count = static_cast<T>(groups * kGroup<T> - padding);
  for (int unit = 0; unit < rows.units; ++unit) {
    /// The sum of `term(z)` over the batch's examples.
    const auto sum_over_batch = [&](auto term) {
      V sum[kGroupVectors] = {};
      for (int g = 0; g + 1 < groups; ++g)
        for (int v = 0; v < kGroupVectors; ++v) sum[v] += term(row_vector(rows.z.group(g), unit, v));
      for (int v = 0; v < kGroupVectors; ++v)
        sum[v] += last.mask[v] * term(row_vector(rows.z.group(groups - 1), unit, v));
      return sum_of_lanes((sum[0] + sum[1]) + (sum[2] + sum[3]));
    };
    const T mean = sum_over_batch([](V z) { return z; }) / count;
    const V subtrahend = splat<V>(mean);
    const T variance = sum_over_batch([&](V z) { return (z - subtrahend) * (z - subtrahend); }) / count;
    means[unit] = mean;
    variances[unit] = variance;
    const V inverse = splat<V>(T{1} / std::sqrt(variance + rows.epsilon));
    const V gain = splat<V>(rows.gains[unit]);
    const V shift = splat<V>(rows.shifts[unit]);
    for (int g = 0; g < groups; ++g)
      for (int v = 0; v < kGroupVectors; ++v) {
        const V x = (row_vector(rows.z.group(g), unit, v) - subtrahend) * inverse;
        store_row_vector(rows.standardized.group(g), unit, v, x);
        store_row_vector(rows.normalized.group(g), unit, v, gain * x + shift);
      }
  }
}

/// Backward batch normalization: replaces dn by dz and adds the gradients of gain and shift. The
/// deltas of padding lanes are 0 before and after.
template <class T>
void normalize_over_batch_backward(const NormalizedRows<T>& rows, int groups, int padding, const T* variances,
                                   T* gain_sums, T* shift_sums) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  const PaddingMask<T> last(padding);
  const T count = static_cast<T>(groups * kGroup<T> - padding);
  for (int unit = 0; unit < rows.units; ++unit) {
    V sum[kGroupVectors] = {};
    V sum_x[kGroupVectors] = {};
    for (int g = 0; g < groups; ++g)
      for (int v = 0; v < kGroupVectors; ++v) {
        const V dn = row_vector(rows.normalized.group(g), unit, v);
        sum[v] += dn;
        sum_x[v] += dn * row_vector(rows.standardized.group(g), unit, v);
      }
    const V total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    const V total_x = (sum_x[0] + sum_x[1]) + (sum_x[2] + sum_x[3]);
    add_to(shift_sums + unit * kLanes, total);
    add_to(gain_sums + unit * kLanes, total_x);
    const V mean = splat<V>(sum_of_lanes(total) / count);
    const V mean_x = splat<V>(sum_of_lanes(total_x) / count);
    const V factor = splat<V>(rows.gains[unit] / std::sqrt(variances[unit] + rows.epsilon));
    for (int g = 0; g < groups; ++g)
      for (int v = 0; v < kGroupVectors; ++v) {
        const V dn = row_vector(rows.normalized.group(g), unit, v);
        const V x = row_vector(rows.standardized.group(g), unit, v);
        const V dz = factor * (dn - mean - x * mean_x);
        store_row_vector(rows.normalized.group(g), unit, v, g + 1 < groups ? dz : dz * last.mask[v]);
      }
  }
}

/// Batch normalization of one group with given statistics, for evaluation.
template <class T>
void normalize_with(const NormalizedRows<T>& rows, int group, const T* means, const T* variances) noexcept {
  using V = typename Lanes<T>::V;
  for (int unit = 0; unit < rows.units; ++unit) {
    const V mean = splat<V>(means[unit]);
    const V inverse = splat<V>(T{1} / std::sqrt(variances[unit] + rows.epsilon));
    const V gain = splat<V>(rows.gains[unit]);
    const V shift = splat<V>(rows.shifts[unit]);
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = (row_vector(rows.z.group(group), unit, v) - mean) * inverse;
      store_row_vector(rows.normalized.group(group), unit, v, gain * x + shift);
    }
  }
}

}  // namespace init_lab::kernel
