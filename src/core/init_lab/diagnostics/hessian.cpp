#include "init_lab/diagnostics/hessian.hpp"

#include <cstddef>
#include <utility>

#include "init_lab/data/points.hpp"
#include "init_lab/network/activation_functions.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/parameter_views.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/products.hpp"

namespace init_lab {

namespace {

/// phi''(z); 0 at and beside a kink.
double second_derivative(const Layer& layer, double z) {
  switch (layer.activation) {
    case Activation::sine:
      return -layer.parameter * layer.parameter * info(layer.activation).value_with(z, layer.parameter);
    case Activation::elu:
      return z < 0 ? elementary::exp(z) : 0;
    case Activation::selu:
      return z < 0 ? kSeluScale * kSeluAlpha * elementary::exp(z) : 0;
    case Activation::gelu: {
      constexpr double kInverseSqrtTwoPi = 0.39894228040143267794;
      return kInverseSqrtTwoPi * elementary::exp(-z * z / 2) * (2 - z * z);
    }
    case Activation::silu: {
      const double s = elementary::sigmoid(z);
      return s * (1 - s) * (2 + z * (1 - 2 * s));
    }
    case Activation::tanh: {
      const double a = elementary::tanh(z);
      return -2 * a * (1 - a * a);
    }
    case Activation::sigmoid: {
      const double a = elementary::sigmoid(z);
      return a * (1 - a) * (1 - 2 * a);
    }
    // No default: the compiler names an activation that is missing here.
    case Activation::relu:
    case Activation::leaky_relu:
    case Activation::linear:
      break;
  }
  return 0;
}

bool is_piecewise_linear(Activation activation) {
  return activation == Activation::relu || activation == Activation::leaky_relu || activation == Activation::linear;
}

/// Each entry replaced by the mean over its group: its example (layer normalization) or its unit
/// (batch normalization).
Matrix group_means(const Matrix& values, Normalization kind) {
  Matrix means(values.rows(), values.cols());
  if (kind == Normalization::layer)
    means.rowwise() = values.colwise().mean();
  else
    means.colwise() = values.rowwise().mean();
  return means;
}

/// The normalization's gain and shift of a layer, out long, in a parameter vector.
Eigen::Map<const Vector> gains_of(const Layer& layer, std::span<const double> parameters) {
  return {parameters.data() + layer.gains, layer.out};
}
Eigen::Map<const Vector> shifts_of(const Layer& layer, std::span<const double> parameters) {
  return {parameters.data() + layer.shifts, layer.out};
}

/// diag(factors) times values.
Matrix scale_rows(const Vector& factors, const Matrix& values) { return factors.asDiagonal() * values; }

}  // namespace

HessianProduct::HessianProduct(const Network& network, std::span<const double> parameters, const Points& examples)
    : network_(network), x_(features_of(examples)), points_(network.layers.size()) {
  Trace at_point = trace(network, parameters, examples);
  for (std::size_t l = 0; l < points_.size(); ++l) {
    const Layer& layer = network.layers[l];
    LayerTrace& signals = at_point.layers[l];
    Point& point = points_[l];
    point.w = weights_of(layer, parameters);
    point.dz = signals.dz;
    point.dz_own = point.dz;
    if (l + 1 < points_.size() && network.layers[l + 1].skip.present) point.dz_own -= at_point.layers[l + 1].dz;
    if (layer.skip.present) {
      point.s = layer.skip.learned ? parameters[layer.scale] : layer.skip.scale;
      point.branch = product(point.w, points_[l - 1].a);
      point.branch.colwise() += biases_of(layer, parameters);
    }
    point.dy = point.s * point.dz;
    Matrix n = std::move(signals.z);
    if (layer.normalized()) {
      const Normalization kind = layer.normalizer.kind;
      const Matrix centred = n - group_means(n, kind);
      const Matrix variances = group_means(centred.cwiseAbs2(), kind);
      point.inverse = (variances.array() + layer.normalizer.epsilon).rsqrt().matrix();
      point.standardized = centred.cwiseProduct(point.inverse);
      point.gain = gains_of(layer, parameters);
      n = scale_rows(point.gain, point.standardized);
      n.colwise() += shifts_of(layer, parameters);
    }
    point.slopes = activation_slopes(layer, n);
    if (!is_piecewise_linear(layer.activation))
      point.curvatures = n.unaryExpr([&](double z) { return second_derivative(layer, z); });
    point.a = std::move(signals.a);
    point.da = std::move(signals.da);
    point.dn = l + 1 < points_.size() ? Matrix(point.da.cwiseProduct(point.slopes)) : point.dz;
  }
}

std::vector<HessianProduct::Along> HessianProduct::forward_along(std::span<const double> v) const {
  std::vector<Along> along(points_.size());
  for (std::size_t l = 0; l < points_.size(); ++l) {
    const Layer& layer = network_.layers[l];
    const Point& point = points_[l];
    Along& r = along[l];
    r.branch = product(weights_of(layer, v), l == 0 ? x_ : points_[l - 1].a);
    if (l > 0) r.branch += product(point.w, along[l - 1].a);
    r.branch.colwise() += biases_of(layer, v);
    r.z = r.branch;
    if (layer.skip.present) {
      r.z = along[l - 1].z + point.s * r.branch;
      if (layer.skip.learned) r.z += v[layer.scale] * point.branch;
    }
    r.n = r.z;
    if (layer.normalized()) {
      const Normalization kind = layer.normalizer.kind;
      const Matrix shared = group_means(point.standardized.cwiseProduct(r.z), kind);
      r.standardized =
          (r.z - group_means(r.z, kind) - point.standardized.cwiseProduct(shared)).cwiseProduct(point.inverse);
      r.n = scale_rows(point.gain, r.standardized) + scale_rows(gains_of(layer, v), point.standardized);
      r.n.colwise() += shifts_of(layer, v);
    }
    r.a = point.slopes.cwiseProduct(r.n);
  }
  return along;
}

Matrix HessianProduct::output_dz_along(const Matrix& r_z) const {
  const Point& point = points_.back();
  if (network_.output == Output::softmax) {
    const Eigen::RowVectorXd means = point.a.cwiseProduct(r_z).colwise().sum();
    return point.a.cwiseProduct(r_z - means.replicate(r_z.rows(), 1));
  }
  // dz = (a - t) (1 - a²)
  if (network_.output == Output::tanh)
    return (point.slopes.cwiseAbs2() - 2 * point.a.cwiseProduct(point.dz)).cwiseProduct(r_z);
  return point.slopes.cwiseProduct(r_z);
}

Matrix HessianProduct::normalized_dz_along(std::size_t l, std::span<const double> v, const Along& r, const Matrix& r_dn,
                                           std::span<double> result) const {
  const Layer& layer = network_.layers[l];
  const Point& point = points_[l];
  const Normalization kind = layer.normalizer.kind;
  const Matrix& standardized = point.standardized;
  Eigen::Map<Vector>(result.data() + layer.gains, layer.out) =
      share() * (r_dn.cwiseProduct(standardized) + point.dn.cwiseProduct(r.standardized)).rowwise().sum();
  Eigen::Map<Vector>(result.data() + layer.shifts, layer.out) = share() * r_dn.rowwise().sum();
  const Matrix d = scale_rows(point.gain, point.dn);
  const Matrix r_d = scale_rows(point.gain, r_dn) + scale_rows(gains_of(layer, v), point.dn);
  const Matrix shared = group_means(standardized.cwiseProduct(r.z), kind);
  const Matrix r_dz =
      r_d - group_means(r_d, kind) - r.standardized.cwiseProduct(group_means(d.cwiseProduct(standardized), kind)) -
      standardized.cwiseProduct(group_means(r_d.cwiseProduct(standardized) + d.cwiseProduct(r.standardized), kind)) -
      shared.cwiseProduct(point.dz_own);
  return r_dz.cwiseProduct(point.inverse);
}

std::vector<double> HessianProduct::operator()(std::span<const double> v) const {
  const std::size_t last = points_.size() - 1;
  const std::vector<Along> along = forward_along(v);
  std::vector<double> result(v.size());
  Matrix r_dz;        // of the layer above, then of the layer
  Matrix r_dy_above;  // of the layer above
  for (std::size_t l = last + 1; l-- > 0;) {
    const Layer& layer = network_.layers[l];
    const Point& point = points_[l];
    if (l == last) {
      r_dz = output_dz_along(along[l].z);
    } else {
      const Layer& above = network_.layers[l + 1];
      const Matrix r_da = transposed_product(weights_of(above, v), points_[l + 1].dy) +
                          transposed_product(points_[l + 1].w, r_dy_above);
      Matrix r_own = r_da.cwiseProduct(point.slopes);
      if (point.curvatures.size() > 0) r_own += point.da.cwiseProduct(point.curvatures).cwiseProduct(along[l].n);
      if (layer.normalized()) r_own = normalized_dz_along(l, v, along[l], r_own, result);
      r_dz = above.skip.present ? Matrix(r_own + r_dz) : std::move(r_own);
    }
    Matrix r_dy = r_dz;
    if (layer.skip.present) {
      r_dy = point.s * r_dz;
      if (layer.skip.learned) {
        r_dy += v[layer.scale] * point.dz;
        result[layer.scale] =
            share() * (r_dz.cwiseProduct(point.branch) + point.dz.cwiseProduct(along[l].branch)).sum();
      }
    }
    RowMajorMatrix r_gradient = product_over_examples(r_dy, l == 0 ? x_ : points_[l - 1].a);
    if (l > 0) r_gradient += product_over_examples(point.dy, along[l - 1].a);
    weights_of(layer, std::span<double>(result)) = share() * r_gradient;
    biases_of(layer, std::span<double>(result)) = share() * r_dy.rowwise().sum();
    r_dy_above = std::move(r_dy);
  }
  return result;
}

}  // namespace init_lab
