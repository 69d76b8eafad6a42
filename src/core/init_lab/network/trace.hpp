// The network as the course writes it on the blackboard, every intermediate matrix kept: for measuring and for testing.
// Training uses the kernel, which computes the same and keeps nothing.
#pragma once

#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/parameter_views.hpp"

namespace init_lab {

/// One layer's matrices, each out by m. The derivatives are those of an example's own cost: m times those of the mean.
struct LayerTrace {
  Matrix z;   ///< pre-activations, W a_prev + b
  Matrix a;   ///< activations, phi(z)
  Matrix dz;  ///< derivative of the example's cost by z
  Matrix da;  ///< derivative of the example's cost by a
};

/// Forward and backward pass over a set of examples, in float64.
struct Trace {
  std::vector<LayerTrace> layers;  ///< hidden layers, then the output layer
  double cost = 0;                 ///< mean of example_cost over the examples; may be infinite or NaN
  std::vector<double> gradient{};  ///< of the cost, in the order of the parameters
};

/// The examples' features as a matrix, features by m. A view of `points`.
inline Eigen::Map<const RowMajorMatrix> features_of(const Points& points) {
  return {points.x.data(), points.features, points.size()};
}

/// W a_prev + b for every example; `input` is layer.in by m.
Matrix pre_activations(const Layer& layer, std::span<const double> parameters, const Eigen::Ref<const Matrix>& input);

/// phi(z), entry by entry.
Matrix activate(const Layer& layer, const Matrix& z);

/// phi'(z), entry by entry.
Matrix activation_slopes(const Layer& layer, const Matrix& z);

/// Runs the network with these parameters (network.parameters long) over at least one example. Sums run over inputs and
/// examples in Eigen's order, so that the result agrees with the kernel's up to rounding, not to the bit.
Trace trace(const Network& network, std::span<const double> parameters, const Points& examples);

}  // namespace init_lab
