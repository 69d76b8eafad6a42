// Products and gradients of layers whose weights do not fit the first-level cache.
//
// These functions use a tile of weights for all groups of a block before they read the next tile,
// so memory is read and written once per block and not once per group. The order of every sum is
// that of product_tiles.hpp and gradient_tiles.hpp, so the bits are the same. Silent units are
// computed too: the functions are for layers with mostly alive units.
#pragma once

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include "init_lab/network/network.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/training/gradient_tiles.hpp"
#include "init_lab/training/packed_examples.hpp"
#include "init_lab/training/product_tiles.hpp"

namespace init_lab::kernel {

/// Least number of groups in a block of a network with wide layers.
inline constexpr int kWideGroups = 8;

/// Rows that a product or gradient reads at a time, so that those of all groups fit the first-level
/// cache (32 KiB).
constexpr int wide_chunk(int groups) noexcept { return std::max(32, 512 / groups); }

/// Computes all rows of target = biases + W source.
/// @param every the byte offsets of at least a chunk of inputs
template <class T>
[[gnu::noinline]] void wide_product(const T* w, int width, const T* biases, int rows, ByteOffsets every,
                                    Rows<const T> source, Rows<T> target, int groups) noexcept {
  constexpr std::integral_constant<std::ptrdiff_t, 1> kAdjacent;
  for (int g = 0; g < groups; ++g)
    for (int row = 0; row < rows; ++row)
      std::fill_n(target.group(g) + static_cast<std::ptrdiff_t>(row) * kGroup<T>, kGroup<T>, biases[row]);
  Keep keep;
  const int chunk = wide_chunk(groups);
  for (int first = 0; first < width; first += chunk) {
    const ByteOffsets inputs = every.first(static_cast<std::size_t>(std::min(chunk, width - first)));
    for (int row = 0; row < rows; row += 2) {
      const T* const weights = w + static_cast<std::ptrdiff_t>(row) * width + first;
      for (int g = 0; g < groups; ++g) {
        const T* const x = source.group(g) + static_cast<std::ptrdiff_t>(first) * kGroup<T>;
        T* const out = target.group(g) + static_cast<std::ptrdiff_t>(row) * kGroup<T>;
        if (row + 1 < rows)
          product_tile<2>({weights, weights + width}, kAdjacent, inputs, x, {out, out + kGroup<T>}, row, FromTarget{},
                          keep);
        else
          product_tile<1>({weights}, kAdjacent, inputs, x, {out}, row, FromTarget{}, keep);
      }
    }
  }
}

/// Columns of W that wide_transposed_product() copies at a time.
inline constexpr int kPackedColumns = 16;

/// Computes all rows of sums = W^T source for W with `units` rows of `width` weights.
/// @param packed room for kPackedColumns times wide_chunk(groups) numbers: a transposed copy of a
///   tile of W, whose columns are not contiguous in W
template <class T>
[[gnu::noinline]] void wide_transposed_product(const T* w, int width, int units, ByteOffsets every,
                                               Rows<const T> source, Rows<T> sums, int groups, T* packed) noexcept {
  constexpr std::integral_constant<std::ptrdiff_t, 1> kAdjacent;
  Keep keep;
  const int chunk = wide_chunk(groups);
  for (int first = 0; first < units; first += chunk) {
    const int height = std::min(chunk, units - first);
    const ByteOffsets inputs = every.first(static_cast<std::size_t>(height));
    for (int column = 0; column < width; column += kPackedColumns) {
      const int columns = std::min(kPackedColumns, width - column);
      for (int i = 0; i < height; ++i) {
        const T* const weights = w + static_cast<std::ptrdiff_t>(first + i) * width + column;
        for (int c = 0; c < columns; ++c) packed[c * chunk + i] = weights[c];
      }
      for (int c = 0; c < columns; c += 2) {
        const T* const weights = packed + c * chunk;
        for (int g = 0; g < groups; ++g) {
          const T* const x = source.group(g) + static_cast<std::ptrdiff_t>(first) * kGroup<T>;
          T* const out = sums.group(g) + static_cast<std::ptrdiff_t>(column + c) * kGroup<T>;
          const auto multiply = [&](auto start) {
            if (c + 1 < columns)
              product_tile<2>({weights, weights + chunk}, kAdjacent, inputs, x, {out, out + kGroup<T>}, 0, start, keep);
            else
              product_tile<1>({weights}, kAdjacent, inputs, x, {out}, 0, start, keep);
          };
          if (first == 0)
            multiply(FromZero{});
          else
            multiply(FromTarget{});
        }
      }
    }
  }
}

/// Writes the deltas below a wide layer, if its units and those below are mostly alive.
/// @param sums room for the layer's inputs in all groups
/// @param packed as for wide_transposed_product()
template <class T, class Finish>
[[gnu::noinline]] void wide_back(const Layer& layer, const T* weights, ByteOffsets every, Rows<const T> delta,
                                 Rows<T> target, int groups, T* sums, T* packed, Finish finish) noexcept {
  const std::ptrdiff_t size = static_cast<std::ptrdiff_t>(layer.in) * kGroup<T>;
  const Rows<T> products{sums, size};
  wide_transposed_product(weights, layer.in, layer.out, every, delta, products, groups, packed);
  for (int g = 0; g < groups; ++g)
    for (std::ptrdiff_t row = 0; row < size; row += kGroup<T>)
      finish_row(
          target.group(g) + row,
          [&](int v) { return load<typename Lanes<T>::V>(products.group(g) + row + v * Lanes<T>::kCount); }, finish);
}

/// Writes `scale` times the gradient of Units by Inputs weights, summed over the groups and their
/// lanes.
template <int Units, int Inputs, class T>
[[gnu::always_inline]] inline void wide_gradient_tile(const T* delta, const T* source, std::ptrdiff_t delta_per_group,
                                                      std::ptrdiff_t source_per_group, int groups, T scale, T* gradient,
                                                      std::ptrdiff_t width) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V total[4] = {};  // of unit u and input i at 2 u + i
  for (int g = 0; g < groups; ++g, delta += delta_per_group, source += source_per_group) {
    V sum[4];
    for (int v = 0; v < kGroupVectors; ++v) {
      V d[Units], x[Inputs];
      for (int u = 0; u < Units; ++u) d[u] = load<V>(delta + u * kGroup<T> + v * kLanes);
      for (int i = 0; i < Inputs; ++i) x[i] = load<V>(source + i * kGroup<T> + v * kLanes);
      for (int u = 0; u < Units; ++u)
        for (int i = 0; i < Inputs; ++i) sum[2 * u + i] = v == 0 ? d[u] * x[i] : sum[2 * u + i] + d[u] * x[i];
    }
    for (int u = 0; u < Units; ++u)
      for (int i = 0; i < Inputs; ++i) total[2 * u + i] += sum[2 * u + i];
  }
  T sums[4];
  if constexpr (kLanes == 4) {
    store(sums, sum_lanes(total) * splat<V>(scale));
  } else {
    store(sums, sum_lanes({total[0], total[1]}) * splat<V>(scale));
    store(sums + 2, sum_lanes({total[2], total[3]}) * splat<V>(scale));
  }
  for (int u = 0; u < Units; ++u)
    for (int i = 0; i < Inputs; ++i) gradient[u * width + i] = sums[2 * u + i];
}

/// Writes `scale` times the gradient of a layer's weights, delta source^T, summed over a batch that
/// is one block.
template <class T>
[[gnu::noinline]] void wide_gradient(int units, int width, Rows<const T> delta, Rows<const T> source, int groups,
                                     T scale, T* gradient) noexcept {
  const int chunk = wide_chunk(groups);
  for (int first = 0; first < width; first += chunk) {
    const int end = std::min(first + chunk, width);
    for (int unit = 0; unit < units; unit += 2) {
      const T* const d = delta.first + static_cast<std::ptrdiff_t>(unit) * kGroup<T>;
      T* const row = gradient + static_cast<std::ptrdiff_t>(unit) * width;
      const bool two_units = unit + 1 < units;
      for (int input = first; input < end; input += 2) {
        const T* const x = source.first + static_cast<std::ptrdiff_t>(input) * kGroup<T>;
        const auto tile = [&]<int Units, int Inputs>(std::integral_constant<int, Units>,
                                                     std::integral_constant<int, Inputs>) {
          wide_gradient_tile<Units, Inputs>(d, x, delta.per_group, source.per_group, groups, scale, row + input, width);
        };
        constexpr std::integral_constant<int, 1> kOne;
        constexpr std::integral_constant<int, 2> kTwo;
        if (two_units && input + 1 < end)
          tile(kTwo, kTwo);
        else if (two_units)
          tile(kTwo, kOne);
        else if (input + 1 < end)
          tile(kOne, kTwo);
        else
          tile(kOne, kOne);
      }
    }
  }
}

/// Adds the gradient of a layer's biases to `sums`, which holds one vector for each bias.
template <class T>
void bias_gradient(int units, Rows<const T> delta, int groups, T* sums) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  for (int unit = 0; unit < units; ++unit)
    for (int g = 0; g < groups; ++g) {
      const T* const row = delta.group(g) + static_cast<std::ptrdiff_t>(unit) * kGroup<T>;
      add_to(sums + unit * kLanes,
             (load<V>(row) + load<V>(row + kLanes)) + (load<V>(row + 2 * kLanes) + load<V>(row + 3 * kLanes)));
    }
}

}  // namespace init_lab::kernel
