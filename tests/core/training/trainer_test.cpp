#include "init_lab/training/trainer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "examples.hpp"
#include "fixtures.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/training/optimizers.hpp"

namespace init_lab {
namespace {

using testing::Array;
using testing::Fixture;
using testing::normal_parameters;
using testing::normal_points;
using testing::relative_difference;

constexpr std::uint32_t kSeed = 41;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Network small_network(Output output = Output::sigmoid) {
  return make_network(chain(3, {6, 4}, {Activation::tanh, Activation::silu}, output));
}

/// A training on 101 examples, a number that no batch or group divides.
Trainer trainer_of(const Choice& optimizer, Precision precision, const Network& network = small_network()) {
  return {network, std::make_shared<const Points>(normal_points(3, 101, kSeed)), Optimizer(optimizer),
          normal_parameters(network, 0.5, kSeed), precision};
}

struct Case {
  Choice optimizer;
  Precision precision;
  std::string description;
};

/// Every method, full batch and mini-batches, with L2 and decay, in both precisions.
std::vector<Case> cases() {
  std::vector<Case> all;
  for (const OptimizerInfo& row : optimizers())
    for (const double batch_size : {0.0, 16.0, 101.0, 1000.0})
      for (const Precision precision : {Precision::float64, Precision::float32})
        all.push_back({{std::string(row.name),
                        {{"learningRate", 0.01}, {"batchSize", batch_size}, {"l2", 0.1}, {"decayRate", 0.2}}},
                       precision,
                       std::string(row.name) + ", batch size " + std::to_string(static_cast<int>(batch_size)) + ", " +
                           (precision == Precision::float64 ? "float64" : "float32")});
  return all;
}

TEST(Trainer, gives_the_same_bits_in_one_call_of_n_steps_and_in_several_calls) {
  for (const Case& c : cases()) {
    Trainer at_once = trainer_of(c.optimizer, c.precision);
    at_once.step(37);
    Trainer parted = trainer_of(c.optimizer, c.precision);
    for (const int n : {1, 0, 5, 20, 11}) {
      parted.step(n);
      (void)parted.cost();  // reading changes nothing
      (void)parted.gradient();
      (void)parted.outputs();
    }
    EXPECT_EQ(parted.iteration(), 37);
    EXPECT_EQ(parted.parameters(), at_once.parameters()) << c.description;
  }
}

TEST(Trainer, continues_from_a_snapshot_with_the_same_bits) {
  for (const Case& c : cases()) {
    Trainer straight = trainer_of(c.optimizer, c.precision);
    straight.step(10);
    const std::vector<std::uint8_t> bytes = straight.snapshot();
    const std::vector<double> kept = straight.parameters();
    straight.step(23);

    Trainer resumed = trainer_of(c.optimizer, c.precision);
    resumed.step(3);
    resumed.restore(bytes);
    EXPECT_EQ(resumed.iteration(), 10) << c.description;
    EXPECT_EQ(resumed.parameters(), kept) << c.description;
    EXPECT_EQ(resumed.snapshot(), bytes) << c.description;
    resumed.step(23);
    EXPECT_EQ(resumed.parameters(), straight.parameters()) << c.description;
    EXPECT_EQ(resumed.snapshot(), straight.snapshot()) << c.description;

    straight.restore(bytes);  // back in time, in the same training
    straight.step(23);
    EXPECT_EQ(straight.parameters(), resumed.parameters()) << c.description;
  }
}

/// What restore() says; the training must stand as it stood.
void expect_refused(Trainer& trainer, const std::vector<std::uint8_t>& bytes, const std::string& description) {
  const std::vector<std::uint8_t> before = trainer.snapshot();
  try {
    trainer.restore(bytes);
    ADD_FAILURE() << description << " was taken";
  } catch (const SpecError& error) {
    EXPECT_EQ(error.field(), "snapshot") << description;
    EXPECT_EQ(error.code_name(), "bad-snapshot") << description;
  }
  EXPECT_EQ(trainer.snapshot(), before) << description;
}

TEST(Trainer, rejects_bytes_that_are_not_its_snapshot_and_changes_nothing) {
  const Choice adam{"adam", {}};
  Trainer trainer = trainer_of(adam, Precision::float64);
  trainer.step(5);
  const std::vector<std::uint8_t> good = trainer.snapshot();
  expect_refused(trainer, {}, "nothing");
  for (const std::size_t size : {std::size_t{1}, std::size_t{11}, std::size_t{12}, good.size() - 1})
    expect_refused(trainer, {good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)}, "a part of a snapshot");
  auto longer = good;
  longer.push_back(0);
  expect_refused(trainer, longer, "a snapshot and a byte");
  for (const std::size_t i : {0U, 3U, 4U, 7U, 11U}) {  // magic, fingerprint, sign of the iteration
    auto changed = good;
    changed[i] ^= 0x80U;
    expect_refused(trainer, changed, "a snapshot with byte " + std::to_string(i) + " changed");
  }
  auto late = good;
  late[11] = 0x7FU;
  expect_refused(trainer, late, "more iterations than a training has");
  expect_refused(trainer, trainer_of(adam, Precision::float32).snapshot(), "float32");
  expect_refused(trainer, trainer_of({"gd", {}}, Precision::float64).snapshot(), "another method");
  expect_refused(trainer, trainer_of(adam, Precision::float64, small_network(Output::tanh)).snapshot(),
                 "another output");
  // Both snapshots have the same length, so only the fingerprint differs.
  Trainer momentum = trainer_of({"momentum", {}}, Precision::float64);
  expect_refused(momentum, trainer_of({"rmsprop", {}}, Precision::float64).snapshot(), "a method of the same size");
  const Network other = make_network(chain(3, {6, 4}, {Activation::tanh, Activation::gelu}, Output::sigmoid));
  expect_refused(trainer, trainer_of(adam, Precision::float64, other).snapshot(), "another activation");
}

TEST(Trainer, has_the_cost_and_gradient_of_the_reference_pass) {
  for (const Output output : {Output::sigmoid, Output::tanh}) {
    const Network network = small_network(output);
    const Trainer trainer = trainer_of({"gd", {}}, Precision::float64, network);
    const Trace at = trace(network, trainer.parameters(), normal_points(3, 101, kSeed));
    EXPECT_LE(relative_difference(trainer.cost(), at.cost), 1e-14);
    const std::vector<double> gradient = trainer.gradient();
    for (std::size_t i = 0; i < gradient.size(); ++i)
      EXPECT_NEAR(gradient[i], at.gradient[i], 1e-14) << "parameter " << i;
    const std::vector<double> outputs = trainer.outputs();
    ASSERT_EQ(outputs.size(), 101U);
    for (std::size_t i = 0; i < outputs.size(); ++i)
      EXPECT_NEAR(outputs[i], at.layers.back().a(0, static_cast<Eigen::Index>(i)), 1e-14) << "example " << i;
  }
}

TEST(Trainer, adds_the_l2_term_of_the_weights_but_not_of_the_biases) {
  constexpr double kL2 = 0.7;
  const Trainer plain = trainer_of({"gd", {}}, Precision::float64);
  const Trainer pulled = trainer_of({"gd", {{"l2", kL2}}}, Precision::float64);
  const std::vector<double> parameters = plain.parameters();
  std::vector<double> expected = plain.gradient();
  double squares = 0;
  for (const Layer& layer : plain.network().layers)
    for (std::size_t i = layer.weights; i < layer.biases; ++i) {
      squares += parameters[i] * parameters[i];
      expected[i] += kL2 / 101 * parameters[i];
    }
  EXPECT_NEAR(pulled.cost(), plain.cost() + kL2 / (2 * 101) * squares, 1e-14);
  const std::vector<double> found = pulled.gradient();
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-15) << "parameter " << i;
}

TEST(Trainer, with_a_tanh_output_follows_numpy) {
  const Fixture notebooks("notebooks");
  const auto circles = std::make_shared<const Points>(make_dataset({"circles", {}}).train);
  const Network network = make_network(chain(2, {10, 5}, {Activation::relu, Activation::relu}, Output::tanh));
  Trainer trainer(network, circles, Optimizer({"gd", {{"learningRate", 0.1}}}),
                  notebooks["tanh_output/parameters_at_0"].values, Precision::float64);
  const Array& costs = notebooks["tanh_output/costs"];
  for (std::size_t i = 0; i < costs.size(); ++i) {
    EXPECT_LE(relative_difference(trainer.cost(), costs[i]), 1e-12) << "iteration " << trainer.iteration();
    trainer.step(10);
  }
  const Array& expected = notebooks["tanh_output/parameters_at_100"];
  const std::vector<double> found = trainer.parameters();
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-12) << "parameter " << i;
}

TEST(Trainer, in_float32_stays_close_to_float64) {
  Trainer twice = trainer_of({"gd", {{"learningRate", 0.1}}}, Precision::float64);
  Trainer once = trainer_of({"gd", {{"learningRate", 0.1}}}, Precision::float32);
  twice.step(100);
  once.step(100);
  EXPECT_LE(relative_difference(once.cost(), twice.cost()), 1e-5);
  const std::vector<double> expected = twice.parameters();
  const std::vector<double> found = once.parameters();
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i], expected[i], 1e-4) << "parameter " << i;
    EXPECT_EQ(found[i], static_cast<double>(static_cast<float>(found[i]))) << "parameter " << i;
  }
}

TEST(Trainer, gives_the_activations_of_every_layer_on_other_points_and_on_no_points) {
  const Network network = small_network();
  const Trainer trainer = trainer_of({"gd", {}}, Precision::float64, network);
  const Points points = normal_points(3, 29, kSeed + 1);
  const Trace at = trace(network, trainer.parameters(), points);
  const std::vector<std::vector<float>> found = trainer.hidden_activations(points, 4096);
  ASSERT_EQ(found.size(), network.layers.size() - 1);
  for (std::size_t layer = 0; layer < found.size(); ++layer)
    for (int unit = 0; unit < network.layers[layer].out; ++unit)
      for (int i = 0; i < 29; ++i)
        EXPECT_NEAR(found[layer][static_cast<std::size_t>(unit * 29 + i)], at.layers[layer].a(unit, i), 1e-6)
            << "layer " << layer << ", unit " << unit << ", example " << i;
  std::vector<double> outputs(29);
  trainer.predict(points, outputs);
  for (int i = 0; i < 29; ++i)
    EXPECT_NEAR(outputs[static_cast<std::size_t>(i)], at.layers.back().a(0, i), 1e-14) << "example " << i;
  std::vector<double> none;
  trainer.predict({3, {}, {}}, none);
  EXPECT_TRUE(trainer.hidden_activations({3, {}, {}}, 2)[0].empty());
}

TEST(Trainer, reports_infinite_and_nan_costs) {
  const Network network = make_network(chain(1, {}, {}, Output::sigmoid));
  const auto points = std::make_shared<const Points>(Points{1, {1, 1}, {0, 1}});
  for (const Precision precision : {Precision::float64, Precision::float32}) {
    Trainer trainer(network, points, Optimizer({"gd", {}}), std::vector<double>{1000, 0}, precision);
    EXPECT_EQ(trainer.cost(), kInfinity);
    trainer.set_parameters(std::vector<double>{std::nan(""), 0});
    EXPECT_TRUE(std::isnan(trainer.cost()));
    trainer.step(3);
    EXPECT_TRUE(std::isnan(trainer.cost()));
  }
}

TEST(Trainer, keeps_averages_and_iteration_when_its_parameters_are_replaced) {
  Trainer trainer = trainer_of({"momentum", {{"learningRate", 0.1}}}, Precision::float64);
  trainer.step(5);
  const std::vector<double> kept = trainer.parameters();
  const std::vector<std::uint8_t> bytes = trainer.snapshot();
  trainer.set_parameters(std::vector<double>(kept.size(), 0.0));
  EXPECT_EQ(trainer.iteration(), 5);
  trainer.set_parameters(kept);
  EXPECT_EQ(trainer.snapshot(), bytes);
}

}  // namespace
}  // namespace init_lab
