#include "init_lab/training/optimizers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {
namespace {

using testing::Array;
using testing::Fixture;
using testing::relative_difference;

/// The learning rate that scripts/oracle.py gives each method.
double rate_of(std::string_view method) { return method == "gd" || method == "momentum" ? 0.1 : 0.01; }

TEST(Optimizers, follow_the_notebook_for_a_hundred_updates) {
  const Fixture expected("optimizers");
  const auto initial = Fixture("notebooks")["circles/he/parameters_at_0"].values;
  const auto circles = std::make_shared<const Points>(make_dataset({"circles", {}}).train);
  const Network network = make_network(chain(2, {10, 5}, {Activation::relu, Activation::relu}, Output::sigmoid));
  int runs = 0;
  for (const OptimizerInfo& row : optimizers())
    for (const std::string batch : {"0", "64"})
      for (const std::string l2 : {"0", "0.7"})
        for (const std::string decay : {"0", "0.5"}) {
          const std::string name = std::string(row.name) + "/batch_" + batch + "/l2_" + l2 + "/decay_" + decay;
          const Choice choice{std::string(row.name),
                              {{"learningRate", rate_of(row.name)},
                               {"batchSize", std::stod(batch)},
                               {"batchSeed", 7},
                               {"l2", std::stod(l2)},
                               {"decayRate", std::stod(decay)},
                               {"decayInterval", 2}}};
          Trainer trainer(network, circles, Optimizer(choice), initial, Precision::float64);
          const Array& costs = expected[name + "/costs"];
          for (std::size_t i = 0; i < costs.size(); ++i) {
            ASSERT_LE(relative_difference(trainer.cost(), costs[i]), 1e-12) << name << ", update " << i;
            if (i + 1 < costs.size()) trainer.step(1);
          }
          const std::vector<double> found = trainer.parameters();
          const Array& parameters = expected[name + "/parameters_at_100"];
          ASSERT_EQ(found.size(), parameters.size());
          for (std::size_t i = 0; i < found.size(); ++i)
            ASSERT_NEAR(found[i], parameters[i], 1e-12) << name << ", parameter " << i;
          ++runs;
        }
  EXPECT_EQ(runs, 32);
}

TEST(Optimizers, decay_the_rate_in_steps_like_the_course_s_schedule) {
  const Optimizer optimizer({"gd", {{"learningRate", 0.5}, {"decayRate", 1}, {"decayInterval", 1000}}});
  EXPECT_EQ(optimizer.learning_rate_at(0), 0.5);
  EXPECT_EQ(optimizer.learning_rate_at(999), 0.5);
  EXPECT_EQ(optimizer.learning_rate_at(1000), 0.25);
  EXPECT_EQ(optimizer.learning_rate_at(3999), 0.125);
  EXPECT_EQ(Optimizer({"adam", {{"learningRate", 0.5}}}).learning_rate_at(100'000), 0.5);
}

/// The parameter, from 0, after `updates` updates with one constant gradient.
template <class T = double>
T after_constant_gradient(const Optimizer& optimizer, double gradient, int updates) {
  std::vector<T> averages(static_cast<std::size_t>(optimizer.averages()));
  std::vector<T> parameter{0};
  const std::vector<T> gradients{static_cast<T>(gradient)};
  const RateRange range{0, 1, 1};
  for (int update = 1; update <= updates; ++update)
    optimizer.apply<T>(update, optimizer.learning_rate, {&range, 1}, gradients, averages, parameter);
  return parameter[0];
}

TEST(Optimizers, count_a_new_gradient_in_float32_too_where_beta_rounds_to_1) {
  for (const std::string name : {"momentum", "rmsprop", "adam"}) {
    Parameters parameters{{"learningRate", 0.1}};
    for (const ParameterInfo& info : find_optimizer(name).parameters)
      if (info.name.substr(0, 4) == "beta") parameters[std::string(info.name)] = info.max;
    const Optimizer optimizer({name, parameters});
    const double expected = after_constant_gradient(optimizer, 3, 5);
    ASSERT_NE(expected, 0);
    EXPECT_NEAR(static_cast<double>(after_constant_gradient<float>(optimizer, 3, 5)) / expected, 1, 1e-4) << name;
  }
}

TEST(Optimizers, follow_their_closed_forms_under_a_constant_gradient) {
  constexpr int kUpdates = 20;
  for (const double gradient : {3.0, -0.02}) {
    const double n = kUpdates;
    EXPECT_NEAR(after_constant_gradient(Optimizer({"gd", {{"learningRate", 0.1}}}), gradient, kUpdates),
                -0.1 * n * gradient, 1e-14 * n);
    // v_t = (1 - b^t) g, summed.
    const double b = 0.9;
    EXPECT_NEAR(after_constant_gradient(Optimizer({"momentum", {{"learningRate", 0.1}}}), gradient, kUpdates),
                -0.1 * gradient * (n - b * (1 - std::pow(b, n)) / (1 - b)), 1e-13);
    // Corrected averages are g and g²: every step of Adam is one learning rate long.
    EXPECT_NEAR(after_constant_gradient(Optimizer({"adam", {{"learningRate", 0.1}}}), gradient, kUpdates),
                -0.1 * n * gradient / (std::fabs(gradient) + 1e-8), 1e-12);
    double rmsprop = 0;
    for (int t = 1; t <= kUpdates; ++t)
      rmsprop -= 0.1 * gradient / (std::sqrt((1 - std::pow(0.9, t)) * gradient * gradient) + 1e-8);
    EXPECT_NEAR(after_constant_gradient(Optimizer({"rmsprop", {{"learningRate", 0.1}}}), gradient, kUpdates), rmsprop,
                1e-12);
  }
}

TEST(Optimizers, leave_parameters_without_a_gradient_unchanged) {
  for (const OptimizerInfo& row : optimizers())
    EXPECT_EQ(after_constant_gradient(Optimizer({std::string(row.name), {}}), 0, 10), 0) << row.name;
}

TEST(Optimizers, are_found_by_name_and_complete) {
  for (const OptimizerInfo& row : optimizers()) {
    EXPECT_EQ(&find_optimizer(row.name), &row);
    for (const std::string_view words : {row.label, row.formula, row.help, row.citation})
      EXPECT_FALSE(words.empty()) << row.name;
    EXPECT_EQ(Optimizer({std::string(row.name), {}}).method, row.method);
  }
}

TEST(Optimizers, name_the_wrong_field) {
  struct Case {
    Choice choice;
    std::string field, value;
  };
  const std::vector<Case> cases{
      {{"sgd", {}}, "optimizer.name", "\"sgd\""},
      {{"gd", {{"learningRate", -1}}}, "optimizer.learningRate", "-1"},
      {{"gd", {{"learningRate", std::numeric_limits<double>::infinity()}}}, "optimizer.learningRate", "Infinity"},
      {{"gd", {{"beta1", 0.9}}}, "optimizer.beta1", "0.9"},
      {{"gd", {{"batchSize", 1.5}}}, "optimizer.batchSize", "1.5"},
      {{"gd", {{"decayInterval", 0}}}, "optimizer.decayInterval", "0"},
      {{"momentum", {{"beta1", 1}}}, "optimizer.beta1", "1"},
      {{"rmsprop", {{"epsilon", -1e-8}}}, "optimizer.epsilon", "-1e-8"},
      {{"adam", {{"l2", -0.1}}}, "optimizer.l2", "-0.1"},
  };
  for (const Case& wrong : cases) {
    try {
      const Optimizer taken(wrong.choice);
      ADD_FAILURE() << wrong.field << " = " << wrong.value << " was taken";
    } catch (const SpecError& error) {
      EXPECT_EQ(error.field(), wrong.field);
      EXPECT_EQ(show(error.value()), wrong.value);
    }
  }
}

}  // namespace
}  // namespace init_lab
