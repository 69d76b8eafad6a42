// The default initializers of frameworks, as their sources had them in November 2026.
#include <array>
#include <cmath>
#include <span>
#include <string_view>

#include "init_lab/base/parameters.hpp"
#include "init_lab/initializers/draws.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"

namespace init_lab {

namespace {

constexpr std::string_view kKeras =
    "Chollet et al. 2015, Keras (keras.initializers, version 3): truncated at 2 standard deviations, then divided by "
    "0.8796 so that the variance is right";

double he(const Parameters&, const LayerFacts& facts) { return std::sqrt(2.0 / facts.fan_in); }
double lecun(const Parameters&, const LayerFacts& facts) { return std::sqrt(1.0 / facts.fan_in); }
double glorot(const Parameters&, const LayerFacts& facts) { return std::sqrt(2.0 / sum_of_fans(facts)); }

double square_of_uniform(double limit) { return limit * limit / 3; }

double pytorch_limit(const LayerFacts& facts) { return 1 / std::sqrt(static_cast<double>(facts.fan_in)); }

/// MLPClassifier takes 2 in place of 6 for logistic hidden units, in every layer.
double sklearn_limit(const LayerFacts& facts) {
  const double factor = facts.hidden_activation == Activation::sigmoid ? 2 : 6;
  return std::sqrt(factor / sum_of_fans(facts));
}

constexpr double kSmallBias = 0.1;

/// ConvNetJS gives ReLU units a small positive bias, so that they are active at first.
double convnetjs_bias(const LayerFacts& facts) {
  return !facts.is_output && facts.activation == Activation::relu ? kSmallBias : 0;
}

void fill_biases(const LayerDraw& layer, double value) {
  for (double& bias : layer.biases) bias = value;
}

const std::array kTable{
    InitializerInfo{
        .name = "pytorch_linear",
        .label = "PyTorch nn.Linear",
        .formula = "W, b ~ U(-1 / sqrt(n_in), 1 / sqrt(n_in))",
        .help =
            "PyTorch’s default: kaiming_uniform_ with a = sqrt(5), whose variance is 1 / (3 n_in), a sixth of He’s. "
            "Deep ReLU networks lose their signal.",
        .citation = "Paszke et al. 2019, PyTorch (torch/nn/modules/linear.py, version 2)",
        .family = InitializerFamily::framework,
        .parameters = {kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation =
            [](const Parameters&, const LayerFacts& facts) {
              return standard_deviation_of_uniform(pytorch_limit(facts));
            },
        .draw =
            [](const LayerDraw& layer) {
              const double limit = pytorch_limit(layer.facts);
              spread(layer.weights, -limit, limit);
              draw_uniform_biases(layer, limit);
            },
        .bias_mean_square = [](const Parameters&,
                               const LayerFacts& facts) { return square_of_uniform(pytorch_limit(facts)); }},
    InitializerInfo{.name = "keras_dense",
                    .label = "Keras Dense",
                    .formula = "W ~ U(-sqrt(6 / (n_in + n_out)), sqrt(6 / (n_in + n_out))), b = 0",
                    .help = "Keras’ and TensorFlow’s default: Glorot uniform, whatever the activation.",
                    .made_for = "tanh, linear",
                    .citation = "Chollet et al. 2015, Keras (keras.layers.Dense, version 3)",
                    .family = InitializerFamily::framework,
                    .same_as = "glorot_uniform",
                    .parameters = {kSeed},
                    .base = BaseDraw::uniform,
                    .standard_deviation =
                        [](const Parameters&, const LayerFacts& facts) {
                          return standard_deviation_of_uniform(std::sqrt(6.0 / sum_of_fans(facts)));
                        },
                    .draw =
                        [](const LayerDraw& layer) {
                          const double limit = std::sqrt(6.0 / sum_of_fans(layer.facts));
                          spread(layer.weights, -limit, limit);
                        }},
    InitializerInfo{.name = "keras_he_normal",
                    .label = "Keras he_normal",
                    .formula = "W = sqrt(2 / n_in) / 0.8796 * randn, |randn| <= 2",
                    .help = "He normal without its tails, as Keras draws it.",
                    .made_for = "relu, leaky_relu",
                    .citation = kKeras,
                    .family = InitializerFamily::framework,
                    .parameters = {kSeed},
                    .base = BaseDraw::truncated_normal,
                    .standard_deviation = he,
                    .draw = scale_truncated},
    InitializerInfo{.name = "keras_glorot_normal",
                    .label = "Keras glorot_normal",
                    .formula = "W = sqrt(2 / (n_in + n_out)) / 0.8796 * randn, |randn| <= 2",
                    .help = "Glorot normal without its tails, as Keras draws it.",
                    .made_for = "tanh, linear",
                    .citation = kKeras,
                    .family = InitializerFamily::framework,
                    .parameters = {kSeed},
                    .base = BaseDraw::truncated_normal,
                    .standard_deviation = glorot,
                    .draw = scale_truncated},
    InitializerInfo{.name = "keras_lecun_normal",
                    .label = "Keras lecun_normal",
                    .formula = "W = sqrt(1 / n_in) / 0.8796 * randn, |randn| <= 2",
                    .help = "LeCun normal without its tails, as Keras draws it for selu.",
                    .made_for = "tanh, selu, linear",
                    .citation = kKeras,
                    .family = InitializerFamily::framework,
                    .parameters = {kSeed},
                    .base = BaseDraw::truncated_normal,
                    .standard_deviation = lecun,
                    .draw = scale_truncated},
    InitializerInfo{.name = "flax_dense",
                    .label = "Flax Dense",
                    .formula = "W = sqrt(1 / n_in) / 0.8796 * randn, |randn| <= 2, b = 0",
                    .help = "Flax’ default: LeCun normal without its tails.",
                    .made_for = "tanh, selu, linear",
                    .citation = "Heek et al. 2020, Flax (flax.linen.Dense), and jax.nn.initializers.lecun_normal",
                    .family = InitializerFamily::framework,
                    .same_as = "keras_lecun_normal",
                    .parameters = {kSeed},
                    .base = BaseDraw::truncated_normal,
                    .standard_deviation = lecun,
                    .draw = scale_truncated},
    InitializerInfo{.name = "haiku_linear",
                    .label = "Haiku Linear",
                    .formula = "W = sqrt(1 / n_in) * randn, |randn| <= 2, b = 0",
                    .help = "Haiku’s default: LeCun normal without its tails, and without the correction for them.",
                    .made_for = "tanh, selu, linear",
                    .citation = "Hennigan et al. 2020, Haiku (hk.Linear, TruncatedNormal)",
                    .family = InitializerFamily::framework,
                    .parameters = {kSeed},
                    .base = BaseDraw::truncated_normal,
                    .standard_deviation = [](const Parameters& p,
                                             const LayerFacts& facts) { return kTruncatedDeviation * lecun(p, facts); },
                    .draw = scale_truncated},
    InitializerInfo{
        .name = "sklearn_mlp",
        .label = "scikit-learn MLPClassifier",
        .formula = "W, b ~ U(-l, l), l = sqrt(6 / (n_in + n_out)) (logistic: sqrt(2 / (n_in + n_out)))",
        .help = "scikit-learn’s default: Glorot uniform for the weights, and the same range for the biases.",
        .made_for = "tanh, linear",
        .citation = "Pedregosa et al. 2011, scikit-learn (neural_network/_multilayer_perceptron.py, version 1)",
        .family = InitializerFamily::framework,
        .parameters = {kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation =
            [](const Parameters&, const LayerFacts& facts) {
              return standard_deviation_of_uniform(sklearn_limit(facts));
            },
        .draw =
            [](const LayerDraw& layer) {
              const double limit = sklearn_limit(layer.facts);
              spread(layer.weights, -limit, limit);
              draw_uniform_biases(layer, limit);
            },
        .bias_mean_square = [](const Parameters&,
                               const LayerFacts& facts) { return square_of_uniform(sklearn_limit(facts)); }},
    InitializerInfo{
        .name = "playground",
        .label = "TensorFlow Playground",
        .formula = "W ~ U(-0.5, 0.5), b = 0.1",
        .help = "TensorFlow Playground’s start: one range for all layers, and a small positive bias.",
        .citation = "Smilkov & Carter et al. 2016, TensorFlow Playground (src/nn.ts)",
        .family = InitializerFamily::framework,
        .parameters = {kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation = [](const Parameters&, const LayerFacts&) { return standard_deviation_of_uniform(0.5); },
        .draw =
            [](const LayerDraw& layer) {
              spread(layer.weights, -0.5, 0.5);
              fill_biases(layer, kSmallBias);
            },
        .bias_mean_square = [](const Parameters&, const LayerFacts&) { return kSmallBias * kSmallBias; }},
    InitializerInfo{.name = "convnetjs",
                    .label = "ConvNetJS",
                    .formula = "W ~ N(0, 1 / n_in), b = 0 (ReLU: 0.1)",
                    .help = "ConvNetJS’ start: LeCun’s variance, and ReLU units that are active at first.",
                    .made_for = "relu, tanh",
                    .citation = "Karpathy 2014, ConvNetJS (convnet_layers_dotproducts.js, convnet_net.js)",
                    .family = InitializerFamily::framework,
                    .parameters = {kSeed},
                    .standard_deviation = lecun,
                    .draw =
                        [](const LayerDraw& layer) {
                          scale_by_standard_deviation(layer);
                          fill_biases(layer, convnetjs_bias(layer.facts));
                        },
                    .bias_mean_square =
                        [](const Parameters&, const LayerFacts& facts) {
                          const double bias = convnetjs_bias(facts);
                          return bias * bias;
                        }},
};

}  // namespace

std::span<const InitializerInfo> framework_initializers() { return kTable; }

}  // namespace init_lab
