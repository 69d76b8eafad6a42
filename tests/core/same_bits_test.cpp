// The numerical contract: the same experiment gives the same bits natively and as WebAssembly, whatever the compiler.
// The digests below hold for every build; this test runs in all of them.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "init_lab/experiment/experiment.hpp"

namespace init_lab {
namespace {

/// FNV-1a (64 bits) of the bytes of the parameters, least significant byte first, in hexadecimal.
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

/// Digest of what training leaves of the experiment.
std::string trained(const Spec& spec) { return digest(run(spec).parameters); }

TEST(SameBits, hold_for_the_course_s_flower) {
  Spec spec;
  spec.iterations = 300;
  EXPECT_EQ(trained(spec), "2086f3751c544efa");
}

TEST(SameBits, hold_for_relu_with_he_on_circles) {
  Spec spec;
  spec.dataset = {"circles"};
  spec.layers = {10, 5};
  spec.activations = {"relu"};
  spec.init = {{"he_normal", {{"seed", 3}}}, {}};
  spec.optimizer = {"gd", {{"learningRate", 0.01}}};
  spec.iterations = 300;
  EXPECT_EQ(trained(spec), "fedbc97f225422a1");
}

TEST(SameBits, hold_for_gelu_silu_and_elu_under_adam_in_mini_batches_with_a_tanh_output) {
  Spec spec;
  spec.dataset = {"moons"};
  spec.layers = {7, 6, 5};
  spec.activations = {"gelu", "silu", "elu"};
  spec.output = Output::tanh;
  spec.init = {{"orthogonal", {{"seed", 5}}}, {}};
  spec.optimizer = {"adam", {{"batchSize", 32}, {"l2", 0.1}}};
  spec.iterations = 200;
  EXPECT_EQ(trained(spec), "42fa2e672834e77a");
}

TEST(SameBits, hold_for_lsuv_and_rmsprop_on_a_spiral) {
  Spec spec;
  spec.dataset = {"spiral"};
  spec.layers = {16, 9};
  spec.activations = {"tanh", "sigmoid"};
  spec.init = {{"lsuv", {{"seed", 7}}}, {}};
  spec.optimizer = {"rmsprop", {{"batchSize", 50}}};
  spec.iterations = 200;
  EXPECT_EQ(trained(spec), "5c0229061f886670");
}

TEST(SameBits, hold_for_selu_and_momentum_in_float32) {
  Spec spec;
  spec.dataset = {"xor"};
  spec.layers = {8};
  spec.activations = {"selu"};
  spec.init = {{"glorot_uniform", {{"seed", 9}}}, {}};
  spec.optimizer = {"momentum"};
  spec.iterations = 200;
  spec.precision = Precision::float32;
  EXPECT_EQ(trained(spec), "e38a2f066ea2674e");
}

TEST(SameBits, hold_for_gelu_in_float32) {
  Spec spec;
  spec.dataset = {"circles"};
  spec.layers = {9, 6};
  spec.activations = {"gelu"};
  spec.init = {{"he_normal", {{"seed", 11}}}, {}};
  spec.iterations = 200;
  spec.precision = Precision::float32;
  EXPECT_EQ(trained(spec), "cac31627a1f64982");
}

}  // namespace
}  // namespace init_lab
