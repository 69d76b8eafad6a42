// Passes over stored rows of a layer: finish a product, apply an activation or its derivative.
#pragma once

#include <cstddef>
#include <type_traits>

#include "init_lab/network/activation_functions.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/training/alive_units.hpp"
#include "init_lab/training/packed_examples.hpp"
#include "init_lab/training/product_tiles.hpp"

namespace init_lab::kernel {

/// Writes a = phi(n), with n in the rows at the distance `to_source`, and phi'(n) if it does not
/// follow from a alone.
template <class T>
void activate(const Layer& layer, Rows<T> a, std::ptrdiff_t to_source, std::ptrdiff_t to_derivatives,
              int groups) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  with_function(layer.activation, layer.parameter, [=, units = layer.out](auto function) {
    for (int unit = 0; unit < units; ++unit) {
      T* row = a.first + static_cast<std::ptrdiff_t>(unit) * kGroup<T>;
      for (int g = 0; g < groups; ++g, row += a.per_group) {
        V z[kGroupVectors];
        for (int v = 0; v < kGroupVectors; ++v) z[v] = load<V>(row + to_source + v * kLanes);
        // Loads all vectors before storing one: otherwise clang computes them one after the other,
        // and each step waits for the step before.
        asm volatile("" ::: "memory");
        if constexpr (decltype(function)::kFromOutput) {
          function.apply(z);
        } else {
          V slopes[kGroupVectors];
          function.apply(z, slopes);
          for (int v = 0; v < kGroupVectors; ++v) store(row + v * kLanes + to_derivatives, slopes[v]);
        }
        for (int v = 0; v < kGroupVectors; ++v) store(row + v * kLanes, z[v]);
      }
    }
  });
}

/// Finishes the rows of a group that a product has stored.
template <class T, class Finish>
[[gnu::noinline]] void finish_rows(int rows, T* z, Finish& finish) noexcept {
  if constexpr (!std::is_same_v<Finish, Keep>)
    finish_in_pairs<T>(
        rows,
        [&](int row) {
          T* const out = z + static_cast<std::ptrdiff_t>(row) * kGroup<T>;
          return finish_row(
              out, [&](int v) { return load<typename Lanes<T>::V>(out + v * Lanes<T>::kCount); }, finish);
        },
        finish);
}

/// Writes a = ReLU(n), with n in the rows at the distance `to_source`, and updates the group's list
/// of alive units.
template <class T>
void rectify(const Layer& layer, T* a, std::ptrdiff_t to_source, AliveUnits& alive, int group) noexcept {
  using V = typename Lanes<T>::V;
  Rectify finish{alive.silent_in(group)};
  finish_in_pairs<T>(
      layer.out,
      [&](int row) {
        T* const out = a + static_cast<std::ptrdiff_t>(row) * kGroup<T>;
        return finish_row(
            out, [&](int v) { return load<V>(out + to_source + v * Lanes<T>::kCount); }, finish);
      },
      finish);
  if (any_bit(finish.changed)) alive.list(group);
}

/// Replaces a by phi'(n) for activations whose derivative follows from a.
template <class T>
void differentiate(const Layer& layer, Rows<T> a, int groups) noexcept {
  using V = typename Lanes<T>::V;
  with_function(layer.activation, layer.parameter, [&](auto function) {
    if constexpr (decltype(function)::kFromOutput)
      for (int g = 0; g < groups; ++g)
        for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(layer.out) * kGroup<T>; i += Lanes<T>::kCount)
          store(a.group(g) + i, function.derivative(load<V>(a.group(g) + i)));
  });
}

}  // namespace init_lab::kernel
