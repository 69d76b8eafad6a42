// Exact products of the cost's Hessian with vectors.
#pragma once

#include <cstddef>
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
/// does. The L2 term is not included.
class HessianProduct {
 public:
  /// Keeps a reference to none of the arguments.
  HessianProduct(const Network& network, std::span<const double> parameters, const Points& examples);

  /// Returns H v. `v` has network.parameters entries. One call costs about three gradients.
  [[nodiscard]] std::vector<double> operator()(std::span<const double> v) const;

 private:
  /// A layer's quantities at the point. Matrices are out by m. Derivatives d… are those of an
  /// example's own cost.
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

  /// The derivatives of a layer's forward quantities along the vector, each out by m. hessian.cpp
  /// writes r_x for the derivative of x along the vector.
  struct Along {
    Matrix branch, z, n, a;
    Matrix standardized;  ///< empty without normalization
  };

  /// 1 / m: the weight of an example in the mean cost.
  [[nodiscard]] double share() const noexcept { return 1.0 / static_cast<double>(x_.cols()); }
  [[nodiscard]] std::vector<Along> forward_along(std::span<const double> v) const;
  /// Returns the derivative of the output layer's dz, from that of its z.
  [[nodiscard]] Matrix output_dz_along(const Matrix& r_z) const;
  /// Returns the derivative of a normalized layer's dz (without the part of the skip connection
  /// above), from that of its dn. Writes the entries of gain and shift to `result`.
  Matrix normalized_dz_along(std::size_t l, std::span<const double> v, const Along& r, const Matrix& r_dn,
                             std::span<double> result) const;

  Network network_;
  Matrix x_;
  std::vector<Point> points_;
};

}  // namespace init_lab
