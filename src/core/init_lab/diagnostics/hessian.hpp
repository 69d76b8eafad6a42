// Exact products of the cost's Hessian with vectors.
#pragma once

#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

/// Multiplies the Hessian of the mean cost over some examples, at one point of parameter space,
/// with vectors.
///
/// The product is exact: the derivative of the whole gradient computation along the vector, called
/// the R-operator (Pearlmutter 1994, Fast exact multiplication by the Hessian). At kinks (ReLU,
/// leaky ReLU) the slopes stay as they are at the point, so this is the Hessian of the smooth
/// region that holds the point. Batch normalization uses the examples' own statistics, as training
/// does. Without the L2 term.
class HessianProduct {
 public:
  /// Keeps a reference to none of the arguments.
  HessianProduct(const Network& network, std::span<const double> parameters, const Points& examples);

  /// Returns H v. `v` has network.parameters entries. One call costs about three gradients.
  [[nodiscard]] std::vector<double> operator()(std::span<const double> v) const;

 private:
  /// What a layer holds at the point. Matrices are out by m unless said otherwise. Derivatives d…
  /// are of an example's own cost.
  struct Point {
    RowMajorMatrix w;
    double s = 1;         ///< branch scale of a skip connection, else 1
    Matrix branch;        ///< W a_below + b
    Matrix standardized;  ///< (z - mean) / deviation; empty without normalization
    Matrix inverse;       ///< 1 / deviation of each entry's group
    Vector gain;
    Matrix slopes;      ///< phi'(n)
    Matrix curvatures;  ///< phi''(n); empty where it is 0 everywhere
    Matrix a;
    Matrix da, dn, dz, dy;
    Matrix dz_own;  ///< dz without the part that comes down the skip connection of the layer above
  };

  Network network_;
  Matrix x_;
  std::vector<Point> points_;
};

}  // namespace init_lab
