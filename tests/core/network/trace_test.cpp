#include "init_lab/network/trace.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "examples.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/training/kernel.hpp"
#include "init_lab/training/packed_examples.hpp"

namespace init_lab {
namespace {

using testing::normal_parameters;
using testing::normal_points;
using testing::shown;

Network network_with(Activation activation, Output output) {
  return make_network(chain(3, {5, 4}, {activation, activation}, output));
}

TEST(Trace, has_the_gradient_that_central_differences_give_for_every_activation_and_output) {
  constexpr std::uint32_t kSeed = 11;
  constexpr double kStep = 1e-6;
  const Points points = normal_points(3, 12, kSeed);
  for (const ActivationInfo& activation : testing::gentle_activations())
    for (const Output output : {Output::sigmoid, Output::tanh}) {
      const Network network = network_with(activation.id, output);
      std::vector<double> parameters = normal_parameters(network, 0.7, kSeed);
      const Trace at = trace(network, parameters, points);
      for (std::size_t i = 0; i < parameters.size(); ++i) {
        const double kept = parameters[i];
        parameters[i] = kept + kStep;
        const double above = trace(network, parameters, points).cost;
        parameters[i] = kept - kStep;
        const double below = trace(network, parameters, points).cost;
        parameters[i] = kept;
        EXPECT_NEAR(at.gradient[i], (above - below) / (2 * kStep), 2e-9)
            << activation.name << ", " << shown(output) << ", parameter " << i << ", seed " << kSeed;
      }
    }
}

TEST(Trace, keeps_the_matrix_of_every_step) {
  constexpr std::uint32_t kSeed = 5;
  const Network network = make_network(chain(2, {3}, {Activation::tanh}, Output::sigmoid));
  const Points points = normal_points(2, 4, kSeed);
  const std::vector<double> parameters = normal_parameters(network, 1, kSeed);
  const Trace at = trace(network, parameters, points);
  ASSERT_EQ(at.layers.size(), 2U);
  const Layer& hidden = network.layers[0];
  double cost = 0;
  for (int i = 0; i < 4; ++i) {
    double output = parameters[network.layers[1].biases];
    for (int unit = 0; unit < 3; ++unit) {
      const auto row = hidden.weights + static_cast<std::size_t>(unit * 2);
      const double z = parameters[row] * points.x[static_cast<std::size_t>(i)] +
                       parameters[row + 1] * points.x[static_cast<std::size_t>(4 + i)] +
                       parameters[hidden.biases + static_cast<std::size_t>(unit)];
      EXPECT_NEAR(at.layers[0].z(unit, i), z, 1e-15);
      EXPECT_NEAR(at.layers[0].a(unit, i), std::tanh(z), 1e-15);
      output += parameters[network.layers[1].weights + static_cast<std::size_t>(unit)] * std::tanh(z);
    }
    const double a = 1 / (1 + std::exp(-output));
    const double y = points.y[static_cast<std::size_t>(i)];
    EXPECT_NEAR(at.layers[1].dz(0, i), a - y, 1e-15);
    EXPECT_NEAR(at.layers[1].da(0, i), (a - y) / (a * (1 - a)), 1e-13);
    cost += y == 1 ? -std::log(a) : -std::log(1 - a);
  }
  EXPECT_NEAR(at.cost, cost / 4, 1e-15);
}

TEST(Trace, agrees_with_the_kernel_on_gradients_and_activations) {
  constexpr std::uint32_t kSeed = 21;
  for (const ActivationInfo& activation : testing::gentle_activations())
    for (const Output output : {Output::sigmoid, Output::tanh})
      for (const int examples : {1, 8, 37}) {
        const Network network = network_with(activation.id, output);
        const Points points = normal_points(3, examples, kSeed);
        const std::vector<double> parameters = normal_parameters(network, 0.8, kSeed);
        const Trace at = trace(network, parameters, points);
        PackedExamples<double> packed;
        packed.pack(points);
        Kernel<double> kernel(network);
        std::vector<double> gradient(network.parameters);
        kernel.gradient(parameters, packed, packed.batches()[0], 1.0 / examples, gradient);
        for (std::size_t i = 0; i < gradient.size(); ++i)
          EXPECT_NEAR(gradient[i], at.gradient[i], 1e-14)
              << activation.name << ", " << shown(output) << ", " << examples << " examples, parameter " << i;
      }
}

TEST(Trace, has_an_infinite_cost_and_a_finite_gradient_where_the_notebook_prints_inf) {
  const Network network = make_network(chain(1, {}, {}, Output::sigmoid));
  Points points;
  points.features = 1;
  points.x = {1, 1};
  points.y = {0, 1};
  const std::vector<double> parameters{1000, 0};
  const Trace at = trace(network, parameters, points);
  EXPECT_EQ(at.cost, std::numeric_limits<double>::infinity());
  EXPECT_EQ(at.gradient[0], 0.5);
  EXPECT_EQ(at.gradient[1], 0.5);
}

TEST(Trace, gives_a_cost_of_nan_for_nan_parameters) {
  const Network network = network_with(Activation::relu, Output::sigmoid);
  const std::vector<double> parameters(network.parameters, std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(std::isnan(trace(network, parameters, normal_points(3, 4, 1)).cost));
}

TEST(Trace, of_the_zero_network_has_cost_log_two) {
  const Network network = network_with(Activation::relu, Output::sigmoid);
  const std::vector<double> zeros(network.parameters, 0.0);
  EXPECT_NEAR(trace(network, zeros, normal_points(3, 10, 2)).cost, 0.6931471805599453, 1e-15);
}

}  // namespace
}  // namespace init_lab
