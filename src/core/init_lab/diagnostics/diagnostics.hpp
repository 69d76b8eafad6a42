// Measurements of the signals in a network: pre-activations, activations, gradients; dead,
// saturated and duplicated units; how far the weights have moved.
#pragma once

#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab {

/// Mean, variance and histogram of the entries of a matrix (units by examples). Infinite entries
/// and NaN are counted in `non_finite` and left out of the rest.
struct Distribution {
  double mean = 0;
  double variance = 0;  ///< population variance (divided by the count)
  double low = 0;       ///< least finite value, where the histogram begins
  double high = 0;      ///< greatest finite value, where the histogram ends
  /// Counts in equal bins from low to high; all in the first bin when low = high.
  std::vector<double> histogram{};
  double non_finite = 0;  ///< number of entries that are infinite or NaN
};

/// One layer, hidden or output. Gradients of signals are those of an example's own cost (m times
/// those of the mean), so they do not depend on the number of examples. Gradients of weights are
/// those of the mean cost, without the L2 term.
struct LayerDiagnostics {
  Distribution pre_activation;           ///< z
  Distribution activation;               ///< a = phi(z)
  Distribution pre_activation_gradient;  ///< dJ/dz
  Distribution activation_gradient;      ///< dJ/da
  double weight_norm = 0;                ///< Frobenius norm of W
  double gradient_norm = 0;              ///< Frobenius norm of dJ/dW
  /// Step of plain gradient descent over the weights: (decayed) learning rate * gradient norm /
  /// weight norm. 0 where the gradient is 0, infinite where only W is 0.
  double update_ratio = 0;
  /// How far the layer has moved: |W - W0| / |W0|, W0 being its parameters (biases included) at
  /// iteration 0. 0 where nothing has moved, infinite where W0 is 0, NaN where W0 is not given.
  /// Large starts move little (Chizat, Oyallon & Bach 2019, On lazy training in differentiable
  /// programming).
  double distance = 0;
  std::vector<int> dead{};   ///< units whose activation and slope are 0 on every example
  double saturated = 0;      ///< share of entries with |phi'| below 1 % of its maximum
  int distinct = 0;          ///< rows of [W | b] that differ by more than 1e-9 of the larger norm
  std::vector<int> group{};  ///< for each unit the first unit with the same row
  /// Largest |cosine| between two rows of [W | b] that are not 0. 0 where there are no two such
  /// rows, NaN where it is not measured: see DiagnosticsOptions and kMostCosineWork.
  double largest_cosine = 0;
  int rank = 0;  ///< numerical rank of W; -1 where the singular values are not measured
  /// Of W, in descending order. Empty where they are not measured: if W is not finite, and see
  /// DiagnosticsOptions, kMostSingularValueWork and kMostSmallSide.
  std::vector<double> singular_values{};
};

/// The page measures while it trains, so slow measurements are left out. Cosines: if units squared
/// times inputs exceeds this number.
inline constexpr double kMostCosineWork = 1.5e9;
/// Singular values: if the smaller side squared times the larger side exceeds this number, or …
inline constexpr double kMostSingularValueWork = 1.5e8;
/// … if the smaller side exceeds this number.
inline constexpr double kMostSmallSide = 128;

struct Diagnostics {
  std::vector<LayerDiagnostics> layers;
  double distance = 0;  ///< |W - W0| / |W0| over all parameters
};

struct DiagnosticsOptions {
  int bins = 40;  ///< of the histograms, at least 1
  bool largest_cosine = true;
  bool singular_values = true;
  std::span<const double> start{};  ///< the parameters at iteration 0, or none
};

/// Measures the network with these parameters on the examples (at least one). `learning_rate` is
/// used for the update ratio only. Parameters may be infinite or NaN.
Diagnostics diagnose(const Network& network, std::span<const double> parameters, const Points& examples,
                     double learning_rate, const DiagnosticsOptions& options = {});

}  // namespace init_lab
