#include "init_lab/diagnostics/curvature.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "examples.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/diagnostics/hessian.hpp"
#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/decompositions.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {
namespace {

using testing::network_of;
using testing::normal_parameters;
using testing::normal_points;

/// The Hessian by central differences of the gradient. The step is so short that no gate of a
/// rectifier changes.
Matrix hessian_by_differences(const Network& network, std::vector<double> parameters, const Points& points) {
  constexpr double kStep = 1e-6;
  const auto n = static_cast<Eigen::Index>(network.parameters);
  Matrix hessian(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    double& parameter = parameters[static_cast<std::size_t>(i)];
    const double middle = parameter;
    const auto gradient_at = [&](double value) {
      parameter = value;
      return trace(network, parameters, points).gradient;
    };
    const std::vector<double> above = gradient_at(middle + kStep);
    const std::vector<double> below = gradient_at(middle - kStep);
    parameter = middle;
    for (Eigen::Index j = 0; j < n; ++j) {
      const auto k = static_cast<std::size_t>(j);
      hessian(j, i) = (above[k] - below[k]) / (2 * kStep);
    }
  }
  return (hessian + hessian.transpose()) / 2;
}

/// The full Hessian from its products with the unit vectors.
Matrix hessian_by_products(const Network& network, std::span<const double> parameters, const Points& points) {
  const HessianProduct product(network, parameters, points);
  const auto n = static_cast<Eigen::Index>(network.parameters);
  Matrix hessian(n, n);
  std::vector<double> unit(network.parameters, 0.0);
  for (Eigen::Index i = 0; i < n; ++i) {
    unit[static_cast<std::size_t>(i)] = 1;
    const std::vector<double> column = product(unit);
    hessian.col(i) = Eigen::Map<const Vector>(column.data(), n);
    unit[static_cast<std::size_t>(i)] = 0;
  }
  return hessian;
}

TEST(HessianProduct, equals_central_differences_of_the_gradient_for_every_activation_and_output) {
  constexpr std::uint32_t kSeed = 12;
  const Points points = normal_points(3, 9, kSeed);
  for (const ActivationInfo& row : activations())
    for (const Output output : {Output::sigmoid, Output::tanh}) {
      NetworkShape shape = chain(3, {4, 3}, {row.id, row.id}, output);
      // Two layers of SIREN's frequency, 30, turn too fast for central differences of this step.
      if (row.id == Activation::sine)
        for (LayerShape& layer : shape.hidden) layer.parameter = 1.5;
      const Network network = make_network(shape);
      const auto parameters = normal_parameters(network, 0.8, kSeed);
      const Matrix expected = hessian_by_differences(network, parameters, points);
      const Matrix found = hessian_by_products(network, parameters, points);
      EXPECT_LE((found - expected).norm(), 1e-7 * (1 + expected.norm())) << row.name << ", seed " << kSeed;
      EXPECT_LE((found - found.transpose()).norm(), 1e-12 * (1 + expected.norm())) << row.name;
    }
}

/// Three classes for normal_points.
Points with_classes(Points points) {
  for (std::size_t i = 0; i < points.y.size(); ++i) points.y[i] = static_cast<double>(i % 3);
  return points;
}

TEST(HessianProduct, equals_central_differences_for_skips_normalization_and_several_outputs) {
  constexpr std::uint32_t kSeed = 21;
  const Points points = with_classes(normal_points(3, 10, kSeed));
  for (const Normalization kind : {Normalization::none, Normalization::batch, Normalization::layer})
    for (const bool learned : {false, true})
      for (const Output output : {Output::softmax, Output::linear, Output::sigmoid})
        for (const Activation activation : {Activation::relu, Activation::gelu}) {
          NetworkShape shape = chain(3, {4, 4, 4}, {activation, activation, activation}, output, 3);
          for (LayerShape& layer : shape.hidden) layer.normalizer.kind = kind;
          shape.hidden[1].skip = {true, 0.7, learned};
          shape.hidden[2].skip = {true, 0.7, false};
          const Network network = make_network(shape);
          const auto parameters = normal_parameters(network, 0.7, kSeed);
          const Matrix expected = hessian_by_differences(network, parameters, points);
          const Matrix found = hessian_by_products(network, parameters, points);
          EXPECT_LE((found - expected).norm(), 1e-6 * (1 + expected.norm()))
              << testing::shown(activation) << ", normalization " << static_cast<int>(kind) << ", learned " << learned
              << ", output " << static_cast<int>(output) << ", seed " << kSeed;
        }
}

TEST(Curvature, finds_both_ends_of_the_spectrum_to_a_thousandth) {
  constexpr std::uint32_t kSeed = 7;
  const Points points = normal_points(4, 40, kSeed);
  for (const double deviation : {0.1, 1.0}) {
    const Network network = network_of(Activation::tanh, 4, {6, 5});
    const auto parameters = normal_parameters(network, deviation, kSeed);
    const Vector values = symmetric_eigen(hessian_by_products(network, parameters, points)).values;
    const Spectrum found = curvature(network, parameters, points);
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.greatest / values(0), 1, 1e-3) << "seed " << kSeed;
    EXPECT_NEAR(found.least / values(values.size() - 1), 1, 1e-3) << "seed " << kSeed;
  }
}

TEST(Curvature, of_a_diagonal_matrix_is_its_greatest_and_least_entry) {
  const std::vector<double> diagonal{3, -0.01, 2.9, 1, 0, 0.5, -0.009};
  const auto multiply = [&](std::span<const double> v) {
    std::vector<double> result(v.begin(), v.end());
    for (std::size_t i = 0; i < result.size(); ++i) result[i] *= diagonal[i];
    return result;
  };
  const Spectrum found = spectrum_ends(multiply, diagonal.size(), 50);
  EXPECT_TRUE(found.converged);
  EXPECT_NEAR(found.greatest, 3, 3e-3);
  EXPECT_NEAR(found.least, -0.01, 1e-5);
  EXPECT_FALSE(spectrum_ends(multiply, diagonal.size(), 2).converged);

  const auto zero = [](std::span<const double> v) { return std::vector<double>(v.size(), 0.0); };
  EXPECT_EQ(spectrum_ends(zero, 5, 10).greatest, 0);
  EXPECT_EQ(spectrum_ends(zero, 5, 10).least, 0);
  const auto broken = [](std::span<const double> v) {
    return std::vector<double>(v.size(), std::numeric_limits<double>::quiet_NaN());
  };
  EXPECT_TRUE(std::isnan(spectrum_ends(broken, 5, 10).greatest));
}

/// Exercise 5 of the course's notebook on initialization, week 1 of its second course.
Spec exercise_5(const Choice& start, double learning_rate = 0.01) {
  Spec spec;
  spec.dataset = {"circles", {}};
  spec.layers = {10, 5};
  spec.activations = {"relu"};
  spec.init.all = start;
  spec.init.all.parameters["seed"] = 3;
  spec.optimizer = {"gd", {{"learningRate", learning_rate}}};
  spec.record = 15000;
  return spec;
}

TEST(Curvature, of_exercise_5_at_its_start_is_that_of_the_reference) {
  const struct {
    Choice start;
    double greatest, least;
    double tolerance;  // of the digits that the reference gives
  } rows[] = {{{"normal", {{"std", 10}}}, 13.65, -12.6, 5e-3},
              {{"normal", {{"std", 1}}}, 1.72, -1.16, 5e-3},
              {{"he_normal"}, 1.338, -0.453, 2e-3},
              {{"normal", {{"std", 0.1}}}, 0.2534, -0.00886, 2e-3},
              {{"normal", {{"std", 0.01}}}, 0.25, -0.00503, 2e-3}};
  for (const auto& row : rows) {
    const Spectrum found = Session(exercise_5(row.start)).curvature(1000);
    EXPECT_TRUE(found.converged) << row.greatest;
    EXPECT_NEAR(found.greatest / row.greatest, 1, row.tolerance);
    EXPECT_NEAR(found.least / row.least, 1, row.tolerance);
  }
}

TEST(Curvature, counts_the_l2_term_of_the_cost) {
  Spec spec = exercise_5({"he_normal"});
  spec.layers = {};
  spec.activations = {};
  const Spectrum plain = Session(spec).curvature();
  spec.optimizer.parameters["l2"] = 300;  // lambda / m = 1 for 300 examples
  const Spectrum decayed = Session(spec).curvature();
  EXPECT_GT(decayed.greatest, plain.greatest + 0.9);
}

TEST(Curvature, settles_just_below_two_over_the_learning_rate_at_the_edge_of_stability) {
  Session session(exercise_5({"he_normal"}, 0.1));
  session.step(15000);
  const double product = 0.1 * session.curvature(1000).greatest;
  EXPECT_GT(product, 1.6);
  EXPECT_LT(product, 2.1);
}

}  // namespace
}  // namespace init_lab
