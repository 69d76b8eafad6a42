// What the signals in a network look like: pre-activations, activations, gradients, dead, saturated and duplicated units.
#pragma once

#include <span>
#include <vector>

#include "core/datasets.hpp"
#include "core/network.hpp"

namespace init_lab {

/// Mean, variance and histogram of the entries of a matrix (units by examples).
struct Distribution {
  double mean = 0;
  double variance = 0;          ///< population variance (divided by the count)
  double low = 0, high = 0;     ///< range that the histogram covers: least and greatest finite value
  std::vector<double> histogram{};  ///< counts in equal bins from low to high
  double non_finite = 0;        ///< how many entries are infinite or NaN
};

/// One layer, hidden or output. Gradients are of the cost (mean over the training examples).
struct LayerDiagnostics {
  Distribution pre_activation;       ///< z = W a_prev + b
  Distribution activation;           ///< a = phi(z)
  Distribution activation_gradient;  ///< dJ/da times the number of examples, so that it does not depend on their number
  double weight_norm = 0;            ///< Frobenius norm of W
  double gradient_norm = 0;          ///< Frobenius norm of dJ/dW
  double update_ratio = 0;           ///< learning rate * gradient norm / weight norm (the step of plain gradient descent)
  std::vector<int> dead{};           ///< units whose activation's derivative is 0 on every training example
  double saturated = 0;              ///< share of entries where |phi'(z)| < 1 % of its maximum (bounded activations only)
  int distinct = 0;                  ///< rows of [W | b] that differ by more than 1e-9 relative to the largest row norm
  std::vector<int> group{};          ///< for each unit the first unit that computes the same function
  double largest_cosine = 0;         ///< largest |cosine| between two rows of [W | b]; 0 with fewer than two units
  int rank = 0;                      ///< numerical rank of W
  std::vector<double> singular_values{};  ///< of W, in descending order
};

struct Diagnostics {
  std::vector<LayerDiagnostics> layers;
};

/// Measures the network with these parameters on the examples. `learning_rate` is used for the update ratio only;
/// `bins` is the number of histogram bins.
Diagnostics diagnose(const Network& network, std::span<const double> parameters, const Points& examples,
                     double learning_rate, int bins = 40);

}  // namespace init_lab
