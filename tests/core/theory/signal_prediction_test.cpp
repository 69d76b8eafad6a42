#include "init_lab/theory/signal_prediction.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "examples.hpp"
#include "init_lab/diagnostics/diagnostics.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/theory/mean_field.hpp"

namespace init_lab {
namespace {

using namespace theory;
using testing::Collected;
using testing::network_of;
using testing::normal_points;

/// Second moments measured over seeds 0 to count - 1, in the order of LayerPrediction's fields.
struct Measured {
  Collected pre_activation, activation, pre_activation_gradient, activation_gradient;
};

std::vector<Measured> measure(const Network& network, const Choice& choice, const Points& points, int count) {
  std::vector<Measured> measured(network.layers.size());
  for (int seed = 0; seed < count; ++seed) {
    Choice seeded = choice;
    seeded.parameters["seed"] = seed;
    const Trace at = trace(network, initialize(network, {seeded, {}}, points), points);
    for (std::size_t l = 0; l < measured.size(); ++l) {
      const auto second_moment = [](const Matrix& values) { return values.array().square().mean(); };
      measured[l].pre_activation.add(second_moment(at.layers[l].z));
      measured[l].activation.add(second_moment(at.layers[l].a));
      measured[l].pre_activation_gradient.add(second_moment(at.layers[l].dz));
      measured[l].activation_gradient.add(second_moment(at.layers[l].da));
    }
  }
  return measured;
}

TEST(SignalPrediction, predicts_the_forward_signal_of_rectified_and_linear_networks_exactly_in_the_mean) {
  const Points points = normal_points(4, 30, 9);
  for (const Activation activation : {Activation::relu, Activation::linear}) {
    const Network network = network_of(activation, 4, {12, 7, 9});
    for (const Choice& choice :
         {Choice{"he_normal", {{"biasStd", 0.3}}}, Choice{"lecun_normal"}, Choice{"glorot_normal"}}) {
      const auto predicted = predict_signals(network, {choice, {}}, points);
      const auto measured = measure(network, choice, points, 2000);
      for (std::size_t l = 0; l < predicted.size(); ++l) {
        const Collected& z = measured[l].pre_activation;
        EXPECT_LE(std::fabs(z.mean() - predicted[l].pre_activation), 4 * z.error())
            << choice.name << ", " << testing::shown(activation) << ", layer " << l << ", seeds 0 to 1999";
      }
    }
  }
}

TEST(SignalPrediction, predicts_forward_and_backward_signals_of_wide_networks_within_a_tenth) {
  // Wide enough that what the theory leaves out, of order 1 / width a layer, stays below the
  // tolerance.
  constexpr int kWidth = 100;
  constexpr int kSeeds = 80;
  const Points points = normal_points(20, 8, 5);
  for (const Output output : {Output::sigmoid, Output::tanh})
    for (const auto& [activation, choice] :
         {std::pair{Activation::relu, Choice{"he_normal"}}, std::pair{Activation::tanh, Choice{"lecun_normal"}},
          std::pair{Activation::tanh, Choice{"orthogonal", {{"gain", 1.3}}}},
          std::pair{Activation::gelu, Choice{"he_uniform", {{"biasStd", 0.2}}}}}) {
      const Network network = network_of(activation, 20, {kWidth, kWidth, kWidth}, output);
      const auto predicted = predict_signals(network, {choice, {}}, points);
      const auto measured = measure(network, choice, points, kSeeds);
      for (std::size_t l = 0; l < predicted.size(); ++l) {
        const std::pair<double, const Collected*> pairs[] = {
            {predicted[l].pre_activation, &measured[l].pre_activation},
            {predicted[l].activation, &measured[l].activation},
            {predicted[l].pre_activation_gradient, &measured[l].pre_activation_gradient},
            {predicted[l].activation_gradient, &measured[l].activation_gradient}};
        for (std::size_t i = 0; i < 4; ++i) {
          const auto& [expected, found] = pairs[i];
          if (l == 3 && i == 3) continue;  // 1 / a² has too heavy a tail to be measured by its mean
          EXPECT_LE(std::fabs(found->mean() - expected), 0.1 * expected + 4 * found->error())
              << choice.name << ", " << testing::shown(activation) << ", " << testing::shown(output) << ", layer " << l
              << ", signal " << i << ": " << expected << " against " << found->mean() << " +- " << found->error();
        }
      }
    }
}

TEST(SignalPrediction, predicts_nothing_for_weights_whose_mean_is_not_zero_or_that_follow_the_data) {
  const Network network = network_of(Activation::relu, 2, {4});
  const Points points = normal_points(2, 5, 1);
  for (const Choice& choice : {Choice{"constant"}, Choice{"randomized_asymmetric"}, Choice{"lsuv"}})
    for (const LayerPrediction& layer : predict_signals(network, {choice, {}}, points))
      EXPECT_TRUE(std::isnan(layer.pre_activation)) << choice.name;
  for (const LayerPrediction& layer : predict_signals(network, {{"zeros"}, {}}, points))
    EXPECT_EQ(layer.pre_activation, 0);
}

TEST(SignalPrediction, singular_values_of_orthogonal_weights_are_the_gain_alone) {
  const Network network = network_of(Activation::tanh, 6, {9, 9, 4});
  const Points points = normal_points(6, 5, 1);
  const InitSpec init{{"orthogonal", {{"gain", 1.3}, {"seed", 7}}}, {}};
  const auto predicted = predict_signals(network, init, points);
  const auto measured = diagnose(network, initialize(network, init, points), points, 0);
  for (std::size_t l = 0; l < predicted.size(); ++l) {
    EXPECT_NEAR(predicted[l].singular_values.least, 1.3, 1e-15);
    EXPECT_NEAR(predicted[l].singular_values.greatest, 1.3, 1e-15);
    for (const double value : measured.layers[l].singular_values) EXPECT_NEAR(value, 1.3, 1e-13) << "layer " << l;
  }
}

TEST(SignalPrediction, singular_values_of_independent_weights_fill_the_range_of_marchenko_and_pastur) {
  const Network network = network_of(Activation::relu, 400, {100});
  const Points points = normal_points(400, 3, 1);
  for (const std::string_view name : {"he_normal", "glorot_uniform"}) {
    const InitSpec init{{std::string(name), {{"seed", 11}}}, {}};
    const auto range = predict_signals(network, init, points).front().singular_values;
    const auto values = diagnose(network, initialize(network, init, points), points, 0).layers.front().singular_values;
    // The ends fluctuate with n^(-2/3): some 4 % here.
    EXPECT_NEAR(values.front() / range.greatest, 1, 0.05) << name << ", seed 11";
    EXPECT_NEAR(values.back() / range.least, 1, 0.08) << name << ", seed 11";
  }
  const auto lsuv = predict_signals(network, {{"lsuv", {}}, {}}, points).front().singular_values;
  EXPECT_TRUE(std::isnan(lsuv.least) && std::isnan(lsuv.greatest));
}

TEST(SignalPrediction, gradient_of_deep_wide_networks_changes_by_chi_per_layer) {
  // 12 layers of 150 in the ordered phase, the first being fed at q*, so that chi1 holds from the
  // start.
  const MeanField field{Activation::tanh, 1.5, 0.2};
  const double q = fixed_variance(field);
  const double chi1 = chi(field, q);
  constexpr int kDepth = 12;
  const Network network = network_of(Activation::tanh, 150, std::vector<int>(kDepth, 150));
  const Choice choice{"lecun_normal", {{"gain", std::sqrt(1.5)}, {"biasStd", std::sqrt(0.2)}}};
  Points point = normal_points(150, 1, 3);
  double norm = 0;
  for (const double x : point.x) norm += x * x / 150;
  for (double& x : point.x) x *= std::sqrt((q - 0.2) / 1.5 / norm);
  const auto measured = measure(network, choice, point, 60);
  const double ratio = measured[0].pre_activation_gradient.mean() / measured[kDepth - 1].pre_activation_gradient.mean();
  EXPECT_NEAR(std::log(ratio) / (kDepth - 1), std::log(chi1), 0.03);
  EXPECT_NEAR(measured[kDepth - 1].pre_activation.mean() / q, 1, 0.05);
}

}  // namespace
}  // namespace init_lab
