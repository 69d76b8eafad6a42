// Trainings of the new kinds of layers and outputs: running statistics, frozen layers,
// learning-rate factors, snapshots.
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "examples.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/training/optimizers.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {
namespace {

using testing::normal_parameters;
using testing::normal_points;

constexpr std::uint32_t kSeed = 77;

/// 3 inputs, three hidden layers of 6 units, three classes.
NetworkShape shape_of(Normalization normalization, const Skip& skip) {
  NetworkShape shape = chain(3, {6, 6, 6}, {Activation::relu, Activation::tanh, Activation::gelu}, Output::softmax, 3);
  for (std::size_t l = 0; l < 3; ++l) {
    shape.hidden[l].normalizer.kind = normalization;
    if (l > 0) shape.hidden[l].skip = skip;
  }
  return shape;
}

std::shared_ptr<const Points> three_classes() {
  auto points = std::make_shared<Points>(normal_points(3, 101, kSeed));
  points->classes = 3;
  for (std::size_t i = 0; i < points->y.size(); ++i) points->y[i] = static_cast<double>(i % 3);
  return points;
}

std::vector<double> start_of(const Network& network) {
  std::vector<double> parameters = normal_parameters(network, 0.4, kSeed);
  write_constant_starts(network, parameters);
  return parameters;
}

Trainer trainer_of(const NetworkShape& shape, const Choice& optimizer, Precision precision = Precision::float64) {
  const Network network = make_network(shape);
  return {network, three_classes(), Optimizer(optimizer), start_of(network), precision};
}

TEST(TrainerOfKinds, has_the_cost_the_outputs_and_the_accuracy_of_the_reference_pass) {
  for (const Normalization normalization : {Normalization::none, Normalization::batch, Normalization::layer}) {
    const Trainer trainer = trainer_of(shape_of(normalization, {true, 0.5, true}), {"gd", {}});
    const Trace signals = trace(trainer.network(), trainer.parameters(), *three_classes());
    const Evaluation found = trainer.evaluate();
    EXPECT_NEAR(found.cost, signals.cost, 1e-13);
    const std::vector<double> outputs = trainer.outputs();
    const Matrix& a = signals.layers.back().a;
    ASSERT_EQ(outputs.size(), 303U);
    double right = 0;
    for (Eigen::Index i = 0; i < 101; ++i) {
      Eigen::Index best = 0;
      a.col(i).maxCoeff(&best);
      right += best == i % 3 ? 1 : 0;
      for (Eigen::Index unit = 0; unit < 3; ++unit)
        EXPECT_NEAR(outputs[static_cast<std::size_t>(unit * 101 + i)], a(unit, i), 1e-13);
    }
    EXPECT_EQ(found.accuracy, right / 101);
    const std::vector<double> gradient = trainer.gradient();
    for (std::size_t i = 0; i < gradient.size(); ++i) EXPECT_NEAR(gradient[i], signals.gradient[i], 1e-13) << i;
  }
}

TEST(TrainerOfKinds, moves_running_statistics_by_the_momentum_and_predicts_with_them) {
  NetworkShape shape = shape_of(Normalization::batch, {});
  for (LayerShape& layer : shape.hidden) layer.normalizer.momentum = 0.75;
  Trainer trainer = trainer_of(shape, {"gd", {{"learningRate", 0}}});
  const Network& network = trainer.network();
  const Trace signals = trace(network, trainer.parameters(), *three_classes());
  trainer.step(1);
  const std::vector<double> after_one = trainer.statistics();
  ASSERT_EQ(after_one.size(), 36U);
  for (std::size_t l = 0; l < 3; ++l)
    for (int unit = 0; unit < 6; ++unit) {
      const std::size_t mean = network.layers[l].statistics + static_cast<std::size_t>(unit);
      EXPECT_NEAR(after_one[mean], 0.25 * signals.layers[l].mean(unit), 1e-14);
      EXPECT_NEAR(after_one[mean + 6], 0.75 + 0.25 * signals.layers[l].variance(unit), 1e-14);
    }
  // With a learning rate of 0 they converge to the statistics of the training part.
  trainer.step(150);
  std::vector<double> predicted(303);
  trainer.predict(*three_classes(), predicted);
  const std::vector<double> outputs = trainer.outputs();
  for (std::size_t i = 0; i < predicted.size(); ++i) EXPECT_NEAR(predicted[i], outputs[i], 1e-12) << i;
  EXPECT_EQ(trainer.accuracy(*three_classes()), trainer.evaluate().accuracy);
}

TEST(TrainerOfKinds, leaves_frozen_layers_unchanged_and_trains_the_others) {
  for (const OptimizerInfo& method : optimizers()) {
    NetworkShape shape = shape_of(Normalization::layer, {true, 1, true});
    shape.hidden[1].learning.frozen = true;
    shape.output_learning.frozen = true;
    Trainer trainer = trainer_of(shape, {std::string(method.name), {{"learningRate", 0.1}}});
    const std::vector<double> before = trainer.parameters();
    trainer.step(3);
    const std::vector<double> after = trainer.parameters();
    for (std::size_t l = 0; l < 4; ++l) {
      const Layer& layer = trainer.network().layers[l];
      double moved = 0;
      for (std::size_t i = layer.weights; i < layer.end; ++i) moved += std::fabs(after[i] - before[i]);
      EXPECT_EQ(moved > 0, l == 0 || l == 2) << method.name << ", layer " << l;
    }
  }
}

TEST(TrainerOfKinds, multiplies_the_learning_rate_by_the_factors_of_a_layer_for_every_method) {
  for (const OptimizerInfo& method : optimizers()) {
    const Choice choice{std::string(method.name), {{"learningRate", 0.01}}};
    NetworkShape shape = shape_of(Normalization::layer, {true, 1, true});
    Trainer plain = trainer_of(shape, choice);
    shape.hidden[2].learning = {0.5, 4, false};
    Trainer factored = trainer_of(shape, choice);
    const std::vector<double> before = plain.parameters();
    plain.step(1);
    factored.step(1);
    const std::vector<double> one = plain.parameters();
    const std::vector<double> other = factored.parameters();
    const Layer& layer = plain.network().layers[2];
    for (std::size_t i = 0; i < before.size(); ++i) {
      double factor = 1;
      if (i >= layer.weights && i < layer.biases) factor = 0.5;
      if (i >= layer.biases && i < layer.scale) factor = 4;
      EXPECT_NEAR(other[i] - before[i], factor * (one[i] - before[i]), 1e-14) << method.name << ", parameter " << i;
    }
  }
}

TEST(TrainerOfKinds, continues_from_a_snapshot_with_the_same_bits) {
  for (const Normalization normalization : {Normalization::none, Normalization::batch, Normalization::layer})
    for (const Precision precision : {Precision::float64, Precision::float32}) {
      const NetworkShape shape = shape_of(normalization, {true, 0.5, true});
      const Choice adam{"adam", {{"batchSize", 16}}};
      Trainer straight = trainer_of(shape, adam, precision);
      straight.step(9);
      const std::vector<std::uint8_t> bytes = straight.snapshot();
      straight.step(20);
      Trainer resumed = trainer_of(shape, adam, precision);
      resumed.restore(bytes);
      resumed.step(20);
      EXPECT_EQ(resumed.snapshot(), straight.snapshot());
      EXPECT_EQ(resumed.statistics(), straight.statistics());
    }
}

TEST(TrainerOfKinds, rejects_a_snapshot_of_another_kind_of_layer) {
  Trainer plain = trainer_of(shape_of(Normalization::none, {}), {"gd", {}});
  EXPECT_THROW(plain.restore(trainer_of(shape_of(Normalization::none, {true, 1, false}), {"gd", {}}).snapshot()),
               SpecError);
  NetworkShape leaky = shape_of(Normalization::none, {});
  leaky.hidden[0].activation = Activation::leaky_relu;
  NetworkShape steeper = leaky;
  steeper.hidden[0].parameter = 0.2;
  EXPECT_THROW(trainer_of(leaky, {"gd", {}}).restore(trainer_of(steeper, {"gd", {}}).snapshot()), SpecError);
}

TEST(TrainerOfKinds, minimizes_the_cost_that_it_reports_with_l2_in_mini_batches) {
  // An epoch of equal batches with a tiny learning rate moves the weights against the gradient of
  // the cost.
  NetworkShape shape = chain(3, {5}, {Activation::tanh}, Output::softmax, 3);
  auto points = std::make_shared<Points>(normal_points(3, 96, kSeed));
  for (std::size_t i = 0; i < 96; ++i) points->y[i] = static_cast<double>(i % 3);
  const Network network = make_network(shape);
  constexpr double kRate = 1e-7;
  Trainer trainer(network, points, Optimizer({"gd", {{"learningRate", kRate}, {"batchSize", 16}, {"l2", 3}}}),
                  start_of(network), Precision::float64);
  const std::vector<double> gradient = trainer.gradient();
  const std::vector<double> before = trainer.parameters();
  trainer.step(6);
  const std::vector<double> after = trainer.parameters();
  for (std::size_t i = 0; i < before.size(); ++i)
    EXPECT_NEAR((before[i] - after[i]) / (6 * kRate), gradient[i], 1e-5) << "parameter " << i;
  // The cost is the one that the gradient belongs to.
  constexpr double kStep = 1e-5;
  std::vector<double> moved = before;
  moved[0] = before[0] + kStep;
  trainer.set_parameters(moved);
  const double above = trainer.cost();
  moved[0] = before[0] - kStep;
  trainer.set_parameters(moved);
  EXPECT_NEAR((above - trainer.cost()) / (2 * kStep), gradient[0], 1e-8);
}

}  // namespace
}  // namespace init_lab
