// Longer than most files because it tests every row of the table.
#include "init_lab/initializers/initializers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "examples.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/parameter_views.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

using testing::normal_points;

/// Weights of one layer of `parameters`.
std::vector<double> weights_in(const Network& network, std::size_t layer, const std::vector<double>& parameters) {
  const auto at = [&](std::size_t offset) { return parameters.begin() + static_cast<std::ptrdiff_t>(offset); };
  return {at(network.layers[layer].weights), at(network.layers[layer].biases)};
}

std::vector<double> biases_in(const Network& network, std::size_t layer, const std::vector<double>& parameters) {
  const auto at = parameters.begin() + static_cast<std::ptrdiff_t>(network.layers[layer].biases);
  return {at, at + network.layers[layer].out};
}

Network relu_network(int inputs, const std::vector<int>& hidden) {
  return make_network(chain(inputs, hidden, std::vector<Activation>(hidden.size(), Activation::relu), Output::sigmoid));
}

InitSpec with_seed(Choice choice, double seed) {
  choice.parameters["seed"] = seed;
  return {choice, {}};
}

struct Moments {
  double mean, mean_error, variance, variance_error;  // the errors are standard errors
};

Moments moments_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  Moments m{};
  for (const double value : values) m.mean += value;
  m.mean /= n;
  double fourth = 0;
  for (const double value : values) {
    const double square = (value - m.mean) * (value - m.mean);
    m.variance += square;
    fourth += square * square;
  }
  m.variance /= n;
  m.mean_error = std::sqrt(m.variance / n);
  m.variance_error = std::sqrt((fourth / n - m.variance * m.variance) / n);
  return m;
}

/// What a paper or the course says, written out apart from the table.
struct Expected {
  Choice choice;
  std::function<double(double n_in, double n_out)> mean;
  std::function<double(double n_in, double n_out)> variance;
};

std::vector<Expected> expectations() {
  const auto zero = [](double, double) { return 0.0; };
  const auto lecun = [](double n_in, double) { return 1 / n_in; };
  const auto glorot = [](double n_in, double n_out) { return 2 / (n_in + n_out); };
  const auto he = [](double n_in, double) { return 2 / n_in; };
  const auto leaky_with_gain = [](double n_in, double) { return 1.5 * 1.5 * 2 / ((1 + 0.3 * 0.3) * n_in); };
  const auto four_times = [](auto variance) {
    return [variance](double n_in, double n_out) { return 4 * variance(n_in, n_out); };
  };
  return {
      {{"zeros"}, zero, zero},
      {{"constant", {{"value", 0.25}}}, [](double, double) { return 0.25; }, zero},
      {{"normal", {{"std", 10}}}, zero, [](double, double) { return 100.0; }},
      {{"uniform", {{"low", 0}, {"high", 0.01}}},
       [](double, double) { return 0.005; },
       [](double, double) { return 1e-4 / 12; }},
      {{"uniform", {{"limit", 0.3}}}, zero, [](double, double) { return 0.3 * 0.3 / 3; }},
      {{"lecun_normal"}, zero, lecun},
      {{"lecun_normal", {{"gain", 2}}}, zero, four_times(lecun)},
      {{"lecun_uniform"}, zero, lecun},
      {{"lecun_uniform", {{"gain", 2}}}, zero, four_times(lecun)},
      {{"glorot_normal"}, zero, glorot},
      {{"glorot_normal", {{"gain", 2}}}, zero, four_times(glorot)},
      {{"glorot_uniform"}, zero, glorot},
      {{"glorot_uniform", {{"gain", 2}}}, zero, four_times(glorot)},
      {{"he_normal"}, zero, he},
      {{"he_normal", {{"slope", 0.3}, {"gain", 1.5}}}, zero, leaky_with_gain},
      {{"he_uniform"}, zero, he},
      {{"he_uniform", {{"slope", 0.3}, {"gain", 1.5}}}, zero, leaky_with_gain},
      // The first layer; see siren_divides_the_later_layers_by_the_frequency for the others.
      {{"siren"}, zero, [](double n_in, double) { return 1 / (3 * n_in * n_in); }},
      {{"orthogonal", {{"gain", 2}}}, zero, [](double n_in, double n_out) { return 4 / std::max(n_in, n_out); }},
      {{"pytorch_linear"}, zero, [](double n_in, double) { return 1 / (3 * n_in); }},
      {{"keras_dense"}, zero, glorot},
      {{"keras_he_normal"}, zero, he},
      {{"keras_glorot_normal"}, zero, glorot},
      {{"keras_lecun_normal"}, zero, lecun},
      {{"flax_dense"}, zero, lecun},
      // scipy.stats.truncnorm.var(-2, 2)
      {{"haiku_linear"}, zero, [](double n_in, double) { return 0.7737413035499233 / n_in; }},
      {{"sklearn_mlp"}, zero, glorot},
      {{"playground"}, zero, [](double, double) { return 1.0 / 12; }},
      {{"convnetjs"}, zero, lecun},
      {{"zero_branch"}, zero, he},
      {{"fixup"}, zero, he},
      {{"variance_scaling", {{"scale", 3}}}, zero, [](double n_in, double) { return 3 / n_in; }},
      {{"variance_scaling", {{"mode", "fan_out"}, {"distribution", "normal"}}},
       zero,
       [](double, double n_out) { return 1 / n_out; }},
      {{"variance_scaling", {{"mode", "fan_avg"}, {"distribution", "uniform"}}}, zero, glorot},
      {{"formula", {{"std", "2 / sqrt(n_in + 3 * n_out) * 0.5 ^ (layer - 1)"}}},
       zero,
       [](double n_in, double n_out) { return 4 / (n_in + 3 * n_out); }},
      {{"randomized_asymmetric"},
       [](double n_in, double) { return 2.0 / 3 / (n_in + 1); },
       [](double n_in, double) {
         const double mean = 2.0 / 3 / (n_in + 1);
         return (0.6007 * 0.6007 + 0.5) / (n_in + 1) - mean * mean;
       }},
  };
}

TEST(Initializers, have_the_moments_of_their_papers_within_four_standard_errors) {
  for (const double seed : {3.0, 17.0})
    for (const auto& [fan_in, fan_out] : {std::pair{60, 200}, std::pair{200, 60}})
      for (const Expected& expected : expectations()) {
        const Network network = relu_network(fan_in, {fan_out});
        const auto parameters = initialize(network, with_seed(expected.choice, seed), Points{});
        const Moments found = moments_of(weights_in(network, 0, parameters));
        const std::string where = expected.choice.name + ", fan-in " + std::to_string(fan_in) + ", fan-out " +
                                  std::to_string(fan_out) + ", seed " + std::to_string(seed);
        const double mean = expected.mean(fan_in, fan_out);
        const double variance = expected.variance(fan_in, fan_out);
        EXPECT_LE(std::fabs(found.mean - mean), 4 * found.mean_error) << where;
        EXPECT_LE(std::fabs(found.variance - variance), 4 * found.variance_error + 1e-14 * variance) << where;
      }
}

TEST(Initializers, report_the_standard_deviation_and_mean_that_their_weights_have) {
  for (const Expected& expected : expectations()) {
    const InitializerInfo& info = find_initializer(expected.choice.name);
    const Parameters parameters = complete_initializer(expected.choice, "init");
    const LayerFacts facts{.fan_in = 7, .fan_out = 12};
    const double variance = expected.variance(7, 12);
    EXPECT_NEAR(info.standard_deviation(parameters, facts), std::sqrt(variance), 1e-15 * (1 + std::sqrt(variance)))
        << info.name;
    EXPECT_NEAR(info.mean == nullptr ? 0 : info.mean(parameters, facts), expected.mean(7, 12), 1e-16) << info.name;
  }
}

TEST(Initializers, are_all_covered_by_the_moments_above_except_those_that_depend_on_data_or_given_numbers) {
  std::set<std::string> tested;
  for (const Expected& expected : expectations()) tested.insert(expected.choice.name);
  for (const InitializerInfo& info : initializers())
    EXPECT_TRUE(info.needs_data || info.is_given || tested.contains(std::string(info.name))) << info.name;
}

TEST(Initializers, of_the_same_law_give_the_same_parameters) {
  const Network network = relu_network(4, {6, 3});
  int pairs = 0;
  for (const InitializerInfo& info : initializers()) {
    if (info.same_as.empty()) continue;
    ++pairs;
    EXPECT_EQ(initialize(network, {{std::string(info.name)}, {}}, Points{}),
              initialize(network, {{std::string(info.same_as)}, {}}, Points{}))
        << info.name;
  }
  EXPECT_EQ(pairs, 2);
}

/// Whether the row fills the biases by itself.
bool starts_biases(const InitializerInfo& info) { return info.bias_mean_square != nullptr; }

TEST(Initializers, leave_biases_at_zero_unless_the_row_says_otherwise) {
  const Network network = relu_network(4, {6, 3});
  for (const InitializerInfo& info : initializers()) {
    if (starts_biases(info)) continue;
    const auto parameters = initialize(network, {{std::string(info.name)}, {}}, normal_points(4, 9, 1));
    for (std::size_t l = 0; l < 3; ++l)
      for (const double bias : biases_in(network, l, parameters)) EXPECT_EQ(bias, 0) << info.name;
  }
}

double mean_square(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return sum / static_cast<double>(values.size());
}

TEST(Initializers, of_frameworks_start_the_biases_as_their_sources_say) {
  const Network network = relu_network(2, {5000, 3});
  const auto biases = [&](const std::string& name, std::size_t layer) {
    return biases_in(network, layer, initialize(network, {{name}, {}}, Points{}));
  };
  for (const double bias : biases("playground", 2)) EXPECT_EQ(bias, 0.1);
  for (const double bias : biases("convnetjs", 0)) EXPECT_EQ(bias, 0.1);
  for (const double bias : biases("convnetjs", 2)) EXPECT_EQ(bias, 0);
  for (const auto& [name, limit] :
       {std::pair<std::string, double>{"pytorch_linear", std::sqrt(0.5)}, {"sklearn_mlp", std::sqrt(6.0 / 5002)}}) {
    const auto drawn = biases(name, 0);
    const Moments moments = moments_of(drawn);
    EXPECT_LE(std::fabs(moments.mean), 4 * moments.mean_error) << name;
    EXPECT_LE(std::fabs(moments.variance - limit * limit / 3), 4 * moments.variance_error) << name;
    for (const double bias : drawn) EXPECT_LE(std::fabs(bias), limit) << name;
  }
}

TEST(Initializers, of_scikit_learn_narrow_the_range_for_logistic_hidden_units) {
  const Network network = make_network(chain(3, {4}, {Activation::sigmoid}, Output::sigmoid));
  for (const std::size_t layer : {0U, 1U})
    EXPECT_NEAR(start_law(network, {{"sklearn_mlp"}, {}}, layer).standard_deviation,
                std::sqrt(2.0 / (layer == 0 ? 7 : 5) / 3), 1e-15);
}

TEST(Initializers, truncated_have_no_weight_beyond_two_standard_deviations_of_the_normal_law) {
  const Network network = relu_network(50, {100});
  const double limit = 2 * std::sqrt(2.0 / 50) / kTruncatedDeviation;
  const auto weights = weights_in(network, 0, initialize(network, {{"keras_he_normal"}, {}}, Points{}));
  const double largest = std::fabs(*std::max_element(weights.begin(), weights.end(),
                                                     [](double a, double b) { return std::fabs(a) < std::fabs(b); }));
  EXPECT_LE(largest, limit);
  EXPECT_GE(largest, 0.99 * limit);
}

TEST(Initializers, report_the_law_of_a_layer_that_the_drawn_numbers_follow) {
  const Network network = relu_network(30, {400, 200});
  for (const InitializerInfo& info : initializers()) {
    if (info.needs_data || info.is_given || info.name == "orthogonal") continue;
    const InitSpec init{{std::string(info.name)}, {}};
    const auto parameters = initialize(network, init, Points{});
    for (const std::size_t l : {0U, 1U}) {
      const StartLaw law = start_law(network, init, l);
      const Moments weights = moments_of(weights_in(network, l, parameters));
      EXPECT_LE(std::fabs(weights.mean - law.mean), 4.5 * weights.mean_error) << info.name;
      EXPECT_LE(std::fabs(weights.variance - law.standard_deviation * law.standard_deviation),
                4.5 * weights.variance_error + 1e-14)
          << info.name;
      // A few hundred biases: within a third. Those of randomized_asymmetric are too rare to count
      // here.
      if (info.name != "randomized_asymmetric") {
        EXPECT_NEAR(mean_square(biases_in(network, l, parameters)), law.bias_mean_square, law.bias_mean_square / 3)
            << info.name;
      }
    }
  }
}

TEST(Initializers, of_he_follow_the_slope_of_the_layers_leaky_relu) {
  NetworkShape shape = chain(5, {7}, {Activation::leaky_relu}, Output::sigmoid);
  shape.hidden[0].parameter = 0.3;
  const Network leaky = make_network(shape);
  for (const std::string name : {"he_normal", "he_uniform"}) {
    EXPECT_NEAR(start_law(leaky, {{name}, {}}, 0).standard_deviation, std::sqrt(2 / (1.09 * 5)), 1e-15) << name;
    EXPECT_NEAR(start_law(leaky, {{name, {{"slope", 0.5}}}, {}}, 0).standard_deviation, std::sqrt(2 / (1.25 * 5)),
                1e-15)
        << name << ": its own slope counts first";
  }
}

TEST(Initializers, siren_divides_the_later_layers_by_the_frequency) {
  const Network network = relu_network(5, {7, 4});
  for (const double frequency : {30.0, 10.0})
    EXPECT_NEAR(start_law(network, {{"siren", {{"frequency", frequency}}}, {}}, 1).standard_deviation,
                std::sqrt(2.0 / 7) / frequency, 1e-16);
  NetworkShape shape = chain(5, {7, 4}, {Activation::sine, Activation::sine}, Output::linear);
  for (LayerShape& layer : shape.hidden) layer.parameter = 15;
  for (const std::size_t layer : {1U, 2U})
    EXPECT_NEAR(start_law(make_network(shape), {{"siren"}, {}}, layer).standard_deviation,
                std::sqrt(2.0 / (layer == 1 ? 7 : 4)) / 15, 1e-16)
        << "follows the frequency of the layer's sine";
}

/// A stack of four layers of 6 units with skip connections.
Network residual_network() {
  NetworkShape shape = chain(3, {6, 6, 6, 6}, std::vector<Activation>(4, Activation::relu), Output::softmax, 4);
  for (std::size_t l = 1; l < 4; ++l) shape.hidden[l].skip = {true, 1, false};
  return make_network(shape);
}

TEST(Initializers, of_residual_networks_zero_the_branches_and_fixup_also_the_output) {
  const Network network = residual_network();
  for (const std::string name : {"zero_branch", "fixup"}) {
    const auto parameters = initialize(network, {{name}, {}}, Points{});
    const auto he = initialize(network, {{"he_normal"}, {}}, Points{});
    EXPECT_EQ(weights_in(network, 0, parameters), weights_in(network, 0, he)) << name;
    for (std::size_t l = 1; l < 4; ++l)
      for (const double weight : weights_in(network, l, parameters)) EXPECT_EQ(weight, 0) << name;
    if (name == "fixup") {
      for (const double weight : weights_in(network, 4, parameters)) EXPECT_EQ(weight, 0);
    } else {
      EXPECT_EQ(weights_in(network, 4, parameters), weights_in(network, 4, he));
    }
  }
}

TEST(Initializers, take_given_parameters_for_the_whole_network_or_for_one_layer) {
  const Network network = relu_network(2, {3});
  std::vector<double> numbers(network.parameters);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<double>(i) - 5.5;
  EXPECT_EQ(initialize(network, {{"given", {{"parameters", numbers}}}, {}}, Points{}), numbers);
  const std::vector<double> output{1, 2, 3, 4};
  const auto mixed =
      initialize(network, {{"he_normal"}, {std::nullopt, Choice{"given", {{"parameters", output}}}}}, Points{});
  const auto he = initialize(network, {{"he_normal"}, {}}, Points{});
  EXPECT_EQ(weights_in(network, 0, mixed), weights_in(network, 0, he));
  EXPECT_EQ(weights_in(network, 1, mixed), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(biases_in(network, 1, mixed), (std::vector<double>{4}));
}

TEST(Initializers, draw_biases_from_a_stream_of_their_own) {
  const Network network = relu_network(2, {4000, 3});
  const auto with = [&](const Choice& init, const Choice& bias) {
    return initialize(network, {.all = init, .bias = bias}, Points{});
  };
  for (const Choice& init : {Choice{"zeros"}, {"he_normal"}, {"pytorch_linear"}}) {
    const auto plain = initialize(network, {init, {}}, Points{});
    for (const Choice& bias : {Choice{"zeros"},
                               {"constant", {{"value", 0.25}}},
                               {"normal", {{"std", 0.5}}},
                               {"uniform"},
                               {"uniform", {{"bound", 2}}}}) {
      const auto parameters = with(init, bias);
      for (std::size_t l = 0; l < 3; ++l)
        EXPECT_EQ(weights_in(network, l, parameters), weights_in(network, l, plain)) << init.name << ", " << bias.name;
      const auto biases = biases_in(network, 0, parameters);
      const Moments moments = moments_of(biases);
      const double law = start_law(network, {.all = init, .bias = bias}, 0).bias_mean_square;
      EXPECT_LE(std::fabs(mean_square(biases) - law), 4 * moments.variance_error + 1e-15)
          << init.name << ", " << bias.name;
      if (bias.name == "constant") {
        EXPECT_EQ(std::set(biases.begin(), biases.end()), std::set{0.25});
      }
    }
  }
  EXPECT_NEAR(mean_square(biases_in(network, 0, with({"zeros"}, {"uniform"}))), 1.0 / 6, 0.01)
      << "the layer's bound is 1 / sqrt(n_in)";
}

/// m examples of one feature that is 0, class 1 for the first `ones` of them.
Points labelled(int m, int ones, int classes = 2) {
  Points points{1, std::vector<double>(static_cast<std::size_t>(m)), std::vector<double>(static_cast<std::size_t>(m)),
                classes};
  std::fill_n(points.y.begin(), ones, 1.0);
  return points;
}

TEST(Initializers, start_the_output_bias_at_the_log_odds_of_the_classes) {
  const InitSpec init{.all = {"zeros"}, .output_bias = Choice{"log_odds"}};
  const Network network = relu_network(1, {2});
  const Points train = labelled(100, 10);
  const auto parameters = initialize(network, init, train);
  EXPECT_EQ(biases_in(network, 0, parameters), (std::vector<double>{0, 0}));
  EXPECT_NEAR(biases_in(network, 1, parameters)[0], -2.1972245773362196, 1e-15);
  EXPECT_NEAR(trace(network, parameters, train).cost, 0.3250829733914482, 1e-15);
}

TEST(Initializers, start_the_output_bias_at_the_least_cost_of_every_output) {
  struct Case {
    Output output;
    int outputs;
    std::vector<double> y;
    std::vector<double> biases;
  };
  for (const Case& expected : {Case{Output::tanh, 1, {1, 0, 0, 0}, {std::atanh(-0.5)}},
                               {Output::softmax, 3, {0, 0, 1, 2}, {std::log(0.5), std::log(0.25), std::log(0.25)}},
                               {Output::softmax, 3, {0, 0, 1, 1}, {std::log(0.5), std::log(0.5), std::log(0.125)}},
                               {Output::sigmoid, 1, {1, 1, 1, 1}, {std::log(8)}},
                               {Output::linear, 1, {1.5, 2.5, 0, 4}, {2}}}) {
    const Network network = make_network(chain(1, {}, {}, expected.output, expected.outputs));
    const Points train{1, {0, 0, 0, 0}, expected.y, expected.output == Output::linear ? 0 : 3};
    const auto parameters = initialize(network, {.all = {"zeros"}, .output_bias = Choice{"log_odds"}}, train);
    const auto biases = biases_in(network, 0, parameters);
    ASSERT_EQ(biases.size(), expected.biases.size());
    for (std::size_t k = 0; k < biases.size(); ++k) EXPECT_NEAR(biases[k], expected.biases[k], 1e-15);
  }
}

TEST(Initializers, draw_biases_of_the_given_standard_deviation_without_touching_the_weights) {
  const Network network = relu_network(2, {5000, 3});
  for (const InitializerInfo& info : initializers()) {
    const bool has_biases = std::any_of(info.parameters.begin(), info.parameters.end(),
                                        [](const ParameterInfo& row) { return row.name == "biasStd"; });
    if (!has_biases || info.name == "orthogonal") continue;
    const std::string name(info.name);
    const auto without = initialize(network, {{name}, {}}, Points{});
    const auto with = initialize(network, {{name, {{"biasStd", 0.5}}}, {}}, Points{});
    for (std::size_t l = 0; l < 3; ++l)
      EXPECT_EQ(weights_in(network, l, with), weights_in(network, l, without)) << name;
    const Moments biases = moments_of(biases_in(network, 0, with));
    EXPECT_LE(std::fabs(biases.mean), 4 * biases.mean_error) << name;
    EXPECT_LE(std::fabs(biases.variance - 0.25), 4 * biases.variance_error) << name;
  }
}

TEST(Initializers, of_normal_weights_equal_numpys_randn_times_a_factor_in_each_layer) {
  const Network network = relu_network(2, {10, 5});
  RandomState random(3);
  std::vector<std::vector<double>> drawn;
  for (const Layer& layer : network.layers) {
    std::vector<double>& weights = drawn.emplace_back();
    for (int i = 0; i < layer.in * layer.out; ++i) weights.push_back(random.normal());
  }
  // numpy.random.seed(3); numpy.random.randn(10, 2)
  EXPECT_NEAR(drawn[0][0], 1.788628473430318, 1e-15);
  EXPECT_NEAR(drawn[0][1], 0.43650985051198943, 1e-15);
  const auto factors = {
      std::pair<Choice, std::function<double(const Layer&)>>{{"normal", {{"std", 0.01}}},
                                                             [](const Layer&) { return 0.01; }},
      {{"lecun_normal"}, [](const Layer& layer) { return std::sqrt(1.0 / layer.in); }},
      {{"glorot_normal"}, [](const Layer& layer) { return std::sqrt(2.0 / (layer.in + layer.out)); }},
      {{"he_normal"}, [](const Layer& layer) { return std::sqrt(2.0 / layer.in); }},
  };
  for (const auto& [choice, factor] : factors) {
    const auto parameters = initialize(network, with_seed(choice, 3), Points{});
    for (std::size_t l = 0; l < drawn.size(); ++l) {
      std::vector<double> expected = drawn[l];
      for (double& weight : expected) weight *= factor(network.layers[l]);
      EXPECT_EQ(weights_in(network, l, parameters), expected) << choice.name << ", layer " << l;
    }
  }
}

TEST(Initializers, of_uniform_weights_equal_numpys_uniform_in_each_layer) {
  const Network network = relu_network(2, {10, 5});
  RandomState random(7);
  const auto parameters = initialize(network, with_seed({"glorot_uniform"}, 7), Points{});
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const double limit = std::sqrt(6.0 / (layer.in + layer.out));
    for (const double weight : weights_in(network, l, parameters)) EXPECT_EQ(weight, random.uniform(-limit, limit));
  }
}

TEST(Initializers, overriding_one_layer_leaves_the_weights_of_other_layers_unchanged) {
  const Network network = relu_network(3, {7, 5});
  const Points points = normal_points(3, 20, 4);
  for (const InitializerInfo& all : initializers())
    for (const InitializerInfo& single : initializers()) {
      if (all.is_given || single.is_given) continue;
      const auto plain = initialize(network, {{std::string(all.name)}, {}}, points);
      const auto mixed =
          initialize(network, {{std::string(all.name)}, {Choice{std::string(single.name)}, std::nullopt}}, points);
      const auto alone = initialize(network, {{std::string(single.name)}, {}}, points);
      // LSUV's later layers rightly follow what the earlier ones give.
      for (std::size_t l = 1; l < 3 && !all.needs_data; ++l) {
        EXPECT_EQ(weights_in(network, l, mixed), weights_in(network, l, plain)) << single.name << " in " << all.name;
      }
      if (all.base_of(complete_initializer({std::string(all.name)}, "init")) ==
          single.base_of(complete_initializer({std::string(single.name)}, "init"))) {
        EXPECT_EQ(weights_in(network, 0, mixed), weights_in(network, 0, alone)) << single.name << " in " << all.name;
      }
    }
}

TEST(Initializers, overriding_every_layer_equals_the_override_alone) {
  const Network network = relu_network(3, {7, 5});
  const Choice he{"he_normal"};
  EXPECT_EQ(initialize(network, {{"zeros"}, {he, he, he}}, Points{}), initialize(network, {he, {}}, Points{}));
}

TEST(Initializers, differ_between_seeds_and_agree_within_one) {
  const Network network = relu_network(2, {10});
  for (const InitializerInfo& info : initializers()) {
    if (info.name == "zeros" || info.name == "constant" || info.is_given) continue;
    const Points points = normal_points(2, 30, 1);
    const Choice choice{std::string(info.name)};
    EXPECT_EQ(initialize(network, with_seed(choice, 5), points), initialize(network, with_seed(choice, 5), points));
    EXPECT_NE(initialize(network, with_seed(choice, 5), points), initialize(network, with_seed(choice, 6), points));
  }
}

TEST(Initializers, orthogonal_has_orthonormal_rows_or_columns_times_the_gain) {
  constexpr double kGain = 1.7;
  for (const auto& [fan_in, fan_out] : {std::pair{30, 30}, std::pair{50, 20}, std::pair{20, 50}, std::pair{1, 8}}) {
    const Network network = relu_network(fan_in, {fan_out});
    const auto parameters = initialize(network, with_seed({"orthogonal", {{"gain", kGain}}}, 9), Points{});
    const Matrix w = weights_of(network.layers[0], std::span<const double>(parameters)) / kGain;
    const Matrix gram = fan_out <= fan_in ? Matrix(w * w.transpose()) : Matrix(w.transpose() * w);
    EXPECT_LE((gram - Matrix::Identity(gram.rows(), gram.cols())).cwiseAbs().maxCoeff(), 1e-12)
        << fan_out << " by " << fan_in;
  }
}

TEST(Initializers, orthogonal_is_uniformly_distributed_so_that_the_first_entry_has_either_sign) {
  const Network network = relu_network(2, {2});
  int positive = 0;
  constexpr int kDraws = 2000;
  for (int seed = 0; seed < kDraws; ++seed)
    positive += initialize(network, with_seed({"orthogonal"}, seed), Points{})[0] > 0;
  EXPECT_LE(std::fabs(positive - kDraws / 2.0), 4 * std::sqrt(kDraws / 4.0)) << "seeds 0 to " << kDraws - 1;
}

TEST(Initializers, lsuv_gives_every_layer_the_wanted_variance_within_the_tolerance) {
  const Points points = normal_points(6, 200, 12);
  for (const auto& [variance, tolerance] : {std::pair{1.0, 0.1}, std::pair{4.0, 1e-9}})
    for (const Activation activation : {Activation::relu, Activation::tanh, Activation::gelu}) {
      const Network network = make_network(chain(6, {20, 9, 5}, {activation, activation, activation}, Output::sigmoid));
      const auto parameters =
          initialize(network, {{"lsuv", {{"variance", variance}, {"tolerance", tolerance}}}, {}}, points);
      const Trace at = trace(network, parameters, points);
      for (const LayerTrace& layer : at.layers) {
        const double found = (layer.z.array() - layer.z.mean()).square().mean();
        EXPECT_LE(std::fabs(found / variance - 1), tolerance + 1e-12) << testing::shown(activation);
      }
    }
}

TEST(Initializers, lsuv_keeps_the_directions_of_the_orthonormal_start) {
  const Network network = relu_network(6, {4});
  const auto parameters = initialize(network, {{"lsuv"}, {}}, normal_points(6, 50, 2));
  const Matrix w = weights_of(network.layers[0], std::span<const double>(parameters));
  const Matrix gram = w * w.transpose();
  EXPECT_LE((gram - gram(0, 0) * Matrix::Identity(4, 4)).cwiseAbs().maxCoeff(), 1e-12 * gram(0, 0));
}

TEST(Initializers, lsuv_leaves_layers_that_cannot_be_rescaled_unchanged) {
  const Network network = relu_network(2, {3});
  Points constant;
  constant.x = {0, 0, 0, 0};
  constant.y = {0, 1};
  for (const double weight : initialize(network, {{"lsuv"}, {}}, constant)) EXPECT_TRUE(std::isfinite(weight));
}

TEST(Initializers, randomized_asymmetric_puts_one_positive_entry_below_one_into_most_rows) {
  // Of the other entries nearly none is above three of their standard deviations.
  constexpr int kFanIn = 400;
  const Network network = relu_network(kFanIn, {300});
  const auto parameters = initialize(network, with_seed({"randomized_asymmetric"}, 8), Points{});
  const auto weights = weights_in(network, 0, parameters);
  const auto biases = biases_in(network, 0, parameters);
  const double noise = 0.6007 / std::sqrt(static_cast<double>(kFanIn));
  int large = 0;
  for (const auto* values : {&weights, &biases})
    for (const double value : *values) {
      EXPECT_LT(value, 1);
      EXPECT_GT(value, -6 * noise);
      large += value > 5 * noise;
    }
  // P(Beta(2, 1) > 5 noise) = 1 - (5 noise)².
  const double expected = 300 * (1 - 25 * noise * noise);
  EXPECT_LE(std::fabs(large - expected), 4 * std::sqrt(expected * 25 * noise * noise)) << "seed 8";
}

TEST(Initializers, name_the_position_of_a_mistake_in_a_formula) {
  try {
    complete_initializer({"formula", {{"std", "sqrt(2 / n_inn)"}}}, "init");
    ADD_FAILURE() << "accepted";
  } catch (const SpecError& error) {
    EXPECT_EQ(error.code(), ErrorCode::bad_formula);
    EXPECT_EQ(error.expected().low, 10);
    EXPECT_EQ(error.expected().names, (std::vector<std::string>{"n_in", "n_out", "layer", "layers", "width", "sqrt",
                                                                "log", "exp", "min", "max"}));
  }
}

TEST(Initializers, describe_themselves_completely) {
  std::set<std::string_view> names;
  for (const InitializerInfo& info : initializers()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    for (const std::string_view text : {info.label, info.formula, info.help, info.citation})
      EXPECT_FALSE(text.empty()) << info.name;
    ASSERT_FALSE(info.parameters.empty()) << info.name;
    EXPECT_EQ(info.parameters.back().name, "seed") << info.name;
    if (!info.same_as.empty()) {
      EXPECT_NO_THROW(find_initializer(info.same_as)) << info.name;
    }
    for (const ParameterInfo& row : info.parameters) {
      EXPECT_LE(row.min, row.value) << info.name << "." << row.name;
      EXPECT_LE(row.value, row.max) << info.name << "." << row.name;
    }
    for (std::size_t from = 0; from < info.made_for.size();) {
      const std::size_t to = std::min(info.made_for.find(", ", from), info.made_for.size());
      EXPECT_NO_THROW(find_activation(info.made_for.substr(from, to - from), "made_for")) << info.name;
      from = to + 2;
    }
  }
}

TEST(Initializers, name_the_field_that_is_wrong) {
  const Network network = relu_network(2, {3});
  const auto field_of = [&](const InitSpec& init) -> std::string {
    try {
      initialize(network, init, Points{});
    } catch (const SpecError& error) {
      return error.field();
    }
    return "no error";
  };
  EXPECT_EQ(field_of({{"he"}, {}}), "init.name");
  EXPECT_EQ(field_of({{"normal", {{"std", -1}}}, {}}), "init.std");
  EXPECT_EQ(field_of({{"normal", {{"gain", 1}}}, {}}), "init.gain");
  EXPECT_EQ(field_of({{"normal"}, {std::nullopt, Choice{"he_normal", {{"slope", 2}}}}}), "init.layers[1].slope");
  EXPECT_EQ(field_of({{"given", {{"parameters", std::vector<double>{1, 2}}}}, {}}), "init.parameters");
  EXPECT_EQ(field_of({{"formula", {{"std", "2 * n_inn"}}}, {}}), "init.std");
  EXPECT_EQ(field_of({{"formula", {{"std", "1 - layer"}}}, {}}), "init.std (layer 2)");
  EXPECT_EQ(field_of({.all = {"zeros"}, .bias = Choice{"zero"}}), "init.bias.name");
}

}  // namespace
}  // namespace init_lab
