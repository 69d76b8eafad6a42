#include "init_lab/initializers/initializers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <set>
#include <string>

#include "examples.hpp"
#include "init_lab/network/parameter_views.hpp"
#include "init_lab/network/trace.hpp"
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
      {{"orthogonal", {{"gain", 2}}}, zero, [](double n_in, double n_out) { return 4 / std::max(n_in, n_out); }},
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

TEST(Initializers, tell_the_standard_deviation_and_mean_that_their_weights_have) {
  for (const Expected& expected : expectations()) {
    const InitializerInfo& info = find_initializer(expected.choice.name);
    const Parameters parameters = complete_parameters(expected.choice.parameters, info.parameters, "init");
    const double variance = expected.variance(7, 12);
    EXPECT_NEAR(info.standard_deviation(parameters, 7, 12), std::sqrt(variance), 1e-15 * (1 + std::sqrt(variance)))
        << info.name;
    EXPECT_NEAR(info.mean == nullptr ? 0 : info.mean(parameters, 7), expected.mean(7, 12), 1e-16) << info.name;
  }
}

TEST(Initializers, are_all_covered_by_the_moments_above_but_for_the_one_that_looks_at_data) {
  std::set<std::string> tested;
  for (const Expected& expected : expectations()) tested.insert(expected.choice.name);
  for (const InitializerInfo& info : initializers())
    EXPECT_TRUE(info.needs_data || tested.contains(std::string(info.name))) << info.name;
}

TEST(Initializers, leave_biases_at_zero_unless_told_otherwise) {
  const Network network = relu_network(4, {6, 3});
  for (const InitializerInfo& info : initializers()) {
    if (info.name == "randomized_asymmetric") continue;
    const auto parameters = initialize(network, {{std::string(info.name)}, {}}, normal_points(4, 9, 1));
    for (std::size_t l = 0; l < 3; ++l)
      for (const double bias : biases_in(network, l, parameters)) EXPECT_EQ(bias, 0) << info.name;
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

TEST(Initializers, of_normal_type_are_numpys_randn_times_a_factor_layer_by_layer) {
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

TEST(Initializers, of_uniform_type_are_numpys_uniform_layer_by_layer) {
  const Network network = relu_network(2, {10, 5});
  RandomState random(7);
  const auto parameters = initialize(network, with_seed({"glorot_uniform"}, 7), Points{});
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const double limit = std::sqrt(6.0 / (layer.in + layer.out));
    for (const double weight : weights_in(network, l, parameters)) EXPECT_EQ(weight, random.uniform(-limit, limit));
  }
}

TEST(Initializers, overriding_one_layer_leaves_the_weights_of_the_others_as_they_were) {
  const Network network = relu_network(3, {7, 5});
  const Points points = normal_points(3, 20, 4);
  for (const InitializerInfo& all : initializers())
    for (const InitializerInfo& single : initializers()) {
      const auto plain = initialize(network, {{std::string(all.name)}, {}}, points);
      const auto mixed =
          initialize(network, {{std::string(all.name)}, {Choice{std::string(single.name)}, std::nullopt}}, points);
      const auto alone = initialize(network, {{std::string(single.name)}, {}}, points);
      // LSUV's later layers rightly follow what the earlier ones give.
      for (std::size_t l = 1; l < 3 && !all.needs_data; ++l) {
        EXPECT_EQ(weights_in(network, l, mixed), weights_in(network, l, plain)) << single.name << " in " << all.name;
      }
      if (all.base == single.base) {
        EXPECT_EQ(weights_in(network, 0, mixed), weights_in(network, 0, alone)) << single.name << " in " << all.name;
      }
    }
}

TEST(Initializers, overriding_every_layer_gives_what_the_override_gives_alone) {
  const Network network = relu_network(3, {7, 5});
  const Choice he{"he_normal"};
  EXPECT_EQ(initialize(network, {{"zeros"}, {he, he, he}}, Points{}), initialize(network, {he, {}}, Points{}));
}

TEST(Initializers, differ_between_seeds_and_agree_within_one) {
  const Network network = relu_network(2, {10});
  for (const InitializerInfo& info : initializers()) {
    if (info.name == "zeros" || info.name == "constant") continue;
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

TEST(Initializers, lsuv_leaves_alone_what_cannot_be_rescaled) {
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

TEST(Initializers, describe_themselves_completely) {
  std::set<std::string_view> names;
  for (const InitializerInfo& info : initializers()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    for (const std::string_view text : {info.label, info.formula, info.help, info.citation})
      EXPECT_FALSE(text.empty()) << info.name;
    ASSERT_FALSE(info.parameters.empty()) << info.name;
    EXPECT_EQ(info.parameters.back().name, "seed") << info.name;
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
}

}  // namespace
}  // namespace init_lab
