// Layer-sequential unit variance: the data-driven step of the initializer of that name.
#pragma once

#include <span>

#include "init_lab/network/network.hpp"
#include "init_lab/network/parameter_views.hpp"

namespace init_lab {

/// When a layer's pre-activations count as of the wanted variance.
struct VarianceTarget {
  double variance = 1;
  double tolerance = 0.1;  ///< of variance found / variance wanted, about 1
  int max_tries = 10;
};

/// Divides W of one layer by the standard deviation of its pre-activations (over all units and examples) relative to
/// the wanted one, until their variance fits or the tries are used up. `input` is layer.in by m. Leaves W alone where
/// the pre-activations do not vary or are not finite. Source: Mishkin & Matas 2015, All you need is a good init,
/// algorithm 1, on the outputs of the linear part, as the authors' lsuv_init.py measures them
/// (var_before_relu_if_inplace).
void rescale_to_variance(const Layer& layer, std::span<double> parameters, const Matrix& input,
                         const VarianceTarget& target);

}  // namespace init_lab
