// Longer than most files because it tests every field of an experiment.
#include "init_lab/experiment/experiment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "examples.hpp"
#include "fixtures.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/data/input_scale.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/optimizers.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {
namespace {

using testing::Array;
using testing::Fixture;
using testing::normal_points;
using testing::relative_difference;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

const Fixture& notebooks() {
  static const Fixture fixture("notebooks");
  return fixture;
}

/// The Initialization notebook of the course, Improving Deep Neural Networks, week 1.
Spec circles_spec(Choice init) {
  Spec spec;
  spec.dataset = {"circles", {}};
  spec.layers = {10, 5};
  spec.activations = {"relu"};
  spec.init.all = std::move(init);
  spec.init.all.parameters["seed"] = 3;
  spec.optimizer = {"gd", {{"learningRate", 0.01}}};
  spec.iterations = 15000;
  spec.record = 1000;
  return spec;
}

/// A spec that runs in no time.
Spec quick_spec() {
  Spec spec = circles_spec({"he_normal", {}});
  spec.iterations = 50;
  spec.record = 20;
  return spec;
}

bool equal(const Metrics& a, const Metrics& b) {
  return a.iteration == b.iteration && relative_difference(a.cost, b.cost) == 0 &&
         relative_difference(a.train_accuracy, b.train_accuracy) == 0 &&
         relative_difference(a.test_accuracy, b.test_accuracy) == 0;
}

void expect_equal(const Result& found, const Result& expected) {
  EXPECT_EQ(found.spec, expected.spec);
  EXPECT_TRUE(
      std::equal(found.history.begin(), found.history.end(), expected.history.begin(), expected.history.end(), equal));
  EXPECT_TRUE(equal(found.final, expected.final));
  EXPECT_EQ(found.parameters, expected.parameters);
}

struct Row {
  std::string name;  ///< in the fixture
  Choice init;
  /// as the notebook prints them; costs at 0 and 14,000
  double train_accuracy, test_accuracy, first_cost, last_cost;
};

class Initialization : public ::testing::TestWithParam<Row> {};

TEST_P(Initialization, ends_with_the_figures_of_the_notebook) {
  const Row& row = GetParam();
  const bool chaotic = row.name == "normal_10";
  const std::string name = "circles/" + row.name;
  Session session(circles_spec(row.init));

  const Array& initial = notebooks()[name + "/parameters_at_0"];
  const std::vector<double> drawn = session.parameters();
  ASSERT_EQ(drawn.size(), initial.size());
  for (std::size_t i = 0; i < drawn.size(); ++i)
    EXPECT_LE(relative_difference(drawn[i], initial[i]), 1e-14) << "parameter " << i;

  session.step(100);
  if (!chaotic) {
    const Array& expected = notebooks()[name + "/parameters_at_100"];
    const std::vector<double> found = session.parameters();
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-12) << "parameter " << i;
  }

  session.step(14'900);
  const Metrics final = session.metrics();
  EXPECT_EQ(final.train_accuracy, row.train_accuracy);
  EXPECT_EQ(final.test_accuracy, row.test_accuracy);
  const Array& accuracies = notebooks()[name + "/accuracies"];
  EXPECT_EQ(final.train_accuracy, accuracies[0]);
  EXPECT_EQ(final.test_accuracy, accuracies[1]);

  const auto history = session.history();
  const Array& costs = notebooks()[name + "/costs"];
  ASSERT_EQ(history.size(), 16U);
  ASSERT_EQ(costs.size(), 15U);
  EXPECT_LE(relative_difference(history[0].cost, row.first_cost), 1e-12);
  for (std::size_t i = 0; i < costs.size(); ++i) {
    EXPECT_EQ(history[i].iteration, 1000.0 * static_cast<double>(i));
    if (!chaotic) {
      EXPECT_LE(relative_difference(history[i].cost, costs[i]), 1e-12) << "iteration " << 1000 * i;
    }
  }
  // One unit in the last place of a weight decides the cost of the chaotic row: no two
  // implementations agree on more.
  if (chaotic) {
    EXPECT_NEAR(history[14].cost, row.last_cost, 1e-2);
  } else {
    EXPECT_LE(relative_difference(history[14].cost, row.last_cost), 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Notebook, Initialization,
    ::testing::Values(
        Row{"normal_10", {"normal", {{"std", 10}}}, 0.83, 0.86, kInfinity, 0.383},
        Row{"normal_0.1", {"normal", {{"std", 0.1}}}, 0.6, 0.57, 0.6933234320329613, 0.6924787835871681},
        Row{"normal_0.01",
            {"normal", {{"std", 0.01}}},
            0.4633333333333333,
            0.48,
            0.6931473549048266,
            0.6931473065831707},
        Row{"normal_1", {"normal", {{"std", 1}}}, 0.9966666666666667, 0.96, 1.9698193182646357, 0.06370209022580518},
        Row{"zeros", {"zeros", {}}, 0.5, 0.5, 0.6931471805599453, 0.6931471805599453},
        Row{"he", {"he_normal", {}}, 0.9933333333333333, 0.96, 0.8830537463419761, 0.07357895962677369},
        Row{"lecun", {"lecun_normal", {}}, 0.99, 0.93, 0.729451703805014, 0.10850689140892149}),
    [](const auto& row) {
      std::string name = row.param.name;
      std::replace(name.begin(), name.end(), '.', '_');
      return name;
    });

TEST(Flower, follows_the_planar_notebook_until_it_turns_chaotic) {
  Spec spec;
  spec.record = 1000;
  Session session(spec);
  const Array& initial = notebooks()["flower/parameters_at_0"];
  for (std::size_t i = 0; i < initial.size(); ++i)
    EXPECT_LE(relative_difference(session.parameters()[i], initial[i]), 1e-14) << "parameter " << i;
  EXPECT_LE(relative_difference(session.metrics().cost, 0.6930480201239823), 1e-12);
  session.step(10'000);
  const Array& costs = notebooks()["flower/costs"];
  const Array& nudged = notebooks()["flower/nudged/costs"];
  for (std::size_t i = 0; i <= 6; ++i) {
    EXPECT_LE(relative_difference(session.history()[i].cost, costs[i]), 1e-12) << "iteration " << 1000 * i;
    EXPECT_LE(relative_difference(nudged[i], costs[i]), 1e-12) << "iteration " << 1000 * i << " of the nudged run";
  }
  // NumPy, too, ends elsewhere once W1[0][0] starts one unit in the last place higher.
  EXPECT_NE(notebooks()["flower/nudged/accuracies"][0], notebooks()["flower/accuracies"][0]);
  EXPECT_EQ(notebooks()["flower/accuracies"][0], 0.9075);
  EXPECT_NEAR(session.metrics().train_accuracy, 0.9075, 1.0 / 400 + 1e-12);
  EXPECT_NEAR(session.history()[9].cost, 0.21856046700200737, 1e-3);
}

struct Wrong {
  std::string field, value;
  std::function<void(Spec&)> spoil;
  std::string code = "out-of-range";
};

TEST(Spec, rejects_every_bad_field_with_field_value_and_expectation) {
  const auto points = [](Points train, Points test = {}) {
    return [=](Spec& spec) {
      spec.dataset = {"points", {}};
      spec.train_points = train;
      spec.test_points = test;
    };
  };
  const Points good{2, {1, 2, 3, 4}, {0, 1}};
  const std::vector<Wrong> table{
      {"dataset.name", "\"rose\"", [](Spec& s) { s.dataset.name = "rose"; }, "unknown-name"},
      {"dataset.name", '"' + std::string(57, 'r') + "...\"", [](Spec& s) { s.dataset.name = std::string(1000, 'r'); },
       "unknown-name"},
      {"dataset.samples", "1", [](Spec& s) { s.dataset.parameters["samples"] = 1; }},
      {"dataset.noise", "NaN", [](Spec& s) { s.dataset.parameters["noise"] = kNaN; }, "not-finite"},
      {"dataset.petals", "3", [](Spec& s) { s.dataset.parameters["petals"] = 3; }, "unknown-parameter"},
      {"dataset." + std::string(57, 'p') + "...", "3", [](Spec& s) { s.dataset.parameters[std::string(61, 'p')] = 3; },
       "unknown-parameter"},
      {"dataset.train.y", "0", points({}), "wrong-count"},
      {"dataset.train.features", "0", points({0, {}, {0, 1}})},
      {"dataset.train.x", "3", points({2, {1, 2, 3}, {0, 1}}), "wrong-count"},
      {"dataset.train.x[2]", "Infinity", points({2, {1, 2, kInfinity, 4}, {0, 1}}), "not-finite"},
      {"dataset.train.y[1]", "0.5", points({2, {1, 2, 3, 4}, {0, 0.5}})},
      {"dataset.test.features", "1", points(good, {1, {1}, {0}})},
      {"dataset.test.x", "0", points({3, {1, 2, 3}, {0}}, {2, {}, {1}}), "wrong-count"},
      {"dataset.test.y[0]", "-1", points(good, {2, {1, 2}, {-1}})},
      {"dataset.test.x", "2", points(good, {2, {1, 2}, {}}), "wrong-count"},
      {"layers", "258", [](Spec& s) { s.layers.assign(258, 2); }, "wrong-count"},
      {"layers[1]", "0",
       [](Spec& s) {
         s.layers = {4, 0};
       }},
      {"layers[0]", "4097", [](Spec& s) { s.layers = {4097}; }},
      {"layers", "33579009",
       [](Spec& s) {
         s.layers = {4096, 4096, 4096};
       },
       "wrong-count"},
      // 2^20 inputs times 2^12 units: none at all in 32 bits.
      {"layers", "4294975489",
       [](Spec& s) {
         s.dataset = {"points", {}};
         s.train_points = {1 << 20, std::vector<double>(1 << 20), {1}};
         s.layers = {4096};
       },
       "wrong-count"},
      {"activations[0]", "\"softmax\"", [](Spec& s) { s.activations = {"softmax"}; }, "unknown-name"},
      {"activations", "2",
       [](Spec& s) {
         s.layers = {4, 4, 4};
         s.activations = {"relu", "relu"};
       },
       "wrong-count"},
      {"activations", "0", [](Spec& s) { s.activations.clear(); }, "wrong-count"},
      {"activations[0].slope", "2",
       [](Spec& s) {
         s.activations = {Choice{"tanh", {{"slope", 2}}}};
       },
       "unknown-parameter"},
      {"normalization.name", "\"group\"", [](Spec& s) { s.normalization = "group"; }, "unknown-name"},
      {"normalization.epsilon", "0",
       [](Spec& s) {
         s.normalization = {"layer", {{"epsilon", 0}}};
       }},
      {"parametrization.baseWidth", "0.5",
       [](Spec& s) {
         s.parametrization = {"mup", {{"baseWidth", 0.5}}};
       },
       "not-an-integer"},
      {"skip.scale", "\"2/L\"", [](Spec& s) { s.skip = SkipSpec{"2/L"}; }, "unknown-name"},
      {"skip.scale", "2000000", [](Spec& s) { s.skip = SkipSpec{2e6}; }},
      {"layers[1]", "3",
       [](Spec& s) {
         s.skip = SkipSpec{};
         s.layers = {4, 3};
       }},
      {"frozen[1]", "2",
       [](Spec& s) {
         s.frozen = {0, 2};
       }},
      {"init.bias.name", "\"ones\"", [](Spec& s) { s.init.bias = "ones"; }, "unknown-name"},
      {"init.outputBias.value", "NaN",
       [](Spec& s) {
         s.init.output_bias = Choice{"constant", {{"value", kNaN}}};
       },
       "not-finite"},
      {"init.name", "\"xavier\"",
       [](Spec& s) {
         s.init.all = {"xavier", {}};
       },
       "unknown-name"},
      {"init.std", "-1", [](Spec& s) { s.init.all.parameters["std"] = -1; }},
      {"init.seed", "1.5", [](Spec& s) { s.init.all.parameters["seed"] = 1.5; }, "not-an-integer"},
      {"init.layers", "3", [](Spec& s) { s.init.layers.resize(3); }, "wrong-count"},
      {"init.layers[1].name", "\"he\"",
       [](Spec& s) {
         s.init.layers = {{}, Choice{"he", {}}};
       },
       "unknown-name"},
      {"init.layers[0].gain", "2",
       [](Spec& s) {
         s.init.layers = {Choice{"zeros", {{"gain", 2}}}};
       },
       "unknown-parameter"},
      {"init.layers[0].seed", "5",
       [](Spec& s) {
         s.init.layers = {Choice{"zeros", {{"seed", 5}}}};
       },
       "unknown-parameter"},
      {"layers", "2105345",
       [](Spec& s) {
         s.dataset.parameters["samples"] = 10'000;
         s.layers = {2048, 1024};
       },
       "wrong-count"},
      {"layers[1]", "2048",
       [](Spec& s) {
         s.layers = {2048, 2048};
         s.init.all = {"orthogonal", {}};
       }},
      {"optimizer.name", "\"sgd\"", [](Spec& s) { s.optimizer.name = "sgd"; }, "unknown-name"},
      {"optimizer.learningRate", "-0.5", [](Spec& s) { s.optimizer.parameters["learningRate"] = -0.5; }},
      {"iterations", "-1", [](Spec& s) { s.iterations = -1; }},
      {"iterations", "100000001", [](Spec& s) { s.iterations = 100'000'001; }},
      {"record", "0", [](Spec& s) { s.record = 0; }},
  };
  for (const Wrong& wrong : table) {
    Spec spec;
    wrong.spoil(spec);
    try {
      complete(spec);
      ADD_FAILURE() << wrong.field << " = " << wrong.value << " was taken";
    } catch (const SpecError& error) {
      EXPECT_EQ(error.field(), wrong.field);
      EXPECT_EQ(show(error.value()), wrong.value) << wrong.field;
      EXPECT_EQ(error.code_name(), wrong.code) << wrong.field;
      EXPECT_EQ(describe(error), wrong.field + " (" + wrong.value + "): " + wrong.code);
    }
    EXPECT_THROW(Session{spec}, SpecError) << wrong.field;
    EXPECT_THROW(run(spec), SpecError) << wrong.field;
  }
}

TEST(Spec, is_complete_after_completing_once) {
  std::vector<Spec> specs{{}, quick_spec()};
  for (const DatasetInfo& row : datasets()) {
    specs.emplace_back().dataset = {std::string(row.name), {}};
    if (row.has_targets()) specs.back().output = Output::linear;
  }
  for (const InitializerInfo& row : initializers()) specs.emplace_back().init.all = {std::string(row.name), {}};
  for (const OptimizerInfo& row : optimizers()) specs.emplace_back().optimizer = {std::string(row.name), {}};
  specs.emplace_back().layers = {};
  specs.emplace_back().layers = {3, 2, 5};
  specs.back().init.layers = {std::nullopt, Choice{"zeros", {}}};
  specs.emplace_back().dataset = {"points", {}};
  specs.back().train_points = normal_points(3, 11, 1);
  for (const Spec& spec : specs) {
    const Spec once = complete(spec);
    EXPECT_EQ(complete(once), once) << spec.dataset.name << ", " << spec.init.all.name << ", " << spec.optimizer.name;
    EXPECT_EQ(once.activations.size(), once.layers.size());
  }
}

TEST(Experiment, records_at_multiples_of_record_from_zero_on_however_it_is_stepped) {
  Session session(quick_spec());
  for (const int n : {7, 13, 0, 1, 29}) session.step(n);
  ASSERT_EQ(session.history().size(), 3U);
  const Result result = run(quick_spec());
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(result.history[i].iteration, 20.0 * static_cast<double>(i));
    EXPECT_TRUE(equal(session.history()[i], result.history[i]));
  }
  EXPECT_EQ(result.final.iteration, 50);
  EXPECT_EQ(session.parameters(), result.parameters);
}

TEST(Experiment, gives_the_same_result_alone_and_with_others) {
  std::vector<Spec> specs{quick_spec(), quick_spec(), quick_spec(), quick_spec(), quick_spec()};
  specs[1].init.all = {"lecun_normal", {{"seed", 9}}};
  specs[2].dataset = {"moons", {}};
  specs[3].precision = Precision::float32;
  specs[3].optimizer = {"adam", {{"batchSize", 32}}};
  specs[4].dataset = {"points", {}};
  specs[4].train_points = normal_points(2, 20, 5);
  const std::vector<Result> results = run_all(specs);
  ASSERT_EQ(results.size(), specs.size());
  for (std::size_t i = 0; i < specs.size(); ++i) expect_equal(results[i], run(specs[i]));
  specs.back().record = 0;
  EXPECT_THROW(run_all(specs), SpecError);
  EXPECT_TRUE(run_all({}).empty());
}

TEST(Experiment, reports_a_nan_cost_as_nan) {
  Session session(quick_spec());
  std::vector<double> parameters = session.parameters();
  parameters.back() = kNaN;
  session.set_parameters(parameters);
  EXPECT_TRUE(std::isnan(session.metrics().cost));
  session.step(20);
  EXPECT_TRUE(std::isnan(session.history()[1].cost));
  EXPECT_EQ(session.history()[1].train_accuracy, 0.5);  // NaN is not above 0.5: all are class 0
}

TEST(Experiment, takes_points_of_three_features_and_no_test_part) {
  Spec spec = quick_spec();
  spec.dataset = {"points", {}};
  spec.train_points = normal_points(3, 25, 6);
  Session session(spec);
  EXPECT_EQ(session.network().inputs(), 3);
  session.step(10);
  EXPECT_TRUE(std::isnan(session.metrics().test_accuracy));
  EXPECT_EQ(session.predict(spec.train_points).size(), 25U);
  EXPECT_THROW((void)session.predict(normal_points(2, 4, 6)), SpecError);
}

TEST(Experiment, predicts_the_same_on_a_grid_and_point_by_point) {
  const Grid grid{-2, 3, -1.5, 1, 7, 5};
  for (const Output output : {Output::sigmoid, Output::tanh})
    for (const Precision precision : {Precision::float64, Precision::float32})
      for (const int features : {1, 2, 4}) {
        Spec spec = quick_spec();
        spec.output = output;
        spec.precision = precision;
        spec.dataset = {"points", {}};
        spec.train_points = normal_points(features, 30, 7);
        Session session(spec);
        session.step(10);
        std::vector<float> found;
        session.predict(grid, found);
        std::vector<float> centred;
        session.predict(grid, centred, true);
        for (int r = 0; r < 5; ++r)
          for (int c = 0; c < 7; ++c) {
            Points point{features, std::vector<double>(static_cast<std::size_t>(features)), {0}};
            point.x[0] = -2 + (c + 0.5) / 7 * 5;
            if (features > 1) point.x[1] = 1 - (r + 0.5) / 5 * 2.5;
            const auto i = static_cast<std::size_t>(r * 7 + c);
            const double expected = session.predict(point)[0];
            EXPECT_NEAR(centred[i], expected - 0.5, 1e-7 * std::fabs(expected - 0.5));
            EXPECT_NEAR(found[i], expected, 1e-7) << static_cast<int>(output) << ", row " << r << ", column " << c;
          }
      }
}

TEST(Experiment, standardizes_examples_test_points_and_grid_by_the_training_part) {
  Spec spec = quick_spec();
  spec.dataset = {"blobs"};
  spec.standardize = true;
  Session session(spec);
  const FeatureScales seen = measure_scales(session.dataset().train);
  for (std::size_t f = 0; f < 2; ++f) {
    EXPECT_NEAR(seen.means[f], 0, 1e-14);
    EXPECT_NEAR(seen.standard_deviations[f], 1, 1e-14);
  }
  // The same training on points that were standardized beforehand.
  Spec given = spec;
  given.standardize = false;
  given.train_points = session.dataset().train;
  given.test_points = session.dataset().test;
  given.dataset = {"points"};
  Session expected(given);
  session.step(20);
  expected.step(20);
  EXPECT_EQ(session.parameters(), expected.parameters());
  EXPECT_EQ(session.metrics().test_accuracy, expected.metrics().test_accuracy);
  // A caller's own points are in the units of the data.
  Points raw = make_dataset(spec.dataset).test;
  EXPECT_EQ(session.predict(raw), expected.predict(given.test_points));
}

TEST(Experiment, starts_from_given_weights_unchanged_under_mup) {
  Spec spec;
  spec.layers = {8, 8};
  spec.parametrization = {"mup", {{"baseWidth", 4}}};
  const std::vector<double> drawn = Session(spec).parameters();
  spec.init.all = {"given", {{"parameters", drawn}}};
  EXPECT_EQ(Session(spec).parameters(), drawn);
}

TEST(Experiment, measures_the_step_with_the_decayed_rate) {
  Spec spec = quick_spec();
  const auto ratio_after = [&](int iterations) {
    Session session(spec);
    session.step(iterations);
    return session.diagnostics().layers[0].update_ratio;
  };
  for (const double batch_size : {0.0, 100.0}) {
    spec.optimizer = {"gd", {{"learningRate", 1e-9}, {"batchSize", batch_size}}};
    const double constant = ratio_after(6);
    spec.optimizer.parameters["decayRate"] = 1;
    // 6 epochs of one batch, or 2 of three.
    EXPECT_NEAR(ratio_after(6), constant / (batch_size == 0 ? 7 : 3), constant * 1e-6);
  }
}

TEST(Experiment, predicts_units_whose_weighted_sum_is_the_next_unit) {
  const Grid grid{-2, 3, -1.5, 1, 7, 5};
  for (const std::string activation : {"relu", "tanh", "gelu"})
    for (const Precision precision : {Precision::float64, Precision::float32}) {
      Spec spec = quick_spec();
      spec.activations = {activation, activation};
      spec.precision = precision;
      Session session(spec);
      session.step(10);
      const std::vector<double> parameters = session.parameters();
      const auto& layers = session.network().layers;
      const std::vector<std::vector<float>> units = session.predict_units(grid, 4096);
      ASSERT_EQ(units.size(), 2U);
      std::vector<float> field;
      session.predict(grid, field);
      const auto weighted = [&](const Layer& layer, int unit, const std::function<double(int)>& input) {
        double z = parameters[layer.biases + static_cast<std::size_t>(unit)];
        for (int i = 0; i < layer.in; ++i)
          z += parameters[layer.weights + static_cast<std::size_t>(unit * layer.in + i)] * input(i);
        return z;
      };
      const auto phi = [&](double z) { return info(layers[0].activation).value(z); };
      for (int cell = 0; cell < 35; ++cell) {
        const double x[2] = {-2 + (cell % 7 + 0.5) / 7 * 5, 1 - (cell / 7 + 0.5) / 5 * 2.5};
        const auto at = [&](int l, int unit) {
          return units[static_cast<std::size_t>(l)][static_cast<std::size_t>(unit * 35 + cell)];
        };
        for (int u = 0; u < layers[0].out; ++u)
          EXPECT_NEAR(at(0, u), phi(weighted(layers[0], u, [&](int i) { return x[i]; })), 1e-5);
        for (int u = 0; u < layers[1].out; ++u)
          EXPECT_NEAR(at(1, u), phi(weighted(layers[1], u, [&](int i) { return at(0, i); })), 1e-5);
        const double z = weighted(layers[2], 0, [&](int i) { return at(1, i); });
        EXPECT_NEAR(field[static_cast<std::size_t>(cell)], 1 / (1 + std::exp(-z)), 1e-5);
      }
      const std::vector<std::vector<float>> first = session.predict_units(grid, 3);
      for (std::size_t l = 0; l < 2; ++l)
        EXPECT_TRUE(std::equal(first[l].begin(), first[l].end(), units[l].begin(), units[l].begin() + 3 * 35));
    }
}

TEST(Experiment, predicts_the_field_of_numpy_from_the_same_parameters) {
  Session session{Spec{}};
  for (const std::string name : {"flower", "flower/nudged"}) {
    session.set_parameters(notebooks()[name + "/parameters_at_end"].values);
    const Array& expected = notebooks()[name + "/grid_at_end"];
    ASSERT_EQ(expected.rows, 16U);
    ASSERT_EQ(expected.columns, 20U);
    std::vector<float> found;
    session.predict({-5, 5, -4, 4, 20, 16}, found);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
      // half a place of float32, and a little
      EXPECT_NEAR(found[i], expected[i], 1e-7) << name << ", cell " << i;
  }
}

TEST(Experiment, rejects_a_grid_a_unit_or_parameters_that_do_not_fit) {
  Session session(quick_spec());
  std::vector<float> out;
  const auto field_of = [](const std::function<void()>& act) -> std::string {
    try {
      act();
    } catch (const SpecError& error) {
      return error.field();
    }
    return "taken";
  };
  EXPECT_EQ(field_of([&] { session.predict({-1, 1, -1, 1, 0, 1}, out); }), "grid.columns");
  EXPECT_EQ(field_of([&] { session.predict({-1, 1, -1, 1, 1, 5000}, out); }), "grid.rows");
  EXPECT_EQ(field_of([&] { session.predict({kNaN, 1, -1, 1, 1, 1}, out); }), "grid.x1[0]");
  EXPECT_EQ(field_of([&] { session.predict({-1, 1, -1, kInfinity, 1, 1}, out); }), "grid.x2[1]");
  EXPECT_EQ(field_of([&] { (void)session.predict_units({-1, 1, -1, 1, 1, 1}, 0); }), "most");
  EXPECT_EQ(field_of([&] { (void)session.predict_units({-1, 1, -1, 1, 0, 1}, 1); }), "grid.columns");
  Spec wide = quick_spec();
  wide.layers = {1024};
  const Session wide_session(wide);
  EXPECT_EQ(field_of([&] { (void)wide_session.predict_units({-1, 1, -1, 1, 2048, 2048}, 4096); }), "grid");
  EXPECT_EQ(field_of([&] { session.set_parameters(std::vector<double>(90)); }), "parameters");
  EXPECT_EQ(field_of([&] { session.step(-1); }), "n");
}

TEST(Experiment, continues_bit_for_bit_after_a_restore_and_drops_later_records) {
  Session session(quick_spec());
  session.step(30);
  const std::vector<std::uint8_t> bytes = session.snapshot();
  session.step(50);
  const std::vector<double> expected = session.parameters();
  const std::vector<Metrics> history(session.history().begin(), session.history().end());
  session.restore(bytes);
  EXPECT_EQ(session.iteration(), 30);
  EXPECT_EQ(session.history().size(), 2U);
  session.step(50);
  EXPECT_EQ(session.parameters(), expected);
  EXPECT_TRUE(std::equal(history.begin(), history.end(), session.history().begin(), session.history().end(), equal));
}

}  // namespace
}  // namespace init_lab
