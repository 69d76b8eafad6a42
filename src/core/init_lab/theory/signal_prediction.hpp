// Predictions of mean-field theory for one network at its start, to be compared with measurements.
#pragma once

#include <vector>

#include "init_lab/base/parameters.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab::theory {

/// Least and greatest of W's min(n_in, n_out) singular values.
struct SingularRange {
  double least = 0;
  double greatest = 0;
};

/// Returns the range of W's singular values. Orthogonal weights W = g Q have g alone (Saxe,
/// McClelland & Ganguli 2013). Independent weights of mean 0 fill sigma |sqrt(n_in) - sqrt(n_out)|
/// to sigma (sqrt(n_in) + sqrt(n_out)) in the limit of wide layers (Marchenko & Pastur 1967; Bai &
/// Yin 1993). NaN for weights whose mean is not 0 or that depend on the data.
/// @param init complete parameters of the initializer
SingularRange singular_range(const InitializerInfo& info, const Parameters& init, int fan_in, int fan_out);

/// Predicted second moments (variance plus squared mean) of one layer's signals, over units and
/// examples, averaged over draws of the weights, and singular values. Gradients are of an example's
/// own cost, as in LayerDiagnostics.
struct LayerPrediction {
  double pre_activation = 0;
  double activation = 0;
  double pre_activation_gradient = 0;
  double activation_gradient = 0;
  SingularRange singular_values{};
};

/// Predicts the signals of a network at its start: follows the variance map and its backward
/// counterpart (Schoenholz et al. 2017: each layer multiplies the gradient's second moment by n_out
/// Var W E[phi'²]) through the network's true widths, for the sizes of the training examples.
///   - Skip connections add the branch's variance to that of the layer below, and the branch's
///     gradient to that of the layer above (Yang & Schoenholz 2017).
///   - Layer normalization divides by the variance of the layer's units.
///   - Batch normalization divides by the variance over the examples, as if the activations of
///     different examples shared their mean only (Yang et al. 2019; see
///     normalized_gradient_growth). Deep layers converge to this. In the first layers it is only a
///     rough guide if the examples are similar.
///
/// If the weights of a layer have a mean other than 0 or depend on the data (LSUV), the values are
/// NaN from that layer on, and so are all gradients. `init` as for initialize(). Throws SpecError.
std::vector<LayerPrediction> predict_signals(const Network& network, const InitSpec& init, const Points& train);

}  // namespace init_lab::theory
