// What mean-field theory predicts of one network at its start, to be drawn over what is measured.
#pragma once

#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab::theory {

/// Least and greatest of W's min(n_in, n_out) singular values.
struct SingularRange {
  double least = 0;
  double greatest = 0;
};

/// g alone for orthogonal weights W = g Q (Saxe, McClelland & Ganguli 2013); between sigma
/// |sqrt(n_in) - sqrt(n_out)| and sigma (sqrt(n_in) + sqrt(n_out)) for independent ones of mean 0,
/// in the limit of wide layers (Marchenko & Pastur 1967; Bai & Yin 1993). NaN for weights whose
/// mean is not 0 or that follow the data. `init` complete.
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

/// The variance map and its backward counterpart (Schoenholz et al. 2017: each layer multiplies the
/// gradient's second moment by n_out Var W E[phi'²]) followed through the given network, its true
/// widths and the sizes of the training examples, of which up to 32 groups of like size are told
/// apart. Values are NaN from the first layer on whose weights do not have mean 0 or follow the
/// data (LSUV), and so are all gradients then. `init` as for initialize(); throws SpecError.
std::vector<LayerPrediction> predict_signals(const Network& network, const InitSpec& init, const Points& train);

}  // namespace init_lab::theory
