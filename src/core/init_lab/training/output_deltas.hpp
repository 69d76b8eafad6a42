// The backward pass of the kernel's output layer: dJ/dz of its units on lanes. network/output.hpp
// has the formulas.
#pragma once

#include "init_lab/network/activation_functions.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/training/normalization.hpp"
#include "init_lab/training/packed_examples.hpp"

namespace init_lab::kernel {

/// Replaces one group's pre-activations of a softmax by the probabilities of the classes.
template <class T>
void softmax(int classes, T* rows) noexcept {
  using V = typename Lanes<T>::V;
  V largest[kGroupVectors], sum[kGroupVectors] = {};
  for (int v = 0; v < kGroupVectors; ++v) largest[v] = row_vector(rows, 0, v);
  for (int unit = 1; unit < classes; ++unit)
    for (int v = 0; v < kGroupVectors; ++v) largest[v] = at_least(row_vector(rows, unit, v), largest[v]);
  for (int unit = 0; unit < classes; ++unit) {
    V power[kGroupVectors];
    for (int v = 0; v < kGroupVectors; ++v) power[v] = row_vector(rows, unit, v) - largest[v];
    elementary::exp(power);
    for (int v = 0; v < kGroupVectors; ++v) {
      store_row_vector(rows, unit, v, power[v]);
      sum[v] += power[v];
    }
  }
  for (int unit = 0; unit < classes; ++unit)
    for (int v = 0; v < kGroupVectors; ++v) store_row_vector(rows, unit, v, row_vector(rows, unit, v) / sum[v]);
}

/// Replaces one group's outputs (for softmax its pre-activations) by the derivatives of the
/// examples' costs by the pre-activations.
template <class T>
[[gnu::always_inline]] inline void output_deltas(Output output, int units, T* rows, const T* labels) noexcept {
  using V = typename Lanes<T>::V;
  if (output == Output::softmax) softmax(units, rows);
  // With cross-entropy the derivatives of cost and activation cancel to a - t. A single unit has
  // its own loop, without the branches of the loop below, which saves 2 % of an iteration of the
  // forum network.
  if (units == 1 && output != Output::tanh) {
    for (int v = 0; v < kGroupVectors; ++v)
      store_row_vector(rows, 0, v, row_vector(rows, 0, v) - row_vector(labels, 0, v));
    return;
  }
  for (int unit = 0; unit < units; ++unit) {
    const V this_class = splat<V>(static_cast<T>(unit));
    for (int v = 0; v < kGroupVectors; ++v) {
      const V a = row_vector(rows, unit, v);
      V t = row_vector(labels, 0, v);
      if (units > 1) t = where(t == this_class, splat<V>(1));
      if (output == Output::tanh) t = (t + t) - splat<V>(1);
      const V difference = a - t;
      store_row_vector(rows, unit, v,
                       output == Output::tanh ? difference * Function<Activation::tanh>{}.derivative(a) : difference);
    }
  }
}

}  // namespace init_lab::kernel
