#include "init_lab/training/kernel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
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
#include "init_lab/training/packed_examples.hpp"

namespace init_lab {
namespace {

using testing::normal_points;
using testing::shown;

/// A network, parameters and examples whose numbers float32 holds exactly, so that only the
/// arithmetic differs.
struct Problem {
  Network network;
  std::vector<double> parameters;
  Points points;
  std::string description;
};

Problem problem(std::uint32_t seed, int inputs, const std::vector<int>& hidden, Activation activation, Output output,
                int examples) {
  Problem made;
  made.network = make_network(chain(inputs, hidden, std::vector<Activation>(hidden.size(), activation), output));
  made.points = normal_points(inputs, examples, seed);
  RandomState random(seed);
  made.parameters.resize(made.network.parameters);
  for (const Layer& layer : made.network.layers) {
    const double deviation = 1 / std::sqrt(layer.in);
    for (std::size_t i = layer.weights; i < layer.biases; ++i) made.parameters[i] = deviation * random.normal();
    for (int i = 0; i < layer.out; ++i)
      made.parameters[layer.biases + static_cast<std::size_t>(i)] = 0.1 * random.normal();
  }
  for (auto* numbers : {&made.parameters, &made.points.x})
    for (double& value : *numbers) value = static_cast<double>(static_cast<float>(value));
  made.description = "seed " + std::to_string(seed) + ", " + std::to_string(inputs);
  for (const int width : hidden) made.description += '-' + std::to_string(width);
  made.description += "-1 " + shown(activation) + ", " + shown(output) + ", " + std::to_string(examples) + " examples";
  return made;
}

/// One to three hidden layers of 1 … 40 units, 1 … 300 inputs and an odd number of examples.
Problem random_problem(std::uint32_t seed, Activation activation, Output output) {
  RandomState random(seed);
  const auto between = [&](int low, int high) {
    return low + static_cast<int>(random.interval(static_cast<std::uint32_t>(high - low)));
  };
  std::vector<int> hidden(static_cast<std::size_t>(between(1, 3)));
  for (int& width : hidden) width = between(1, 40);
  const int inputs = between(1, 300);
  return problem(seed, inputs, hidden, activation, output, 2 * between(0, 30) + 1);
}

template <class T>
std::vector<T> as(const std::vector<double>& values) {
  std::vector<T> result(values.size());
  std::transform(values.begin(), values.end(), result.begin(), [](double v) { return static_cast<T>(v); });
  return result;
}

/// Gradient summed over all examples, batch by batch.
template <class T>
std::vector<double> summed_gradient(const Problem& given, int batch_size = 0) {
  PackedExamples<T> packed;
  std::vector<int> order(static_cast<std::size_t>(given.points.size()));
  std::iota(order.begin(), order.end(), 0);
  packed.pack(given.points, order, batch_size);
  Kernel<T> kernel(given.network);
  const std::vector<T> parameters = as<T>(given.parameters);
  std::vector<T> gradient(parameters.size());
  std::vector<double> sum(parameters.size());
  for (const Batch& batch : packed.batches()) {
    kernel.gradient(parameters, packed, batch, T{1}, gradient);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += static_cast<double>(gradient[i]);
  }
  return sum;
}

/// Activations of a layer, width by examples, row by row; batch by batch.
template <class T>
std::vector<T> activations_of(const Problem& given, int layer, int batch_size = 0) {
  PackedExamples<T> packed;
  packed.pack(given.points, {}, batch_size);
  Kernel<T> kernel(given.network);
  const std::vector<T> parameters = as<T>(given.parameters);
  const auto width = static_cast<std::size_t>(given.network.layers[static_cast<std::size_t>(layer)].out);
  const auto m = static_cast<std::size_t>(given.points.size());
  std::vector<T> result(width * m);
  std::size_t done = 0;
  for (const Batch& batch : packed.batches()) {
    kernel.forward(parameters, {}, packed, batch, layer, [&](int l, int group, const T* rows) {
      if (l != layer) return;
      const std::size_t first = static_cast<std::size_t>(group) * kGroup<T>;
      const std::size_t count = std::min<std::size_t>(static_cast<std::size_t>(batch.examples) - first, kGroup<T>);
      for (std::size_t unit = 0; unit < width; ++unit)
        std::copy_n(rows + unit * kGroup<T>, count, &result[unit * m + done + first]);
    });
    done += static_cast<std::size_t>(batch.examples);
  }
  return result;
}

double largest(const std::vector<double>& values) {
  double size = 0;
  for (const double value : values) size = std::max(size, std::fabs(value));
  return size;
}

/// Every entry to `tolerance` of the largest one.
void expect_close(const std::vector<double>& found, const std::vector<double>& expected, double tolerance,
                  const std::string& description) {
  ASSERT_EQ(found.size(), expected.size()) << description;
  const double size = largest(expected);
  for (std::size_t i = 0; i < found.size(); ++i)
    ASSERT_NEAR(found[i], expected[i], tolerance * size) << "parameter " << i << ", " << description;
}

template <class T>
class KernelOf : public ::testing::Test {
 protected:
  static constexpr double kTolerance = std::is_same_v<T, double> ? 1e-13 : 2e-5;
};
using Precisions = ::testing::Types<double, float>;
TYPED_TEST_SUITE(KernelOf, Precisions);

TYPED_TEST(KernelOf, has_the_gradient_of_the_reference_pass_for_random_shapes_and_every_activation_and_output) {
  std::uint32_t seed = 100;
  for (const ActivationInfo& activation : testing::gentle_activations())
    for (const Output output : {Output::sigmoid, Output::tanh})
      for (int i = 0; i < 4; ++i) {
        const Problem given = random_problem(++seed, activation.id, output);
        std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
        for (double& value : expected) value *= given.points.size();
        expect_close(summed_gradient<TypeParam>(given), expected, this->kTolerance, given.description);
      }
}

TYPED_TEST(KernelOf, has_the_activations_of_the_reference_pass_in_every_layer) {
  std::uint32_t seed = 300;
  for (const ActivationInfo& activation : testing::gentle_activations()) {
    const Problem given = random_problem(++seed, activation.id, Output::sigmoid);
    const Trace at = trace(given.network, given.parameters, given.points);
    for (std::size_t layer = 0; layer < at.layers.size(); ++layer) {
      const Matrix& a = at.layers[layer].a;
      const std::vector<TypeParam> found = activations_of<TypeParam>(given, static_cast<int>(layer));
      const double size = std::max(1.0, a.cwiseAbs().maxCoeff());
      for (Eigen::Index unit = 0; unit < a.rows(); ++unit)
        for (Eigen::Index i = 0; i < a.cols(); ++i)
          ASSERT_NEAR(static_cast<double>(found[static_cast<std::size_t>(unit * a.cols() + i)]), a(unit, i),
                      this->kTolerance * size)
              << "layer " << layer << ", unit " << unit << ", example " << i << ", " << given.description;
    }
  }
}

TYPED_TEST(KernelOf, computes_every_number_of_examples_and_every_width_around_its_tiles) {
  std::uint32_t seed = 400;
  for (int examples = 1; examples <= 35; ++examples) {
    const Problem given =
        problem(++seed, 2, {examples % 9 + 1, examples % 4 + 1}, Activation::tanh, Output::sigmoid, examples);
    std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
    for (double& value : expected) value *= examples;
    expect_close(summed_gradient<TypeParam>(given), expected, this->kTolerance, given.description);
  }
}

TYPED_TEST(KernelOf, computes_more_groups_than_a_block_holds) {
  std::uint32_t seed = 450;
  const Network network = problem(seed, 2, {3, 2}, Activation::gelu, Output::sigmoid, 1).network;
  const int block = Kernel<TypeParam>(network).block_groups() * kGroup<TypeParam>;
  for (const int examples : {block - 1, block, block + 1, 2 * block - 1, 2 * block, 2 * block + 1, 5 * block - 60})
    for (const Activation activation : {Activation::relu, Activation::gelu}) {
      const Problem given = problem(++seed, 2, {3, 2}, activation, Output::sigmoid, examples);
      std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
      for (double& value : expected) value *= examples;
      // Terms of either sign: a sum grows as the root of their number, its rounding with the
      // number.
      expect_close(summed_gradient<TypeParam>(given), expected, 5 * this->kTolerance, given.description);
    }
}

TYPED_TEST(KernelOf, computes_wide_layers_in_one_block_and_in_several) {
  // Without silent units and in one block the gradient is written directly, else it goes through
  // sums.
  const Problem given = problem(460, 40, {140, 70, 33}, Activation::tanh, Output::sigmoid, 8 * kGroup<TypeParam>);
  const std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
  std::vector<double> scaled = expected;
  for (double& value : scaled) value *= given.points.size();
  expect_close(summed_gradient<TypeParam>(given), scaled, this->kTolerance, given.description);
  // The same examples twice: two blocks.
  Problem longer = given;
  const int m = given.points.size();
  longer.points = normal_points(40, 2 * m, 460);
  for (int f = 0; f < 40; ++f)
    for (int i = 0; i < 2 * m; ++i)
      longer.points.x[static_cast<std::size_t>(f * 2 * m + i)] =
          given.points.x[static_cast<std::size_t>(f * m + i % m)];
  for (int i = 0; i < 2 * m; ++i)
    longer.points.y[static_cast<std::size_t>(i)] = given.points.y[static_cast<std::size_t>(i % m)];
  for (double& value : scaled) value *= 2;
  expect_close(summed_gradient<TypeParam>(longer), scaled, 2 * this->kTolerance, "twice " + given.description);
}

TYPED_TEST(KernelOf, computes_many_inputs_in_chunks) {
  std::uint32_t seed = 500;
  for (const int inputs : {127, 128, 129, 255, 256, 257, 1000, 2049}) {
    const Problem given = problem(++seed, inputs, {7, 3}, Activation::tanh, Output::sigmoid, 41);
    std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
    for (double& value : expected) value *= given.points.size();
    expect_close(summed_gradient<TypeParam>(given), expected, this->kTolerance, given.description);
  }
}

TYPED_TEST(KernelOf, computes_wide_hidden_layers_in_chunks_with_and_without_silent_units) {
  std::uint32_t seed = 510;
  for (const Activation activation : {Activation::relu, Activation::tanh, Activation::silu})
    for (const std::vector<int>& hidden : {std::vector<int>{300}, {130, 257}, {9, 140, 3}}) {
      const Problem given = problem(++seed, 2, hidden, activation, Output::sigmoid, 41);
      std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
      for (double& value : expected) value *= given.points.size();
      expect_close(summed_gradient<TypeParam>(given), expected, this->kTolerance, given.description);
    }
}

TYPED_TEST(KernelOf, lists_silent_units_anew_for_every_block_and_after_every_change_of_the_parameters) {
  // Blocks of one group: more of them than have lists of their own.
  const Problem one = problem(515, 2, {600, 50}, Activation::relu, Output::sigmoid, 2100);
  const Problem other = problem(516, 2, {600, 50}, Activation::relu, Output::sigmoid, 2100);
  PackedExamples<TypeParam> packed;
  packed.pack(one.points);
  Kernel<TypeParam> kernel(one.network);
  for (const Problem* given : {&one, &other, &one}) {
    const std::vector<TypeParam> parameters = as<TypeParam>(given->parameters);
    std::vector<TypeParam> gradient(parameters.size());
    kernel.gradient(parameters, packed, packed.batches().front(), TypeParam{1}, gradient);
    std::vector<double> expected = trace(one.network, given->parameters, one.points).gradient;
    for (double& value : expected) value *= 2100;
    expect_close({gradient.begin(), gradient.end()}, expected, 5 * this->kTolerance, given->description);
  }
}

TYPED_TEST(KernelOf, has_the_full_gradient_with_units_silent_on_some_groups_or_on_all) {
  for (std::uint32_t seed = 520; seed < 532; ++seed) {
    Problem given = problem(seed, 2, {10, 7, 5}, Activation::relu, Output::sigmoid, 300);
    // Examples in rising order of the first input, so that a group lies on one side of most units'
    // boundaries.
    std::sort(given.points.x.begin(), given.points.x.begin() + 300);
    for (const Layer& layer : given.network.layers)
      for (int unit = 0; unit < layer.out && layer.activation == Activation::relu; ++unit)
        // Every third unit is dead for all examples, every third one alive for most of them.
        given.parameters[layer.biases + static_cast<std::size_t>(unit)] = unit % 3 == 0 ? -50 : unit % 3 == 1 ? 2 : 0.1;
    std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
    for (double& value : expected) value *= given.points.size();
    expect_close(summed_gradient<TypeParam>(given), expected, this->kTolerance, given.description);
    expect_close(summed_gradient<TypeParam>(given, 40), expected, this->kTolerance, "batches, " + given.description);
  }
}

TYPED_TEST(KernelOf, gives_only_the_output_bias_a_gradient_where_every_unit_is_dead) {
  Problem given = problem(540, 2, {6, 4}, Activation::relu, Output::sigmoid, 50);
  for (const Layer& layer : given.network.layers)
    for (int unit = 0; unit < layer.out && layer.activation == Activation::relu; ++unit)
      given.parameters[layer.biases + static_cast<std::size_t>(unit)] = -100;
  const std::vector<double> gradient = summed_gradient<TypeParam>(given);
  const std::size_t last = given.network.layers.back().biases;
  for (std::size_t i = 0; i < last; ++i) EXPECT_EQ(gradient[i], 0) << "parameter " << i;
  EXPECT_NE(gradient[last], 0);
}

TYPED_TEST(KernelOf, gives_biases_above_a_silent_layer_their_gradient) {
  for (std::size_t silent = 0; silent < 3; ++silent) {
    Problem given = problem(542, 2, {6, 5, 4}, Activation::relu, Output::sigmoid, 50);
    const auto& layers = given.network.layers;
    for (std::size_t l = 0; l < 3; ++l)
      for (int unit = 0; unit < layers[l].out; ++unit)
        given.parameters[layers[l].biases + static_cast<std::size_t>(unit)] = l == silent ? -100 : 1;
    std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
    for (double& value : expected) value *= 50;
    expect_close(summed_gradient<TypeParam>(given), expected, this->kTolerance, "layer " + std::to_string(silent));
  }
}

TYPED_TEST(KernelOf, passes_nan_to_the_output) {
  Problem given = problem(545, 2, {6, 4}, Activation::relu, Output::sigmoid, 50);
  given.parameters[given.network.layers[0].biases] = std::nan("");
  for (const TypeParam a : activations_of<TypeParam>(given, 2)) EXPECT_TRUE(std::isnan(a));
}

TYPED_TEST(KernelOf, computes_logistic_regression) {
  const Problem given = problem(550, 5, {}, Activation::linear, Output::sigmoid, 77);
  std::vector<double> expected = trace(given.network, given.parameters, given.points).gradient;
  for (double& value : expected) value *= given.points.size();
  expect_close(summed_gradient<TypeParam>(given), expected, this->kTolerance, given.description);
}

TYPED_TEST(KernelOf, gives_an_example_the_same_bits_in_any_batch) {
  std::uint32_t seed = 600;
  for (const ActivationInfo& activation : testing::gentle_activations()) {
    const Problem given = random_problem(++seed, activation.id, Output::tanh);
    const int last = static_cast<int>(given.network.layers.size()) - 1;
    const auto whole = activations_of<TypeParam>(given, last);
    for (const int batch_size : {1, 3, 8, 20})
      EXPECT_EQ(activations_of<TypeParam>(given, last, batch_size), whole)
          << "batches of " << batch_size << ", " << given.description;
  }
}

TYPED_TEST(KernelOf, sums_to_the_same_gradient_with_any_batch_size) {
  std::uint32_t seed = 700;
  for (const ActivationInfo& activation : testing::gentle_activations()) {
    const Problem given = random_problem(++seed, activation.id, Output::sigmoid);
    const std::vector<double> whole = summed_gradient<TypeParam>(given);
    // One example a batch: all but one lane of its group is padding.
    for (const int batch_size : {1, 3, 8, 20})
      expect_close(summed_gradient<TypeParam>(given, batch_size), whole, this->kTolerance,
                   "batches of " + std::to_string(batch_size) + ", " + given.description);
  }
}

TYPED_TEST(KernelOf, gives_the_same_bits_when_called_again) {
  const Problem given = random_problem(800, Activation::gelu, Output::sigmoid);
  PackedExamples<TypeParam> packed;
  packed.pack(given.points);
  Kernel<TypeParam> kernel(given.network);
  const auto parameters = as<TypeParam>(given.parameters);
  std::vector<TypeParam> first(parameters.size());
  std::vector<TypeParam> second(parameters.size());
  kernel.gradient(parameters, packed, packed.batches()[0], TypeParam{1}, first);
  const auto other = as<TypeParam>(std::vector<double>(parameters.size(), 3.0));
  kernel.gradient(other, packed, packed.batches()[0], TypeParam{1}, second);
  kernel.gradient(parameters, packed, packed.batches()[0], TypeParam{1}, second);
  EXPECT_EQ(first, second) << given.description;
}

TEST(Kernel, has_the_gradient_that_central_differences_of_its_own_outputs_give) {
  constexpr double kStep = 1e-6;
  std::uint32_t seed = 900;
  for (const ActivationInfo& activation : testing::gentle_activations())
    for (const Output output : {Output::sigmoid, Output::tanh}) {
      Problem given = problem(++seed, 3, {4, 3}, activation.id, output, 13);
      const std::vector<double> gradient = summed_gradient<double>(given);
      const auto cost = [&] {
        const std::vector<double> a = activations_of<double>(given, 2);
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += example_cost(output, {&a[i], 1}, given.points.y[i]);
        return sum;
      };
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        const double kept = given.parameters[i];
        given.parameters[i] = kept + kStep;
        const double above = cost();
        given.parameters[i] = kept - kStep;
        const double below = cost();
        given.parameters[i] = kept;
        ASSERT_NEAR(gradient[i], (above - below) / (2 * kStep), 3e-8) << "parameter " << i << ", " << given.description;
      }
    }
}

TYPED_TEST(KernelOf, keeps_the_gradient_finite_where_the_output_saturates) {
  Problem given = problem(950, 2, {3}, Activation::relu, Output::sigmoid, 9);
  for (double& value : given.parameters) value *= 1e4;
  for (const double value : summed_gradient<TypeParam>(given)) EXPECT_TRUE(std::isfinite(value)) << given.description;
}

}  // namespace
}  // namespace init_lab
