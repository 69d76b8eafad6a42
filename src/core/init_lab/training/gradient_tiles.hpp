// The kernel's gradients of weights: products of two layers' rows, summed over the examples.
//
// Each sum is kept in memory as a vector, lane by lane. Kernel::gradient adds its lanes at the end
// of the batch, always in the same order.
//
// The passes are always inlined: as calls they made an iteration of the forum network (2-10-5-1) 5
// % slower, because compilers inline a header's template less readily than a function of
// kernel.cpp.
#pragma once

#include <algorithm>
#include <cstddef>

#include "init_lab/network/network.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/training/alive_units.hpp"
#include "init_lab/training/packed_examples.hpp"
#include "init_lab/training/product_tiles.hpp"

namespace init_lab::kernel {

/// Adds a vector to one in memory.
template <class V>
inline void add_to(typename ScalarOf<V>::T* sum, V addend) noexcept {
  store(sum, load<V>(sum) + addend);
}

/// For an output layer of one unit: adds its gradient and writes the delta of the alive units
/// below, in one pass.
template <class T, class Finish>
[[gnu::always_inline]] inline void back_from_single_output(const Layer& layer, const T* weights,
                                                           const AliveUnits& alive, Rows<const T> delta, Rows<T> target,
                                                           int groups, T* sums, Finish finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  T* const weight_sums = sums + layer.weights * kLanes;
  for (int g = 0; g < groups; ++g) {
    V d[kGroupVectors];
    for (int v = 0; v < kGroupVectors; ++v) d[v] = load<V>(delta.group(g) + v * kLanes);
    add_to(sums + layer.biases * kLanes, (d[0] + d[1]) + (d[2] + d[3]));
    for (const int unit : alive.units_in(g)) {
      const V weight = splat<V>(*behind(weights, unit));
      T* const a = behind(target.group(g), unit, kGroup<T>);
      V sum{};
      for (int v = 0; v < kGroupVectors; ++v) {
        const V product = d[v] * load<V>(a + v * kLanes);
        sum = v == 0 ? product : sum + product;
        store(a + v * kLanes, finish(weight * d[v], a, v * kLanes));
      }
      add_to(behind(weight_sums, unit, kLanes), sum);
    }
  }
}

/// Adds one group's share of the gradient delta a^T of the weights from `inputs` to `Count` units,
/// and of the units' biases unless `biases` is null. The sums of consecutive units lie `stride`
/// vectors apart.
template <std::size_t Count, class T>
[[gnu::always_inline]] inline void outer_tile(const int* units, ByteOffsets inputs, const T* delta, const T* source,
                                              T* sums, std::ptrdiff_t stride, T* biases) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V factor[Count][kGroupVectors];
  T* row[Count];
  for (std::size_t r = 0; r < Count; ++r) {
    for (int v = 0; v < kGroupVectors; ++v) factor[r][v] = load<V>(behind(delta, units[r], kGroup<T>) + v * kLanes);
    row[r] = behind(sums, units[r], stride * kLanes);
    if (biases) add_to(behind(biases, units[r], kLanes), (factor[r][0] + factor[r][1]) + (factor[r][2] + factor[r][3]));
  }
  for (const int input : inputs) {
    const T* const a = behind(source, input, kGroup<T>);
    V sum[Count];
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = load<V>(a + v * kLanes);
      for (std::size_t r = 0; r < Count; ++r) sum[r] = v == 0 ? factor[r][v] * x : sum[r] + factor[r][v] * x;
    }
    for (std::size_t r = 0; r < Count; ++r) add_to(behind(row[r], input, kLanes), sum[r]);
  }
}

/// Adds the gradient of a layer for the units `units_in(group)` and the inputs `inputs_in(group)`.
/// A chunk of inputs is done for all groups before the next chunk, so its sums stay in the cache.
template <class T, class UnitsIn, class InputsIn>
[[gnu::always_inline]] inline void layer_gradient(const Layer& layer, UnitsIn units_in, InputsIn inputs_in,
                                                  Rows<const T> delta, Rows<const T> source, int groups,
                                                  T* sums) noexcept {
  T* const weights = sums + layer.weights * Lanes<T>::kCount;
  T* const biases = sums + layer.biases * Lanes<T>::kCount;
  for (std::size_t chunk = 0; chunk < static_cast<std::size_t>(layer.in); chunk += kInputChunk)
    for (int g = 0; g < groups; ++g) {
      const ByteOffsets all = inputs_in(g);
      // The first chunk is done even if it is empty: units may be alive by their biases alone.
      if (chunk > 0 && all.size() <= chunk) continue;
      const ByteOffsets inputs = all.subspan(chunk, std::min(kInputChunk, all.size() - chunk));
      const ByteOffsets units = units_in(g);
      const T* const d = delta.group(g);
      const T* const a = source.group(g);
      const int* unit = units.data();
      const int* const end = unit + units.size();
      T* const b = chunk == 0 ? biases : nullptr;
      for (; end - unit >= 2; unit += 2) outer_tile<2>(unit, inputs, d, a, weights, layer.in, b);
      if (unit != end) outer_tile<1>(unit, inputs, d, a, weights, layer.in, b);
    }
}

/// Adds the gradient of a first layer with so few inputs that those of a group stay in registers.
template <int Inputs, class T>
[[gnu::always_inline]] inline void narrow_gradient(const Layer& layer, const AliveUnits& alive, Rows<const T> delta,
                                                   Rows<const T> source, int groups, T* sums) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  T* const weight_sums = sums + layer.weights * kLanes;
  T* const bias_sums = sums + layer.biases * kLanes;
  for (int g = 0; g < groups; ++g) {
    V inputs[Inputs][kGroupVectors];
    for (int i = 0; i < Inputs; ++i)
      for (int v = 0; v < kGroupVectors; ++v) inputs[i][v] = load<V>(source.group(g) + i * kGroup<T> + v * kLanes);
    for (const int unit : alive.units_in(g)) {
      const T* const d = behind(delta.group(g), unit, kGroup<T>);
      T* const target = behind(weight_sums, unit, Inputs * kLanes);
      V total = load<V>(d);
      V sum[Inputs];
      for (int i = 0; i < Inputs; ++i) sum[i] = total * inputs[i][0];
      for (int v = 1; v < kGroupVectors; ++v) {
        const V factor = load<V>(d + v * kLanes);
        for (int i = 0; i < Inputs; ++i) sum[i] += factor * inputs[i][v];
        total += factor;
      }
      for (int i = 0; i < Inputs; ++i) add_to(target + i * kLanes, sum[i]);
      add_to(behind(bias_sums, unit, kLanes), total);
    }
  }
}

}  // namespace init_lab::kernel
