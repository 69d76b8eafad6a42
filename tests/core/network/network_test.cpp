#include "init_lab/network/network.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <stdexcept>
#include <vector>

#include "init_lab/network/activation_functions.hpp"
#include "init_lab/network/activations.hpp"

namespace init_lab {
namespace {

TEST(Network, stores_parameters_in_the_order_of_the_course) {
  const Network network = make_network(chain(2, {10, 5}, {Activation::relu, Activation::tanh}, Output::sigmoid));
  ASSERT_EQ(network.layers.size(), 3U);
  std::size_t offset = 0;
  int fan_in = 2;
  for (const Layer& layer : network.layers) {
    EXPECT_EQ(layer.in, fan_in);
    EXPECT_EQ(layer.weights, offset);
    EXPECT_EQ(layer.biases, offset + static_cast<std::size_t>(layer.in * layer.out));
    offset = layer.biases + static_cast<std::size_t>(layer.out);
    fan_in = layer.out;
  }
  EXPECT_EQ(network.parameters, offset);
  EXPECT_EQ(network.parameters, 30U + 55U + 6U);
  EXPECT_EQ(network.inputs(), 2);
  EXPECT_EQ(network.layers[0].activation, Activation::relu);
  EXPECT_EQ(network.layers[1].activation, Activation::tanh);
}

TEST(Network, ends_in_one_unit_whose_activation_is_the_output) {
  for (const Output output : {Output::sigmoid, Output::tanh}) {
    const Network network = make_network(chain(3, {4}, {Activation::gelu}, output));
    EXPECT_EQ(network.layers.back().out, 1);
    EXPECT_EQ(network.layers.back().activation, output == Output::sigmoid ? Activation::sigmoid : Activation::tanh);
  }
}

TEST(Network, without_hidden_layers_is_logistic_regression) {
  const Network network = make_network(chain(7, {}, {}, Output::sigmoid));
  ASSERT_EQ(network.layers.size(), 1U);
  EXPECT_EQ(network.layers[0].in, 7);
  EXPECT_EQ(network.parameters, 8U);
}

TEST(Network, counts_the_parameters_of_the_picture_network) {
  const Network network =
      make_network(chain(12288, {20, 7, 5}, {Activation::relu, Activation::relu, Activation::relu}, Output::sigmoid));
  EXPECT_EQ(network.parameters, 20U * 12288U + 20U + 7U * 20U + 7U + 5U * 7U + 5U + 5U + 1U);
}

TEST(Network, rejects_impossible_shapes) {
  EXPECT_THROW(make_network(chain(0, {}, {}, Output::sigmoid)), std::logic_error);
  EXPECT_THROW(make_network(chain(2, {0}, {Activation::relu}, Output::sigmoid)), std::logic_error);
  EXPECT_THROW(make_network(chain(2, {3, 3}, {Activation::relu}, Output::sigmoid)), std::logic_error);
}

TEST(Network, lays_out_gain_shift_and_branch_scale_behind_the_biases_of_their_layer) {
  NetworkShape shape = chain(3, {4, 4}, {Activation::relu, Activation::leaky_relu}, Output::softmax, 5);
  shape.hidden[0].normalizer.kind = Normalization::layer;
  shape.hidden[1].normalizer.kind = Normalization::batch;
  shape.hidden[1].skip = {true, 0.25, true};
  const Network network = make_network(shape);
  const Layer& first = network.layers[0];
  EXPECT_EQ(first.gains, 16U);
  EXPECT_EQ(first.shifts, 20U);
  EXPECT_EQ(first.end, 24U);
  const Layer& second = network.layers[1];
  EXPECT_EQ(second.weights, 24U);
  EXPECT_EQ(second.gains, 44U);
  EXPECT_EQ(second.scale, 52U);
  EXPECT_EQ(second.end, 53U);
  EXPECT_EQ(second.parameter, kLeakySlope);
  EXPECT_EQ(network.parameters, 53U + 25U);
  EXPECT_EQ(network.outputs(), 5);
  // Only batch normalization keeps statistics: means, then variances.
  EXPECT_EQ(initial_statistics(network), (std::vector<double>{0, 0, 0, 0, 1, 1, 1, 1}));

  std::vector<double> parameters(network.parameters, 7);
  write_constant_starts(network, parameters);
  EXPECT_EQ(parameters[first.weights], 7);
  EXPECT_EQ(parameters[first.gains], 1);
  EXPECT_EQ(parameters[first.shifts], 0);
  EXPECT_EQ(parameters[second.scale], 0.25);
  EXPECT_EQ(parameters[network.layers[2].biases], 7);
}

TEST(Network, rejects_a_skip_between_different_widths_and_a_softmax_of_one_unit) {
  NetworkShape shape = chain(3, {4, 5}, {Activation::relu, Activation::relu}, Output::sigmoid);
  shape.hidden[1].skip.present = true;
  EXPECT_THROW(make_network(shape), std::logic_error);
  shape = chain(4, {4}, {Activation::relu}, Output::sigmoid);
  shape.hidden[0].skip.present = true;
  EXPECT_THROW(make_network(shape), std::logic_error);
  EXPECT_THROW(make_network(chain(2, {}, {}, Output::softmax, 1)), std::logic_error);
}

}  // namespace
}  // namespace init_lab
