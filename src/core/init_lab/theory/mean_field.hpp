// What wide networks do to signals, layer by layer: Poole, Lahiri, Raghu, Sohl-Dickstein & Ganguli 2016, Exponential
// expressivity in deep neural networks through transient chaos; Schoenholz, Gilmer, Ganguli & Sohl-Dickstein 2017, Deep
// information propagation. Weights have mean 0.
#pragma once

#include "init_lab/network/activations.hpp"

namespace init_lab::theory {

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

/// 1 / |ln slope|: layers over which what one layer multiplies by `slope` changes by the factor e. Of chi1 that is the
/// square of a gradient, infinite on the edge of chaos (Schoenholz et al. 2017, xi of the gradient).
double depth_scale(double slope);

/// The correlation of two inputs' pre-activations, both of variance q*, one layer on (Poole et al. 2016, the
/// correlation map); its slope at 1 is chi1. Error below 1e-8 for q <= 1e4; q must be finite.
double next_correlation(const MeanField& field, double q, double correlation);

/// c*, the correlation to which the map leads two inputs that are neither alike nor opposite, both of the finite
/// variance q*: 1 in the ordered phase, below it in the chaotic one. Error below 1e-5.
double fixed_correlation(const MeanField& field, double q);

/// The slope of the correlation map at c*: what a layer leaves of the difference between two inputs' correlation and
/// c*. In the ordered phase it is chi1. Its depth scale bounds how deep networks can be trained (Schoenholz et al.
/// 2017, xi_c: they find up to six times as deep).
double correlation_slope(const MeanField& field, double q, double fixed_correlation);

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
/// none that signals come to (ReLU has one with bias variance 0 only: (2, 0), where every q is a fixed point), or none
/// of q up to 1e8.
CriticalPoint edge_of_chaos(Activation activation, double bias_variance);

}  // namespace init_lab::theory
