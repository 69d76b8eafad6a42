// Mean-field theory: what wide fully connected networks do to signals, layer by layer. Weights have
// mean 0. Sources: Poole, Lahiri, Raghu, Sohl-Dickstein & Ganguli 2016, Exponential expressivity in
// deep neural networks through transient chaos; Schoenholz, Gilmer, Ganguli & Sohl-Dickstein 2017,
// Deep information propagation.
#pragma once

#include "init_lab/network/activations.hpp"
#include "init_lab/numerics/lanes.hpp"

namespace init_lab::theory {

/// An activation with its parameter: leaky ReLU's slope.
struct ActivationFunction {
  Activation id;
  double parameter;

  // Implicit, so that an activation can be passed with its default parameter.
  ActivationFunction(Activation activation)  // NOLINT(google-explicit-constructor)
      : id(activation), parameter(info(activation).parameter) {}
  ActivationFunction(Activation activation, double with) : id(activation), parameter(with) {}
  /// phi and phi' of two numbers.
  [[nodiscard]] Activated<F64x2> at(F64x2 z) const noexcept { return info(id).evaluate(z, parameter); }
  [[nodiscard]] double value(double z) const noexcept { return info(id).value_with(z, parameter); }
};

/// W ~ N(0, weight_variance / n_in), b ~ N(0, bias_variance): sigma_w² and sigma_b² of the papers.
struct MeanField {
  ActivationFunction activation;
  double weight_variance;
  double bias_variance;
};

/// Returns E[phi(sqrt(q) z)²] for z ~ N(0, 1) and q >= 0. Relative error below 1e-12 for q <= 1e6,
/// 1e-9 for q <= 1e12.
double activation_second_moment(const ActivationFunction& activation, double q);
/// Returns E[phi'(sqrt(q) z)²]; at q = 0 its limit from above. Errors as above.
double slope_second_moment(const ActivationFunction& activation, double q);

/// Returns q' = sigma_w² E[phi(sqrt(q) z)²] + sigma_b²: the variance of the pre-activations one
/// layer after a layer with variance q (Poole et al. 2016, the length map).
double next_variance(const MeanField& field, double q);

/// Returns q*, the limit of the variance over many layers that begin with `start` > 0: 0, finite,
/// or infinite. Returns `start` where the map keeps every variance (ReLU at (2, 0)). GELU and SiLU
/// can have several fixed points; the map rises, so the limit is the first one on the way from
/// `start`. Relative error below 1e-10 away from the edge of chaos.
double fixed_variance(const MeanField& field, double start = 1);

/// Returns chi1 = sigma_w² E[phi'(sqrt(q) z)²] at q = q*. Above 1, nearby inputs separate and
/// gradients explode. Below 1, inputs become alike and gradients vanish. 1 is the edge of chaos
/// (Poole et al. 2016). Over l layers of equal width the gradient's second moment changes by chi1^l
/// (Schoenholz et al. 2017).
double chi(const MeanField& field, double q);

/// Returns 1 / |ln slope|: the number of layers over which a quantity changes by the factor e if
/// each layer multiplies it by `slope`. For chi1 the quantity is the square of a gradient, and the
/// result is infinite on the edge of chaos (Schoenholz et al. 2017, xi of the gradient).
double depth_scale(double slope);

/// Returns the correlation of two inputs' pre-activations one layer after a layer where both have
/// the finite variance q* and this correlation (Poole et al. 2016, the correlation map). Its slope
/// at 1 is chi1. Error below 1e-8 for q <= 1e4.
double next_correlation(const MeanField& field, double q, double correlation);

/// Returns c*, the limit of the correlation of two different inputs over many layers, both of the
/// finite variance q*: 1 in the ordered phase, less in the chaotic one. Error below 1e-5.
double fixed_correlation(const MeanField& field, double q);

/// Returns the slope of the correlation map at c*: the factor by which one layer shrinks the
/// difference between two inputs' correlation and c*. In the ordered phase it is chi1. Its depth
/// scale limits how deep networks can be trained (Schoenholz et al. 2017, xi_c: up to six times
/// that depth).
double correlation_slope(const MeanField& field, double q, double fixed_correlation);

/// A point on the edge of chaos.
struct CriticalPoint {
  double weight_variance;
  double bias_variance;
  double q;  ///< q*
};

/// Returns the point with q* = q: sigma_w² = 1 / E[phi'²], sigma_b² = q - sigma_w² E[phi²]. A
/// negative sigma_b² means that there is no such point.
CriticalPoint critical_point_at(const ActivationFunction& activation, double q);

/// Returns the point on the edge of chaos with this bias variance. Its weight variance and q are
/// NaN where there is no such point, where signals do not converge to it, or where its q exceeds
/// 1e8. (ReLU has a point for bias variance 0 only: (2, 0), where every q is a fixed point.)
CriticalPoint edge_of_chaos(const ActivationFunction& activation, double bias_variance);

}  // namespace init_lab::theory
