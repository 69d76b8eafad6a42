// The reference pass: forward and backward in plain matrix algebra, every intermediate matrix kept.
// Measurements and tests use it. Training uses the kernel, which computes the same and keeps
// nothing.
#pragma once

#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/parameter_views.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

/// One layer's matrices, each out by m; network.hpp has the formulas. The derivatives are those of
/// an example's own cost: m times those of the mean.
struct LayerTrace {
  Matrix z;           ///< pre-activations
  Matrix normalized;  ///< n, the normalized z; empty without normalization
  Matrix a;           ///< activations; the probabilities of a softmax
  Matrix dz;          ///< derivative of the example's cost by z
  Matrix da;          ///< derivative of the example's cost by a
  Vector mean;        ///< in normalization: of each unit (batch) or example (layer)
  Vector variance;    ///< likewise, without epsilon

  /// What the activation function is applied to: n, or z without normalization.
  [[nodiscard]] const Matrix& activation_input() const noexcept { return normalized.size() > 0 ? normalized : z; }
};

/// Forward and backward pass over a set of examples, in float64.
struct Trace {
  std::vector<LayerTrace> layers;  ///< hidden layers, then the output layer
  double cost = 0;                 ///< mean of example_cost; may be infinite or NaN
  std::vector<double> gradient{};  ///< of the cost, in the order of the parameters
};

/// The examples' features as a matrix, features by m. A view of `points`.
inline Eigen::Map<const RowMajorMatrix> features_of(const Points& points) {
  return {points.x.data(), points.features, points.size()};
}

/// W a_below + b for every example; `a_below` is layer.in by m.
Matrix pre_activations(const Layer& layer, std::span<const double> parameters, const Eigen::Ref<const Matrix>& a_below);

/// phi(n), entry by entry.
Matrix activate(const Layer& layer, const Matrix& n);

/// phi'(n), entry by entry.
Matrix activation_slopes(const Layer& layer, const Matrix& n);

/// The layer's forward pass: z, normalized, a and the statistics; dz and da are empty. The
/// statistics of batch normalization are those of these examples. A softmax is not applied: a is z
/// then.
/// @param z_below the pre-activations of the layer below; read by skip connections only
LayerTrace forward(const Layer& layer, std::span<const double> parameters, const Eigen::Ref<const Matrix>& a_below,
                   const Matrix& z_below);

/// Runs the network with these parameters (network.parameters long) over at least one example, with
/// the statistics of these examples for batch normalization. Sums run over inputs and examples in
/// increasing order, so the result agrees with the kernel's up to rounding, not to the bit.
Trace trace(const Network& network, std::span<const double> parameters, const Points& examples);

}  // namespace init_lab
