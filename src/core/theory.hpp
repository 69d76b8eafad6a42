// What the papers predict about a network's start, to be drawn over what is measured. Weights have mean 0 throughout.
// Every function names its paper; the numbers hold for wide layers, exactly so only where it is said.
#pragma once

#include <span>
#include <vector>

#include "core/activations.hpp"
#include "core/datasets.hpp"
#include "core/initializers.hpp"
#include "core/network.hpp"

namespace init_lab::theory {

// --- Wide networks: Poole, Lahiri, Raghu, Sohl-Dickstein & Ganguli 2016, Exponential expressivity in deep neural
// networks
//     through transient chaos; Schoenholz, Gilmer, Ganguli & Sohl-Dickstein 2017, Deep information propagation
//     ------------

/// W ~ N(0, weight_variance / n_in), b ~ N(0, bias_variance): sigma_w² and sigma_b² of the papers.
struct MeanField {
  Activation activation;
  double weight_variance;
  double bias_variance;
};

/// E[phi(sqrt(q) z)²] for z ~ N(0, 1) and q >= 0. Relative error below 1e-12 for q <= 1e6, 1e-9 for q <= 1e12.
double activation_second_moment(Activation activation, double q);
/// E[phi'(sqrt(q) z)²]; at q = 0 its limit from above.
double slope_second_moment(Activation activation, double q);

/// The variance map: q' = sigma_w² E[phi(sqrt(q) z)²] + sigma_b², from the pre-activations' variance in one layer to
/// that in the next (Poole et al. 2016, the length map).
double next_variance(const MeanField& field, double q);

/// q*, where the variance map leads to from `start` > 0: 0, finite, or infinite. `start` itself where the map leaves
/// every variance as it is (ReLU at (2, 0)). Relative error below 1e-10 away from the edge of chaos.
double fixed_variance(const MeanField& field, double start = 1);

/// chi1 = sigma_w² E[phi'(sqrt(q) z)²] at q = q*: above 1 nearby inputs are driven apart and gradients explode, below 1
/// inputs become alike and gradients vanish; 1 is the edge of chaos (Poole et al. 2016). Over l layers of equal width
/// the gradient's second moment changes by chi1^l (Schoenholz et al. 2017).
double chi(const MeanField& field, double q);

/// Layers over which a gradient changes by the factor e, and over which, in the ordered phase, inputs become alike:
/// 1 / |ln chi1|, infinite on the edge of chaos (Schoenholz et al. 2017).
double depth_scale(double chi1);

/// The correlation of two inputs' pre-activations, both of variance q*, one layer on (Poole et al. 2016, the
/// correlation map); its slope at 1 is chi1. Error below 1e-8 for q <= 1e4; q must be finite.
double next_correlation(const MeanField& field, double q, double correlation);

/// A point on the edge of chaos.
struct CriticalPoint {
  double weight_variance;
  double bias_variance;
  double q;  ///< q*
};

/// The point at which q* = q: sigma_w² = 1 / E[phi'²], sigma_b² = q - sigma_w² E[phi²]. A negative sigma_b² says that
/// there is none.
CriticalPoint critical_point_at(Activation activation, double q);

/// The point with this bias variance, the one of least q where there are several; NaN where there is none, or
/// none that signals come to (ReLU has one with bias variance 0 only: (2, 0), where every q is a fixed point).
CriticalPoint edge_of_chaos(Activation activation, double bias_variance);

// --- Conditions on one layer
// --------------------------------------------------------------------------------------------

/// What one layer does to the variance of a signal of mean 0; 1 is what the paper asks for.
struct VarianceFactors {
  double forward;   ///< n_in Var W: linear signal forward (Glorot & Bengio 2010, eq. 10)
  double backward;  ///< n_out Var W: its gradient backward (Glorot & Bengio 2010, eq. 11)
  double
      rectified;  ///< (1 + a²) / 2 n_in Var W: forward through a rectifier of slope a below 0 (He et al. 2015, eq. 15)
};
VarianceFactors variance_factors(double weight_standard_deviation, int fan_in, int fan_out, double negative_slope = 0);

// --- Narrow networks
// ----------------------------------------------------------------------------------------------------

/// How much the length of a ReLU network's activations varies from one He-initialized network to the next: with M the
/// mean square of the last hidden layer's activations, E[M²] / E[M]² = product of (1 + 5 / n_l) over the hidden layers.
/// Exact for normal weights of variance 2 / n_in and zero biases. Grows as exp(5 sum 1/n_l).
/// Source: Hanin & Rolnick 2018, How to start training; with normal weights E[M_l² | M_{l-1}] = (1 + 5 / n_l) M_{l-1}²,
/// as a rectified N(0, 2 M) has second moment M and fourth moment 6 M².
double length_fluctuation(std::span<const int> hidden_widths);
/// Sum of 1 / n_l over the hidden layers, which is to be kept small (Hanin & Rolnick 2018).
double width_sum(std::span<const int> hidden_widths);

/// Upper bound of the probability that a ReLU network of symmetric weights and zero biases is born dead (constant on
/// all inputs): 1 - product of (1 - 2^-n_l) over the hidden layers (Lu et al. 2020, Dying ReLU and initialization).
double born_dead_bound(std::span<const int> hidden_widths);

// --- One network at its start
// -------------------------------------------------------------------------------------------

/// Least and greatest of W's min(n_in, n_out) singular values.
struct SingularRange {
  double least = 0;
  double greatest = 0;
};

/// g alone for orthogonal weights W = g Q (Saxe, McClelland & Ganguli 2013); between
/// sigma |sqrt(n_in) - sqrt(n_out)| and sigma (sqrt(n_in) + sqrt(n_out)) for independent ones of mean 0, in the limit
/// of wide layers (Marchenko & Pastur 1967; Bai & Yin 1993). NaN for weights whose mean is not 0 or that follow the
/// data. `init` complete.
SingularRange singular_range(const InitializerInfo& info, const Parameters& init, int fan_in, int fan_out);

/// Predicted second moments (variance plus squared mean) of one layer's signals, over units and examples, averaged over
/// draws of the weights, and singular values. Gradients are of an example's own cost, as in LayerDiagnostics.
struct LayerPrediction {
  double pre_activation = 0;
  double activation = 0;
  double pre_activation_gradient = 0;
  double activation_gradient = 0;
  SingularRange singular_values{};
};

/// The variance map and its backward counterpart (Schoenholz et al. 2017: each layer multiplies the gradient's
/// second moment by n_out Var W E[phi'²]) followed through the given network, its true widths and the sizes of the
/// training examples, of which up to 32 groups of like size are told apart. Values are NaN from the first layer on
/// whose weights do not have mean 0 or follow the data (LSUV), and so are all gradients then. `init` as for
/// initialize(); throws SpecError.
std::vector<LayerPrediction> predict_signals(const Network& network, const InitSpec& init, const Points& train);

}  // namespace init_lab::theory
