// What the signals in a network look like: pre-activations, activations, gradients, dead, saturated
// and duplicated units.
#pragma once

#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab {

/// Mean, variance and histogram of the entries of a matrix (units by examples). Entries that are
/// infinite or NaN are counted in `non_finite` and left out of the rest.
struct Distribution {
  double mean = 0;
  double variance = 0;              ///< population variance (divided by the count)
  double low = 0, high = 0;         ///< range that the histogram covers: least and greatest finite value
  std::vector<double> histogram{};  ///< counts in equal bins from low to high; all in the first bin when low = high
  double non_finite = 0;            ///< how many entries are infinite or NaN
};

/// One layer, hidden or output. Gradients of signals are those of an example's own cost (m times
/// those of the mean), so that they do not depend on the number of examples; gradients of weights
/// are those of the mean cost, without the L2 term.
struct LayerDiagnostics {
  Distribution pre_activation;           ///< z = W a_prev + b
  Distribution activation;               ///< a = phi(z)
  Distribution pre_activation_gradient;  ///< dJ/dz
  Distribution activation_gradient;      ///< dJ/da
  double weight_norm = 0;                ///< Frobenius norm of W
  double gradient_norm = 0;              ///< Frobenius norm of dJ/dW
  double update_ratio = 0;    ///< learning rate (decayed) * gradient norm / weight norm (the step of plain gradient
                              ///< descent); 0 where the gradient is 0, infinite where only W is
  std::vector<int> dead{};    ///< units whose activation and its derivative are 0 on every example
  double saturated = 0;       ///< share of entries where |phi'(z)| < 1 % of its maximum (tanh and sigmoid only, else 0)
  int distinct = 0;           ///< rows of [W | b] that differ by more than 1e-9 of the larger one's norm
  std::vector<int> group{};   ///< for each unit the first unit with the same row, which computes the same function
  double largest_cosine = 0;  ///< largest |cosine| between two rows of [W | b] that are not 0; 0 where there are no
                              ///< two, NaN where it is not measured (see kMostWork)
  int rank = 0;               ///< numerical rank of W, -1 where the singular values are not known
  /// Of W, in descending order. Empty where they are not asked for and where W is not finite or too
  /// large (see kMostWork).
  std::vector<double> singular_values{};
};

/// The page measures while it trains, so what takes long is left out: the cosines where units
/// squared times inputs exceeds this; the singular values of W where the smaller side squared times
/// the larger does, or the smaller side exceeds kMostSmallSide.
inline constexpr double kMostWork = 1.5e8;
inline constexpr double kMostSmallSide = 128;

struct Diagnostics {
  std::vector<LayerDiagnostics> layers;
};

/// Measures the network with these parameters on the examples (at least one). `learning_rate` is
/// used for the update ratio only; `bins` >= 1 is the number of histogram bins. Singular values
/// take longer than all else together in layers of more than a few dozen units. Parameters may be
/// infinite or NaN.
Diagnostics diagnose(const Network& network, std::span<const double> parameters, const Points& examples,
                     double learning_rate, int bins = 40, bool with_singular_values = true);

}  // namespace init_lab
