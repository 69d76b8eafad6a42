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
      point.gain = Eigen::Map<const Vector>(parameters.data() + layer.gains, layer.out);
      n = scale_rows(point.gain, point.standardized);
      n.colwise() += Eigen::Map<const Vector>(parameters.data() + layer.shifts, layer.out);
    }
    point.slopes = activation_slopes(layer, n);
    if (!is_piecewise_linear(layer.activation))
      point.curvatures = n.unaryExpr([&](double z) { return second_derivative(layer, z); });
    point.a = std::move(signals.a);
    point.da = std::move(signals.da);
    point.dn = l + 1 < points_.size() ? Matrix(point.da.cwiseProduct(point.slopes)) : point.dz;
  }
}

std::vector<double> HessianProduct::operator()(std::span<const double> v) const {
  const std::size_t last = points_.size() - 1;
  const auto entries = [&](std::size_t offset, Eigen::Index count) {
    return Eigen::Map<const Vector>(v.data() + offset, count);
  };

  // Derivatives along v of what the forward pass computes. A name with an r stands for such a
  // derivative.
  std::vector<Matrix> r_branch(last + 1), r_z(last + 1), r_standardized(last + 1), r_n(last + 1), r_a(last + 1);
  for (std::size_t l = 0; l <= last; ++l) {
    const Layer& layer = network_.layers[l];
    const Point& point = points_[l];
    const auto r_w = weights_of(layer, v);
    r_branch[l] = product(r_w, l == 0 ? x_ : points_[l - 1].a);
    if (l > 0) r_branch[l] += product(point.w, r_a[l - 1]);
    r_branch[l].colwise() += biases_of(layer, v);
    r_z[l] = r_branch[l];
    if (layer.skip.present) {
      r_z[l] = r_z[l - 1] + point.s * r_branch[l];
      if (layer.skip.learned) r_z[l] += v[layer.scale] * point.branch;
    }
    r_n[l] = r_z[l];
    if (layer.normalized()) {
      const Normalization kind = layer.normalizer.kind;
      const Matrix along = group_means(point.standardized.cwiseProduct(r_z[l]), kind);
      r_standardized[l] =
          (r_z[l] - group_means(r_z[l], kind) - point.standardized.cwiseProduct(along)).cwiseProduct(point.inverse);
      r_n[l] =
          scale_rows(point.gain, r_standardized[l]) + scale_rows(entries(layer.gains, layer.out), point.standardized);
      r_n[l].colwise() += entries(layer.shifts, layer.out);
    }
    r_a[l] = point.slopes.cwiseProduct(r_n[l]);
  }

  // The backward pass: dz of the output layer as a function of its z, then layer by layer down.
  std::vector<double> result(v.size());
  const double share = 1.0 / static_cast<double>(x_.cols());
  Matrix r_dz;        // of the layer above, then of the layer
  Matrix r_dy_above;  // of the layer above
  for (std::size_t l = last + 1; l-- > 0;) {
    const Layer& layer = network_.layers[l];
    const Point& point = points_[l];
    if (l == last) {
      const Matrix& r = r_z[l];
      if (network_.output == Output::softmax) {
        const Eigen::RowVectorXd means = point.a.cwiseProduct(r).colwise().sum();
        r_dz = point.a.cwiseProduct(r - means.replicate(r.rows(), 1));
      } else if (network_.output == Output::tanh) {
        // dz = (a - t) (1 - a²)
        r_dz = (point.slopes.cwiseAbs2() - 2 * point.a.cwiseProduct(point.dz)).cwiseProduct(r);
      } else {
        r_dz = point.slopes.cwiseProduct(r);
      }
    } else {
      const Layer& above = network_.layers[l + 1];
      const Matrix r_da = transposed_product(weights_of(above, v), points_[l + 1].dy) +
                          transposed_product(points_[l + 1].w, r_dy_above);
      Matrix r_own = r_da.cwiseProduct(point.slopes);
      if (point.curvatures.size() > 0) r_own += point.da.cwiseProduct(point.curvatures).cwiseProduct(r_n[l]);
      if (layer.normalized()) {
        const Normalization kind = layer.normalizer.kind;
        const Matrix& standardized = point.standardized;
        const Vector r_gain = entries(layer.gains, layer.out);
        const Matrix r_dn = std::move(r_own);
        Eigen::Map<Vector>(result.data() + layer.gains, layer.out) =
            share * (r_dn.cwiseProduct(standardized) + point.dn.cwiseProduct(r_standardized[l])).rowwise().sum();
        Eigen::Map<Vector>(result.data() + layer.shifts, layer.out) = share * r_dn.rowwise().sum();
        const Matrix d = scale_rows(point.gain, point.dn);
        const Matrix r_d = scale_rows(point.gain, r_dn) + scale_rows(r_gain, point.dn);
        const Matrix along = group_means(standardized.cwiseProduct(r_z[l]), kind);
        r_own = r_d - group_means(r_d, kind) -
                r_standardized[l].cwiseProduct(group_means(d.cwiseProduct(standardized), kind)) -
                standardized.cwiseProduct(
                    group_means(r_d.cwiseProduct(standardized) + d.cwiseProduct(r_standardized[l]), kind)) -
                along.cwiseProduct(point.dz_own);
        r_own = r_own.cwiseProduct(point.inverse).eval();
      }
      r_dz = above.skip.present ? Matrix(r_own + r_dz) : std::move(r_own);
    }
    Matrix r_dy = r_dz;
    if (layer.skip.present) {
      r_dy = point.s * r_dz;
      if (layer.skip.learned) {
        r_dy += v[layer.scale] * point.dz;
        result[layer.scale] = share * (r_dz.cwiseProduct(point.branch) + point.dz.cwiseProduct(r_branch[l])).sum();
      }
    }
    RowMajorMatrix r_gradient = product_over_examples(r_dy, l == 0 ? x_ : points_[l - 1].a);
    if (l > 0) r_gradient += product_over_examples(point.dy, r_a[l - 1]);
    weights_of(layer, std::span<double>(result)) = share * r_gradient;
    biases_of(layer, std::span<double>(result)) = share * r_dy.rowwise().sum();
    r_dy_above = std::move(r_dy);
  }
  return result;
}

}  // namespace init_lab
