#include "init_lab/theory/signal_prediction.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "examples.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/diagnostics/diagnostics.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/theory/mean_field.hpp"
#include "init_lab/theory/theory.hpp"

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

TEST(SignalPrediction, predicts_nothing_for_weights_whose_mean_is_not_zero_or_that_depend_on_the_data) {
  const Network network = network_of(Activation::relu, 2, {4});
  const Points points = normal_points(2, 5, 1);
  for (const Choice& choice : {Choice{"constant"}, Choice{"randomized_asymmetric"}, Choice{"lsuv"}})
    for (const LayerPrediction& layer : predict_signals(network, {choice, {}}, points))
      EXPECT_TRUE(std::isnan(layer.pre_activation)) << choice.name;
  for (const LayerPrediction& layer : predict_signals(network, {{"zeros"}, {}}, points))
    EXPECT_EQ(layer.pre_activation, 0);
}

TEST(SignalPrediction, gives_each_class_the_same_probability_where_there_is_no_signal) {
  // The integral over the scores ends where the probabilities of many classes begin.
  for (const int classes : {2, 10, 1000}) {
    const Network network = make_network(chain(2, {4}, {Activation::relu}, Output::softmax, classes));
    const auto predicted = predict_signals(network, {{"zeros"}, {}}, normal_points(2, 5, 1));
    EXPECT_NEAR(predicted.back().activation * classes * classes, 1, 1e-9) << classes << " classes";
  }
}

TEST(SignalPrediction, takes_the_mean_square_of_any_number_of_examples) {
  // He's weights have variance 2 / n_in, so that the first layer's signal is |x|² for two inputs.
  // From 33 examples on only some of their lengths are computed.
  const Network network = network_of(Activation::relu, 2, {4});
  for (const int count : {1, 2, 3, 4, 5, 7, 8, 11, 26, 40, 61, 92, 209}) {
    const Points points = normal_points(2, count, 3);
    double norms = 0;
    for (const double x : points.x) norms += x * x;
    const auto predicted = predict_signals(network, {{"he_normal"}, {}}, points);
    EXPECT_NEAR(predicted.front().pre_activation * count / norms, 1, 1e-12) << count << " examples";
  }
}

TEST(SignalPrediction, includes_the_variance_of_biases_with_a_rule_of_their_own) {
  const Network network = network_of(Activation::relu, 4, {3});
  const Points points = normal_points(4, 5, 1);
  const auto hidden_and_output = [&](const InitSpec& init) {
    const auto predicted = predict_signals(network, init, points);
    return std::pair{predicted[0].pre_activation, predicted[1].pre_activation};
  };
  InitSpec init{{"zeros"}, {}};
  init.bias = Choice{"normal", {{"std", 0.5}}};
  EXPECT_NEAR(hidden_and_output(init).first, 0.25, 1e-15);
  EXPECT_NEAR(hidden_and_output(init).second, 0.25, 1e-15);
  init.bias = Choice{"uniform"};
  init.output_bias = Choice{"zeros"};
  EXPECT_NEAR(hidden_and_output(init).first, 1.0 / 12, 1e-15);
  EXPECT_EQ(hidden_and_output(init).second, 0);
  init.output_bias = Choice{"log_odds"};
  EXPECT_TRUE(std::isnan(hidden_and_output(init).second)) << "its mean is not 0";
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

TEST(SignalPrediction, of_a_set_is_the_mean_of_the_predictions_of_its_examples) {
  const Points points = make_dataset({"gaussian_quantiles", {{"variance", 2}}}).train;
  const Network network = network_of(Activation::silu, 2, {44, 21, 6});
  const InitSpec init{{"lecun_uniform", {{"gain", 1.556232}}}, {}};
  const auto together = predict_signals(network, init, points);
  std::vector<Collected> activation_gradients(together.size()), gradients(together.size()), signals(together.size());
  for (int i = 0; i < points.size(); ++i) {
    const Points one{
        .features = 2,
        .x = {points.x[static_cast<std::size_t>(i)], points.x[static_cast<std::size_t>(points.size() + i)]},
        .y = {points.y[static_cast<std::size_t>(i)]}};
    const auto alone = predict_signals(network, init, one);
    for (std::size_t l = 0; l < alone.size(); ++l) {
      activation_gradients[l].add(alone[l].activation_gradient);
      gradients[l].add(alone[l].pre_activation_gradient);
      signals[l].add(alone[l].pre_activation);
    }
  }
  for (std::size_t l = 0; l < together.size(); ++l) {
    EXPECT_NEAR(together[l].pre_activation / signals[l].mean(), 1, 1e-3) << "layer " << l;
    EXPECT_NEAR(together[l].pre_activation_gradient / gradients[l].mean(), 1, 1e-3) << "layer " << l;
    EXPECT_NEAR(together[l].activation_gradient / activation_gradients[l].mean(), 1, 1e-2) << "layer " << l;
  }
  EXPECT_GT(together.back().activation_gradient, 1e15) << "the examples' variances must spread for this test";
}

/// A network of equal hidden layers, the first without a skip connection.
Network stack(Activation activation, int inputs, int width, int depth, const Skip& skip, Normalization normalization,
              Output output = Output::sigmoid, int outputs = 1) {
  NetworkShape shape = chain(inputs, std::vector<int>(static_cast<std::size_t>(depth), width),
                             std::vector<Activation>(static_cast<std::size_t>(depth), activation), output, outputs);
  for (std::size_t l = 0; l < shape.hidden.size(); ++l) {
    shape.hidden[l].normalizer.kind = normalization;
    if (l > 0) shape.hidden[l].skip = skip;
  }
  return make_network(shape);
}

TEST(SignalPrediction, follows_residual_growth_through_wide_stacks) {
  const Points points = normal_points(4, 6, 9);
  for (const double scale : {1.0, 0.4, 0.0}) {
    const Network network = stack(Activation::relu, 4, 60, 5, {true, scale, false}, Normalization::none);
    const Choice choice{"he_normal"};
    const auto predicted = predict_signals(network, {choice, {}}, points);
    const auto measured = measure(network, choice, points, 300);
    for (std::size_t l = 0; l < predicted.size(); ++l) {
      const Collected& z = measured[l].pre_activation;
      EXPECT_LE(std::fabs(z.mean() - predicted[l].pre_activation), 4 * z.error() + 0.03 * z.mean())
          << "scale " << scale << ", layer " << l << ", seeds 0 to 299";
    }
    // Hidden layers 0 to 4 hold four residual layers.
    const double growth = predicted[4].pre_activation / predicted[0].pre_activation;
    EXPECT_NEAR(growth / residual_growth(scale, 2, 4), 1, 1e-12);
  }
}

void expect_close(const Network& network, const Choice& choice, const Points& points, int seeds, double tolerance,
                  const std::string& name) {
  const auto predicted = predict_signals(network, {choice, {}}, points);
  const auto measured = measure(network, choice, points, seeds);
  for (std::size_t l = 0; l < predicted.size(); ++l) {
    const std::pair<double, const Collected*> pairs[] = {
        {predicted[l].pre_activation, &measured[l].pre_activation},
        {predicted[l].activation, &measured[l].activation},
        {predicted[l].pre_activation_gradient, &measured[l].pre_activation_gradient},
        {predicted[l].activation_gradient, &measured[l].activation_gradient}};
    for (std::size_t i = 0; i < 4; ++i) {
      const auto& [expected, found] = pairs[i];
      if (l + 1 == predicted.size() && i == 3) continue;  // its tail is too heavy for a mean
      EXPECT_LE(std::fabs(found->mean() - expected), tolerance * expected + 4 * found->error())
          << name << ", layer " << l << ", signal " << i << ": " << expected << " against " << found->mean() << " +- "
          << found->error();
    }
  }
}

TEST(SignalPrediction, predicts_wide_residual_stacks_within_a_tenth) {
  const Points points = normal_points(20, 8, 5);
  for (const Activation activation : {Activation::relu, Activation::tanh})
    expect_close(stack(activation, 20, 100, 4, {true, 0.5, true}, Normalization::none), {"he_normal"}, points, 60, 0.1,
                 testing::shown(activation));
}

TEST(SignalPrediction, predicts_wide_layer_normalized_networks_within_a_tenth_with_and_without_skips) {
  const Points points = normal_points(20, 8, 5);
  for (const bool skips : {false, true})
    expect_close(stack(Activation::relu, 20, 100, 4, {skips, 0.5, false}, Normalization::layer),
                 {"he_normal", {{"biasStd", 0.3}}}, points, 60, 0.1, skips ? "skips" : "plain");
}

TEST(SignalPrediction, predicts_a_narrow_layer_normalized_layer_within_a_seventh) {
  // The variance over 20 units is 19/20 of the units' variance in the mean; the mean of its
  // reciprocal, 20/17 by the distribution of chi-squared, is not known to the prediction.
  expect_close(stack(Activation::linear, 20, 20, 1, {}, Normalization::layer), {"lecun_normal"},
               normal_points(20, 8, 5), 400, 1.0 / 7, "20 units");
}

TEST(SignalPrediction, predicts_wide_batch_normalized_networks_of_different_examples_within_a_fifth) {
  // In 60 dimensions random examples are nearly orthogonal, as the prediction takes them to be.
  const Points points = normal_points(60, 64, 5);
  for (const double deviation : {0.01, 1.0})
    expect_close(stack(Activation::relu, 60, 100, 4, {}, Normalization::batch), {"normal", {{"std", deviation}}},
                 points, 25, 0.2, "std " + std::to_string(deviation));
}

TEST(SignalPrediction, predicts_the_gradients_of_softmax_and_linear_outputs) {
  Points points = normal_points(20, 9, 5);
  for (std::size_t i = 0; i < points.y.size(); ++i) points.y[i] = static_cast<double>(i % 3);
  for (const Output output : {Output::softmax, Output::linear, Output::sigmoid, Output::tanh})
    for (const double gain : {0.3, 1.4})
      expect_close(stack(Activation::relu, 20, 100, 2, {}, Normalization::none, output, 3),
                   {"lecun_normal", {{"gain", gain}}}, points, 80, 0.1,
                   std::to_string(static_cast<int>(output)) + ", gain " + std::to_string(gain));
}

TEST(SignalPrediction, predicts_softmax_of_many_examples_whose_sizes_differ) {
  // More examples than variances at which the moments of a softmax are computed.
  constexpr int kExamples = 60;
  Points points = normal_points(20, kExamples, 6);
  for (int i = 0; i < kExamples; ++i) {
    points.y[static_cast<std::size_t>(i)] = i % 3;
    for (int f = 0; f < points.features; ++f)
      points.x[static_cast<std::size_t>(f * kExamples + i)] *= 0.1 + 2.0 * i / kExamples;
  }
  expect_close(stack(Activation::relu, 20, 100, 2, {}, Normalization::none, Output::softmax, 3), {"lecun_normal"},
               points, 60, 0.1, "softmax of 60 examples");
}

TEST(SignalPrediction, softmax_of_equal_scores_has_the_closed_form) {
  const Points points = normal_points(3, 6, 2);
  for (const int classes : {2, 3, 10}) {
    const Network network = make_network(chain(3, {}, {}, Output::softmax, classes));
    const auto last = predict_signals(network, {{"zeros"}, {}}, points).back();
    const double k = classes;
    EXPECT_NEAR(last.activation, 1 / (k * k), 1e-7);
    EXPECT_NEAR(last.pre_activation_gradient, (1 - 1 / k) / k, 1e-7);
    EXPECT_NEAR(last.activation_gradient, k, 1e-12 * k);
  }
}

TEST(SignalPrediction, gradient_of_a_regression_without_signal_is_the_size_of_its_targets) {
  Points points = normal_points(3, 4, 2);
  points.y = {1, -2, 5, 0.5};
  for (const Output output : {Output::linear, Output::tanh}) {
    if (output == Output::tanh) points.y = {1, 0, 0, 1};
    const Network network = make_network(chain(3, {}, {}, output, 1));
    const auto predicted = predict_signals(network, {{"zeros"}, {}}, points).back();
    const Trace at = trace(network, initialize(network, {{"zeros"}, {}}, points), points);
    EXPECT_NEAR(predicted.pre_activation_gradient / at.layers.back().dz.array().square().mean(), 1, 1e-12);
  }
}

TEST(SignalPrediction, gradient_of_deep_batch_normalized_networks_grows_by_the_published_factor) {
  // Section "gradient explosion" of Yang et al. 2019; the finite width adds a little.
  constexpr int kDepth = 24;
  const Points points = normal_points(30, 100, 3);
  for (const auto& [normalization, tolerance] :
       {std::pair{Normalization::batch, 0.03}, std::pair{Normalization::layer, 0.03}}) {
    const Network network = stack(Activation::relu, 30, 64, kDepth, {}, normalization);
    const auto measured = measure(network, {"he_normal"}, points, 12);
    const double ratio =
        measured[4].pre_activation_gradient.mean() / measured[kDepth - 2].pre_activation_gradient.mean();
    const double growth = std::exp(std::log(ratio) / 2 / (kDepth - 6));
    EXPECT_NEAR(growth, normalized_gradient_growth(Activation::relu, normalization), tolerance);
  }
}

}  // namespace
}  // namespace init_lab
