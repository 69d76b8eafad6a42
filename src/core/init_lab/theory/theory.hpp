// Laws of the papers for one layer, narrow networks, residual layers and normalization. Every
// function names its paper. Weights have mean 0.
#pragma once

#include <span>

#include "init_lab/network/network.hpp"
#include "init_lab/theory/mean_field.hpp"

namespace init_lab::theory {

/// Factors by which one layer changes the variance of a signal of mean 0. Each paper recommends the
/// factor 1.
struct VarianceFactors {
  /// n_in Var W: a linear signal on its way up (Glorot & Bengio 2010, equation 10).
  double forward;
  /// n_out Var W: its gradient on its way down (Glorot & Bengio 2010, equation 11).
  double backward;
  /// (1 + a²) / 2 n_in Var W: on its way up through a rectifier of slope a below 0 (He et al. 2015,
  /// equation 15).
  double rectified;
};
VarianceFactors variance_factors(double weight_standard_deviation, int fan_in, int fan_out, double negative_slope = 0);

/// Returns how much the length of a ReLU network's activations varies from one He-initialized
/// network to the next: with M the mean square of the last hidden layer's activations, E[M²] /
/// E[M]² = product of (1 + 5 / n_l) over the hidden layers. Exact for normal weights of variance 2
/// / n_in and zero biases. Grows as exp(5 sum 1/n_l). Source: Hanin & Rolnick 2018, How to start
/// training; with normal weights E[M_l² | M_{l-1}] = (1 + 5 / n_l) M_{l-1}², because a
/// rectified N(0, 2 M) has second moment M and fourth moment 6 M².
double length_fluctuation(std::span<const int> hidden_widths);
/// Returns the sum of 1 / n_l over the hidden layers, which should be small (Hanin & Rolnick 2018).
double width_sum(std::span<const int> hidden_widths);

/// Returns an upper bound of the probability that a ReLU network of symmetric weights and zero
/// biases is born dead (constant on all inputs): 1 - product of (1 - 2^-n_l) over the hidden layers
/// (Lu et al. 2020, Dying ReLU and initialization).
double born_dead_bound(std::span<const int> hidden_widths);

/// Returns the factor by which the variance of the pre-activations grows over a stack of residual
/// layers z + s (W phi(z) + b) with a rectifier phi of slope a below 0, weights of variance
/// weight_variance / n and zero biases: (1 + s² weight_variance (1 + a²) / 2)^layers. The
/// gradient's second moment grows by the same factor on its way down. He's start has
/// weight_variance 2 / (1 + a²): s = 1 gives 2^L, s = 1 / sqrt(L) at most e, s = 1 / L nearly 1.
/// Exact in the mean over draws, at any width. Sources: Yang & Schoenholz 2017, Mean field residual
/// networks; De & Smith 2020, Batch normalization biases residual blocks towards the identity
/// function in deep networks.
double residual_growth(double branch_scale, double weight_variance, int layers, double negative_slope = 0);

/// Returns the factor by which the norm of the gradient grows per layer, on its way down through
/// wide plain layers whose pre-activations are normalized. The scale of the weights cancels.
///   - batch: sqrt(E[phi'(z)²] / Var[phi(z)]) with z ~ N(0, 1), for large batches and for layers
///     so deep that the examples are as different as possible. For ReLU it is sqrt(pi / (pi - 1))
///     = 1.2111 (Yang, Pennington, Rao, Sohl-Dickstein & Schoenholz 2019, A mean field theory of
///     batch normalization).
///   - layer: sqrt(E[phi'(z)²] / E[phi(z)²]), which is 1 for rectifiers, because normalization
///     sets the variance to 1 (Ba, Kiros & Hinton 2016, Layer normalization, with the length map of
///     Poole et al. 2016).
///   - none: NaN, because the growth depends on the weights: see chi().
double normalized_gradient_growth(const ActivationFunction& activation, Normalization normalization);

}  // namespace init_lab::theory
