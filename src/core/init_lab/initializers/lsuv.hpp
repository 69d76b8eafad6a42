// Layer-sequential unit variance (LSUV): its data-driven step.
#pragma once

#include <span>

#include "init_lab/network/network.hpp"
#include "init_lab/network/parameter_views.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

/// The variance that LSUV aims at, and when it stops.
struct VarianceTarget {
  double variance = 1;
  double tolerance = 0.1;  ///< largest |variance found / variance wanted - 1|
  int max_tries = 10;
};

/// Divides W of one layer by sqrt(variance found / variance wanted) until the variance is within
/// the tolerance or the tries are used up. The variance is that of W a_below + b over all units and
/// examples. W stays unchanged if these values do not vary or are not finite.
///
/// Only the linear part is measured: before normalization, and without the signal of a skip
/// connection. So each branch adds the wanted variance, times the square of its scale.
/// Source: Mishkin & Matas 2015, All you need is a good init, algorithm 1, on the outputs of the
/// linear part, as in the authors' lsuv_init.py (var_before_relu_if_inplace).
/// @param a_below activations of the layer below, layer.in by m
void rescale_to_variance(const Layer& layer, std::span<double> parameters, const Matrix& a_below,
                         const VarianceTarget& target);

}  // namespace init_lab
