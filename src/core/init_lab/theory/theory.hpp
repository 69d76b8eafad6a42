// What the papers ask of one layer, and say of narrow networks. Every function names its paper;
// weights have mean 0.
#pragma once

#include <span>

namespace init_lab::theory {

/// What one layer does to the variance of a signal of mean 0; 1 is what the paper asks for.
struct VarianceFactors {
  double forward;   ///< n_in Var W: linear signal forward (Glorot & Bengio 2010, eq. 10)
  double backward;  ///< n_out Var W: its gradient backward (Glorot & Bengio 2010, eq. 11)
  double
      rectified;  ///< (1 + a²) / 2 n_in Var W: forward through a rectifier of slope a below 0 (He et al. 2015, eq. 15)
};
VarianceFactors variance_factors(double weight_standard_deviation, int fan_in, int fan_out, double negative_slope = 0);

/// How much the length of a ReLU network's activations varies from one He-initialized network to
/// the next: with M the mean square of the last hidden layer's activations, E[M²] / E[M]² = product
/// of (1 + 5 / n_l) over the hidden layers. Exact for normal weights of variance 2 / n_in and zero
/// biases. Grows as exp(5 sum 1/n_l). Source: Hanin & Rolnick 2018, How to start training; with
/// normal weights E[M_l² | M_{l-1}] = (1 + 5 / n_l) M_{l-1}², as a rectified N(0, 2 M) has second
/// moment M and fourth moment 6 M².
double length_fluctuation(std::span<const int> hidden_widths);
/// Sum of 1 / n_l over the hidden layers, which is to be kept small (Hanin & Rolnick 2018).
double width_sum(std::span<const int> hidden_widths);

/// Upper bound of the probability that a ReLU network of symmetric weights and zero biases is born
/// dead (constant on all inputs): 1 - product of (1 - 2^-n_l) over the hidden layers (Lu et al.
/// 2020, Dying ReLU and initialization).
double born_dead_bound(std::span<const int> hidden_widths);

}  // namespace init_lab::theory
