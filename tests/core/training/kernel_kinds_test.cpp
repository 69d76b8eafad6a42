// The kernel and the reference pass on every kind of layer and output: skips, normalization,
// several output units.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "examples.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/random.hpp"
#include "init_lab/training/kernel.hpp"
#include "init_lab/training/packed_examples.hpp"

namespace init_lab {
namespace {

using testing::normal_parameters;
using testing::normal_points;

struct Kind {
  std::string description;
  Network network;
  Points points;
  std::vector<double> parameters;
};

struct OutputKind {
  Output output;
  int units;
};
constexpr OutputKind kOutputs[] = {{Output::sigmoid, 1}, {Output::tanh, 1}, {Output::linear, 1}, {Output::softmax, 3},
                                   {Output::sigmoid, 3}, {Output::tanh, 4}, {Output::linear, 3}, {Output::softmax, 2}};

/// A network of three hidden layers of `width` units, two of which have a skip connection if there
/// is any.
Kind kind_of(int inputs, int width, Activation activation, std::optional<double> parameter, Normalization normalization,
             const Skip& skip, const OutputKind& output, int examples, std::uint32_t seed) {
  NetworkShape shape;
  shape.inputs = inputs;
  shape.output = output.output;
  shape.outputs = output.units;
  for (int l = 0; l < 3; ++l) {
    LayerShape layer;
    layer.width = width;
    layer.activation = activation;
    layer.parameter = parameter;
    layer.normalizer.kind = normalization;
    layer.normalizer.epsilon = 1e-3;
    if (l > 0) layer.skip = skip;
    shape.hidden.push_back(layer);
  }
  Kind kind;
  kind.network = make_network(shape);
  kind.points = normal_points(inputs, examples, seed);
  RandomState random(seed + 1);
  for (double& y : kind.points.y)
    y = output.units > 1 ? static_cast<double>(random.interval(static_cast<std::uint32_t>(output.units - 1)))
        : is_regression(output.output, output.units) ? random.normal()
                                                     : y;
  kind.parameters = normal_parameters(kind.network, 1 / std::sqrt(width), seed);
  for (auto* numbers : {&kind.parameters, &kind.points.x, &kind.points.y})
    for (double& value : *numbers) value = static_cast<double>(static_cast<float>(value));
  kind.description =
      std::string(info(activation).name) + ", normalization " + std::to_string(static_cast<int>(normalization)) +
      ", skip " + (skip.present ? std::to_string(skip.scale) + (skip.learned ? " learned" : "") : "none") + ", " +
      std::string(info(output.output).name) + " of " + std::to_string(output.units) + ", width " +
      std::to_string(width) + ", " + std::to_string(examples) + " examples, seed " + std::to_string(seed);
  return kind;
}

/// Every combination of skip, normalization and output with some of the activations.
std::vector<Kind> all_kinds(int inputs, int width, int examples) {
  std::vector<Kind> kinds;
  std::uint32_t seed = 100;
  for (const Normalization normalization : {Normalization::none, Normalization::batch, Normalization::layer})
    for (const Skip& skip : {Skip{}, Skip{true, 1, false}, Skip{true, 0.5, false}, Skip{true, 0.25, true}})
      for (const OutputKind& output : kOutputs) {
        const auto number = static_cast<std::size_t>(++seed);
        const ActivationInfo& activation = activations()[number % activations().size()];
        for (const Activation id : {activation.id, Activation::relu}) {
          std::optional<double> parameter;
          if (id == Activation::leaky_relu) parameter = 0.25;
          if (id == Activation::sine) parameter = 1.5;
          kinds.push_back(kind_of(inputs, width, id, parameter, normalization, skip, output, examples, seed));
        }
      }
  return kinds;
}

TEST(TraceOfKinds, has_the_gradient_that_central_differences_of_its_cost_give) {
  constexpr double kStep = 1e-5;
  for (Kind& kind : all_kinds(3, 4, 9)) {
    const std::vector<double> gradient = trace(kind.network, kind.parameters, kind.points).gradient;
    for (std::size_t i = 0; i < kind.parameters.size(); ++i) {
      const double kept = kind.parameters[i];
      kind.parameters[i] = kept + kStep;
      const double above = trace(kind.network, kind.parameters, kind.points).cost;
      kind.parameters[i] = kept - kStep;
      const double below = trace(kind.network, kind.parameters, kind.points).cost;
      kind.parameters[i] = kept;
      ASSERT_NEAR(gradient[i], (above - below) / (2 * kStep), 2e-7) << "parameter " << i << ", " << kind.description;
    }
  }
}

template <class T>
std::vector<T> as(const std::vector<double>& values) {
  std::vector<T> result(values.size());
  std::transform(values.begin(), values.end(), result.begin(), [](double v) { return static_cast<T>(v); });
  return result;
}

template <class T>
class KernelOfKinds : public ::testing::Test {
 protected:
  static constexpr double kTolerance = std::is_same_v<T, double> ? 1e-12 : 3e-4;
};
using Precisions = ::testing::Types<double, float>;
TYPED_TEST_SUITE(KernelOfKinds, Precisions);

template <class T>
void expect_gradient_of_the_trace(const Kind& kind, double tolerance) {
  PackedExamples<T> packed;
  packed.pack(kind.points);
  Kernel<T> kernel(kind.network);
  const std::vector<T> parameters = as<T>(kind.parameters);
  std::vector<T> gradient(parameters.size());
  const auto m = static_cast<T>(kind.points.size());
  // Twice: the second call finds the lists of alive units and the sums as the first left them.
  for (int call = 0; call < 2; ++call) {
    kernel.gradient(parameters, packed, packed.batches().front(), T{1} / m, gradient);
    const std::vector<double> expected = trace(kind.network, kind.parameters, kind.points).gradient;
    double size = 0;
    for (const double value : expected) size = std::max(size, std::fabs(value));
    for (std::size_t i = 0; i < expected.size(); ++i)
      ASSERT_NEAR(static_cast<double>(gradient[i]), expected[i], tolerance * size)
          << "parameter " << i << ", " << kind.description;
  }
}

TYPED_TEST(KernelOfKinds, has_the_gradient_of_the_reference_pass) {
  for (const Kind& kind : all_kinds(3, 5, 37)) expect_gradient_of_the_trace<TypeParam>(kind, this->kTolerance);
}

TYPED_TEST(KernelOfKinds, has_the_gradient_of_the_reference_pass_in_the_plane_and_over_several_blocks) {
  // One example more than two blocks of the plainest of these networks.
  for (const Kind& kind :
       all_kinds(2, 6, 2 * Kernel<TypeParam>(all_kinds(2, 6, 1)[0].network).block_groups() * kGroup<TypeParam> + 1))
    expect_gradient_of_the_trace<TypeParam>(kind, 10 * this->kTolerance);
}

TYPED_TEST(KernelOfKinds, has_the_gradient_of_the_reference_pass_in_wide_layers) {
  for (const Kind& kind : all_kinds(5, 131, 11)) {
    // Among so many ReLUs float32 puts one on the other side of its kink, and its gradient is
    // another one.
    if (std::is_same_v<TypeParam, float> && kind.network.layers[0].activation == Activation::relu) continue;
    expect_gradient_of_the_trace<TypeParam>(kind, 2 * this->kTolerance);
  }
}

TYPED_TEST(KernelOfKinds, computes_the_activations_of_the_reference_pass_in_every_layer) {
  for (const Kind& kind : all_kinds(3, 5, 21)) {
    const Trace signals = trace(kind.network, kind.parameters, kind.points);
    PackedExamples<TypeParam> packed;
    packed.pack(kind.points);
    Kernel<TypeParam> kernel(kind.network);
    const int last = static_cast<int>(kind.network.layers.size()) - 1;
    kernel.forward(as<TypeParam>(kind.parameters), {}, packed, packed.batches().front(), last,
                   [&](int l, int group, const TypeParam* rows) {
                     const LayerTrace& layer = signals.layers[static_cast<std::size_t>(l)];
                     const Matrix& expected = l == last && kind.network.output == Output::softmax ? layer.z : layer.a;
                     for (Eigen::Index unit = 0; unit < expected.rows(); ++unit)
                       for (Eigen::Index lane = 0; lane < kGroup<TypeParam>; ++lane) {
                         const Eigen::Index i = group * kGroup<TypeParam> + lane;
                         if (i >= expected.cols()) break;
                         ASSERT_NEAR(static_cast<double>(rows[unit * kGroup<TypeParam> + lane]), expected(unit, i),
                                     this->kTolerance * (1 + std::fabs(expected(unit, i))))
                             << "layer " << l << ", unit " << unit << ", example " << i << ", " << kind.description;
                       }
                   });
  }
}

TYPED_TEST(KernelOfKinds, uses_given_statistics_for_batch_normalization) {
  // With the statistics of the batch itself, the outputs are those without given statistics.
  const Kind kind =
      kind_of(3, 5, Activation::tanh, {}, Normalization::batch, Skip{true, 0.5, false}, {Output::softmax, 3}, 50, 7);
  PackedExamples<TypeParam> packed;
  packed.pack(kind.points);
  Kernel<TypeParam> kernel(kind.network);
  const std::vector<TypeParam> parameters = as<TypeParam>(kind.parameters);
  const auto outputs = [&](std::span<const TypeParam> statistics) {
    std::vector<TypeParam> found;
    kernel.forward(parameters, statistics, packed, packed.batches().front(), 3,
                   [&](int l, int group, const TypeParam* rows) {
                     if (l == 3 && group < 2) found.insert(found.end(), rows, rows + 3 * kGroup<TypeParam>);
                   });
    return found;
  };
  const std::vector<TypeParam> own = outputs({});
  const std::vector<TypeParam> statistics(kernel.batch_statistics().begin(), kernel.batch_statistics().end());
  EXPECT_EQ(statistics.size(), kind.network.statistics);
  const std::vector<TypeParam> given = outputs(statistics);
  ASSERT_EQ(given.size(), own.size());
  for (std::size_t i = 0; i < own.size(); ++i) EXPECT_NEAR(given[i], own[i], this->kTolerance);
}

TYPED_TEST(KernelOfKinds, keeps_padding_out_of_the_statistics_of_a_batch) {
  // 9 examples fill a group of 8 or 16 only in part; the last example is far from the others.
  Kind kind = kind_of(1, 1, Activation::linear, {}, Normalization::batch, {}, {Output::linear, 1}, 9, 3);
  for (std::size_t i = 0; i < 9; ++i) kind.points.x[i] = i < 8 ? 0 : 9;
  std::fill(kind.parameters.begin(), kind.parameters.end(), 0.0);
  kind.parameters[kind.network.layers[0].weights] = 1;
  PackedExamples<TypeParam> packed;
  packed.pack(kind.points);
  Kernel<TypeParam> kernel(kind.network);
  kernel.forward(as<TypeParam>(kind.parameters), {}, packed, packed.batches().front(), 0,
                 [](int, int, const TypeParam*) {});
  EXPECT_NEAR(kernel.batch_statistics()[0], 1, 1e-6);  // mean
  EXPECT_NEAR(kernel.batch_statistics()[1], 8, 1e-6);  // variance, divided by 9
}

}  // namespace
}  // namespace init_lab
