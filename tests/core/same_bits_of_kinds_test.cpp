// The numerical contract for the kinds of layers and outputs beyond plain chains: the digests hold
// for every build, natively and as WebAssembly. They change only with the arithmetic; then a new
// digest is right if kernel_kinds_test.cpp still passes.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "examples.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {
namespace {

/// FNV-1a (64 bits) of the bytes of the numbers, least significant byte first, in hexadecimal.
std::string digest(const std::vector<double>& values) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const double value : values) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    for (int byte = 0; byte < 8; ++byte) {
      hash ^= (bits >> (8 * byte)) & 0xff;
      hash *= 0x100000001b3;
    }
  }
  std::string text;
  for (int digit = 15; digit >= 0; --digit) text += "0123456789abcdef"[(hash >> (4 * digit)) & 0xf];
  return text;
}

/// Digest of the parameters, running statistics and outputs after 60 updates in mini-batches of 32.
std::string trained(Normalization normalization, const Skip& skip, Activation activation, Output output, int units,
                    Precision precision) {
  NetworkShape shape =
      chain(5, {40, 40, 40, 9}, {activation, Activation::relu, activation, Activation::leaky_relu}, output, units);
  for (LayerShape& layer : shape.hidden) layer.normalizer.kind = normalization;
  shape.hidden[1].skip = shape.hidden[2].skip = skip;
  shape.hidden[3].parameter = 0.2;
  const Network network = make_network(shape);
  auto points = std::make_shared<Points>(testing::normal_points(5, 150, 3));
  for (std::size_t i = 0; i < points->y.size(); ++i) points->y[i] = static_cast<double>(i % 3);
  std::vector<double> parameters = testing::normal_parameters(network, 0.2, 4);
  write_constant_starts(network, parameters);
  Trainer trainer(network, points, Optimizer({"adam", {{"batchSize", 32}}}), parameters, precision);
  trainer.step(60);
  std::vector<double> numbers = trainer.parameters();
  for (const std::vector<double>& more : {trainer.statistics(), trainer.outputs()})
    numbers.insert(numbers.end(), more.begin(), more.end());
  return digest(numbers);
}

TEST(SameBitsOfKinds, hold_for_a_softmax_over_learned_skips_and_batch_normalization) {
  EXPECT_EQ(trained(Normalization::batch, {true, 0.5, true}, Activation::gelu, Output::softmax, 3, Precision::float64),
            "b7e7def109033a51");
}

TEST(SameBitsOfKinds, hold_for_a_softmax_over_skips_and_layer_normalization_in_float32) {
  EXPECT_EQ(trained(Normalization::layer, {true, 0.5, false}, Activation::silu, Output::softmax, 3, Precision::float32),
            "3e3509682f1ff2b2");
}

TEST(SameBitsOfKinds, hold_for_a_regression_with_sine_units_and_skips) {
  EXPECT_EQ(trained(Normalization::none, {true, 0.5, true}, Activation::sine, Output::linear, 1, Precision::float64),
            "56a56e26009430c0");
}

TEST(SameBitsOfKinds, hold_for_several_tanh_outputs_with_sine_units_in_float32) {
  EXPECT_EQ(trained(Normalization::none, {}, Activation::sine, Output::tanh, 3, Precision::float32),
            "22965b7ee1eaa178");
}

}  // namespace
}  // namespace init_lab
