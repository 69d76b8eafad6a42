// Layer-sequential unit variance (LSUV): its data-driven step.
#pragma once

#include <span>

#include "init_lab/network/network.hpp"
#include "init_lab/network/parameter_views.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

/// The variance that LSUV aims at, and how hard it tries.
struct VarianceTarget {
  double variance = 1;
  double tolerance = 0.1;  ///< largest |variance found / variance wanted - 1|
  int max_tries = 10;
};

/// Divides W of one layer by sqrt(variance found / variance wanted) of W a_below + b, over all
/// units and examples, until the variance fits or the tries are used up. W stays unchanged where
/// these values do not vary or are not finite.
///
/// The linear part alone is measured: before normalization, and for a skip connection without the
/// signal that skips the branch. So each branch adds the wanted variance, times the square of its
/// scale.
/// @param a_below activations of the layer below, layer.in by m Source: Mishkin & Matas 2015, All
///   you need is a good init, algorithm 1, on the outputs of the linear part, as in the authors'
///   lsuv_init.py (var_before_relu_if_inplace).
void rescale_to_variance(const Layer& layer, std::span<double> parameters, const Matrix& a_below,
                         const VarianceTarget& target);

}  // namespace init_lab
