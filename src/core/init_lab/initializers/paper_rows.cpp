// Initializers of the course and of papers. To add one, add a row: code, pages, command line and
// documentation follow.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "init_lab/base/parameters.hpp"
#include "init_lab/initializers/draws.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/initializers/orthogonal.hpp"
#include "init_lab/network/activations.hpp"

namespace init_lab {

namespace {

constexpr ParameterInfo kSlope{
    "slope", "negative slope", "Slope a below zero of a leaky ReLU; 0 takes that of the layer’s activation.", 0, 0, 1};

/// Randomized asymmetric initialization's weight standard deviation times the square root of the
/// fan-in: with it and Beta(2, 1) a wide ReLU network keeps its second moment (Lu et al. 2020).
constexpr double kAsymmetricSigma = 0.6007;

// Limits of the uniform rows: sqrt(3) times the standard deviation of their normal siblings.
double lecun_limit(const Parameters& p, const LayerFacts& facts) {
  return value_of(p, "gain") * std::sqrt(3.0 / facts.fan_in);
}
double glorot_limit(const Parameters& p, const LayerFacts& facts) {
  return value_of(p, "gain") * std::sqrt(6.0 / sum_of_fans(facts));
}

/// The rectifier's slope below zero: the parameter, or that of the layer's leaky ReLU. Leaky ReLU
/// with its default slope of 0.01 counts as ReLU: the slope would change the deviation by 0.005 %,
/// and with it the results of every earlier experiment.
double he_slope(const Parameters& p, const LayerFacts& facts) {
  const double slope = value_of(p, "slope");
  if (slope != 0 || facts.activation != Activation::leaky_relu) return slope;
  return facts.activation_parameter == info(Activation::leaky_relu).parameter ? 0 : facts.activation_parameter;
}

struct Range {
  double low, high;
};

Range uniform_range(const Parameters& p) {
  const double low = value_of(p, "low");
  const double high = value_of(p, "high");
  if (low == 0 && high == 0) return {-value_of(p, "limit"), value_of(p, "limit")};
  return {low, high};
}

double he_limit(const Parameters& p, const LayerFacts& facts) {
  const double a = he_slope(p, facts);
  return value_of(p, "gain") * std::sqrt(6.0 / ((1 + a * a) * facts.fan_in));
}

/// The frequency of the sine units: the parameter, or that of the layer's activation.
double siren_frequency(const Parameters& p, const LayerFacts& facts) {
  if (const double frequency = value_of(p, "frequency"); frequency > 0) return frequency;
  return facts.hidden_activation == Activation::sine ? facts.activation_parameter : info(Activation::sine).parameter;
}

double siren_limit(const Parameters& p, const LayerFacts& facts) {
  if (facts.layer == 1) return 1.0 / facts.fan_in;
  return std::sqrt(6.0 / facts.fan_in) / siren_frequency(p, facts);
}

/// W from U(-limit, limit).
void spread_evenly(const LayerDraw& layer, double limit) { spread(layer.weights, -limit, limit); }

/// Draws normal weights and a normal bias for each unit, then replaces one of these numbers, chosen
/// at random, by a positive number from Beta(2, 1).
void draw_asymmetric(const LayerDraw& layer) {
  const double factor = kAsymmetricSigma / std::sqrt(static_cast<double>(layer.facts.fan_in));
  for (double& weight : layer.weights) weight *= factor;
  for (double& bias : layer.biases) bias = factor * layer.extra.normal();
  const auto fan_in = static_cast<std::size_t>(layer.facts.fan_in);
  for (std::size_t unit = 0; unit < layer.biases.size(); ++unit) {
    const std::size_t which = layer.extra.interval(static_cast<std::uint32_t>(layer.facts.fan_in));
    // The distribution function of Beta(2, 1) is x².
    const double positive = std::sqrt(layer.extra.uniform());
    (which < fan_in ? layer.weights[unit * fan_in + which] : layer.biases[unit]) = positive;
  }
}

double asymmetric_mean(const Parameters&, const LayerFacts& facts) { return 2.0 / 3 / (facts.fan_in + 1.0); }

double asymmetric_mean_square(const Parameters&, const LayerFacts& facts) {
  return (kAsymmetricSigma * kAsymmetricSigma + 0.5) / (facts.fan_in + 1.0);
}

double asymmetric_standard_deviation(const Parameters& p, const LayerFacts& facts) {
  const double mean = asymmetric_mean(p, facts);
  return std::sqrt(asymmetric_mean_square(p, facts) - mean * mean);
}

const std::array kTable{
    InitializerInfo{
        .name = "zeros",
        .label = "zeros",
        .formula = "W = 0",
        .help = "All units of a layer compute the same function and stay equal: training cannot tell them apart.",
        .citation =
            "Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors (on breaking "
            "symmetry)",
        .parameters = {kSeed},
        .standard_deviation = [](const Parameters&, const LayerFacts&) { return 0.0; },
        .draw = [](const LayerDraw& layer) { std::fill(layer.weights.begin(), layer.weights.end(), 0.0); }},
    InitializerInfo{
        .name = "constant",
        .label = "constant",
        .formula = "W = c",
        .help = "Signals flow, but all units of a layer stay copies: symmetry without zeros.",
        .citation =
            "Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors (on breaking "
            "symmetry)",
        .parameters = {{"value", "value", "Value c of every weight.", 0.5, -1e6, 1e6}, kBiasStd, kSeed},
        .standard_deviation = [](const Parameters&, const LayerFacts&) { return 0.0; },
        .draw =
            [](const LayerDraw& layer) {
              std::fill(layer.weights.begin(), layer.weights.end(), value_of(layer.parameters, "value"));
            },
        .mean = [](const Parameters& p, const LayerFacts&) { return value_of(p, "value"); }},
    InitializerInfo{
        .name = "normal",
        .label = "normal",
        .formula = "W = std * randn, the same std in every layer",
        .help = "The course’s randn * factor: one weight standard deviation for all layers, whatever their width.",
        .citation = "deeplearning.ai, Deep Learning Specialization, course 2, week 1, Initialization",
        .parameters = {{"std", "weight standard deviation", "Standard deviation of every weight.", 1, 0, 1e6},
                       kBiasStd,
                       kSeed},
        .standard_deviation = [](const Parameters& p, const LayerFacts&) { return value_of(p, "std"); },
        .draw = scale_by_standard_deviation},
    InitializerInfo{
        .name = "uniform",
        .label = "uniform",
        .formula = "W ~ U(low, high) (low = high = 0: U(-limit, limit))",
        .help = "The same range for all weights, whatever the layer’s width: low 0 and high 0.01 are numpy.random.rand "
                "* 0.01.",
        .citation = "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks "
                    "(of the habit before, U(-1/sqrt(n), 1/sqrt(n)), which follows the width)",
        .parameters = {{"limit", "limit", "Largest absolute value of a weight, unless low or high is set.", 1, 0, 1e6},
                       {"low", "low", "Smallest weight; used with high.", 0, -1e6, 1e6},
                       {"high", "high", "Upper end of the weights; used with low.", 0, -1e6, 1e6},
                       kBiasStd,
                       kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation =
            [](const Parameters& p, const LayerFacts&) {
              const auto [low, high] = uniform_range(p);
              return standard_deviation_of_uniform(std::fabs(high - low) / 2);
            },
        .draw =
            [](const LayerDraw& layer) {
              const auto [low, high] = uniform_range(layer.parameters);
              spread(layer.weights, low, high);
            },
        .mean =
            [](const Parameters& p, const LayerFacts&) {
              const auto [low, high] = uniform_range(p);
              return (low + high) / 2;
            }},
    InitializerInfo{.name = "lecun_normal",
                    .label = "LeCun normal (the course’s “Xavier”)",
                    .formula = "W ~ N(0, g² / n_in)",
                    .help = "Keeps the variance of a linear signal. The course calls it Xavier, after a later paper.",
                    .made_for = "tanh, selu, linear",
                    .citation = "LeCun, Bottou, Orr & Müller 1998, Efficient BackProp",
                    .family = InitializerFamily::variance,
                    .parameters = {kGain, kBiasStd, kSeed},
                    .standard_deviation =
                        [](const Parameters& p, const LayerFacts& facts) {
                          return value_of(p, "gain") * std::sqrt(1.0 / facts.fan_in);
                        },
                    .draw = scale_by_standard_deviation},
    InitializerInfo{
        .name = "lecun_uniform",
        .label = "LeCun uniform",
        .formula = "W ~ U(-g sqrt(3 / n_in), g sqrt(3 / n_in))",
        .help = "LeCun’s variance, drawn from a uniform distribution.",
        .made_for = "tanh, selu, linear",
        .citation = "LeCun, Bottou, Orr & Müller 1998, Efficient BackProp",
        .family = InitializerFamily::variance,
        .parameters = {kGain, kBiasStd, kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation =
            [](const Parameters& p, const LayerFacts& facts) {
              return standard_deviation_of_uniform(lecun_limit(p, facts));
            },
        .draw = [](const LayerDraw& layer) { spread_evenly(layer, lecun_limit(layer.parameters, layer.facts)); }},
    InitializerInfo{
        .name = "glorot_normal",
        .label = "Glorot normal (Xavier)",
        .formula = "W ~ N(0, 2 g² / (n_in + n_out))",
        .help =
            "A compromise between keeping the signal’s variance forward and the gradient’s variance backward. A few "
            "layers of sigmoid units need a gain of 4.",
        .made_for = "tanh, linear",
        .citation = "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks",
        .family = InitializerFamily::variance,
        .parameters = {kGain, kBiasStd, kSeed},
        .standard_deviation =
            [](const Parameters& p, const LayerFacts& facts) {
              return value_of(p, "gain") * std::sqrt(2.0 / sum_of_fans(facts));
            },
        .draw = scale_by_standard_deviation},
    InitializerInfo{
        .name = "glorot_uniform",
        .label = "Glorot uniform (Xavier)",
        .formula = "W ~ U(-g sqrt(6 / (n_in + n_out)), g sqrt(6 / (n_in + n_out)))",
        .help = "Glorot’s variance, drawn from a uniform distribution: the paper’s “normalized initialization”.",
        .made_for = "tanh, linear",
        .citation = "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks",
        .family = InitializerFamily::variance,
        .parameters = {kGain, kBiasStd, kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation =
            [](const Parameters& p, const LayerFacts& facts) {
              return standard_deviation_of_uniform(glorot_limit(p, facts));
            },
        .draw = [](const LayerDraw& layer) { spread_evenly(layer, glorot_limit(layer.parameters, layer.facts)); }},
    InitializerInfo{.name = "he_normal",
                    .label = "He normal",
                    .formula = "W ~ N(0, 2 g² / ((1 + a²) n_in))",
                    .help = "Doubles the variance to make up for the half that ReLU sets to zero.",
                    .made_for = "relu, leaky_relu",
                    .citation = "He, Zhang, Ren & Sun 2015, Delving deep into rectifiers",
                    .family = InitializerFamily::variance,
                    .parameters = {kSlope, kGain, kBiasStd, kSeed},
                    .standard_deviation =
                        [](const Parameters& p, const LayerFacts& facts) {
                          const double a = he_slope(p, facts);
                          return value_of(p, "gain") * std::sqrt(2.0 / ((1 + a * a) * facts.fan_in));
                        },
                    .draw = scale_by_standard_deviation},
    InitializerInfo{
        .name = "he_uniform",
        .label = "He uniform",
        .formula = "W ~ U(-l, l), l = g sqrt(6 / ((1 + a²) n_in))",
        .help = "He’s variance, drawn from a uniform distribution.",
        .made_for = "relu, leaky_relu",
        .citation = "He, Zhang, Ren & Sun 2015, Delving deep into rectifiers",
        .family = InitializerFamily::variance,
        .parameters = {kSlope, kGain, kBiasStd, kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation = [](const Parameters& p,
                                 const LayerFacts& facts) { return standard_deviation_of_uniform(he_limit(p, facts)); },
        .draw = [](const LayerDraw& layer) { spread_evenly(layer, he_limit(layer.parameters, layer.facts)); }},
    InitializerInfo{
        .name = "siren",
        .label = "SIREN",
        .formula = "W ~ U(-l, l), l = sqrt(6 / n_in) / w (W1: 1 / n_in)",
        .help = "For units sin(w z): keeps their inputs spread over many periods of the sine in every layer.",
        .citation =
            "Sitzmann, Martel, Bergman, Lindell & Wetzstein 2020, Implicit neural representations with periodic "
            "activation functions",
        .family = InitializerFamily::variance,
        .parameters = {{"frequency", "frequency",
                        "Frequency w of the units sin(w z); 0 takes that of the layer’s sine.", 0, 0, 1e6},
                       kBiasStd,
                       kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation =
            [](const Parameters& p, const LayerFacts& facts) {
              return standard_deviation_of_uniform(siren_limit(p, facts));
            },
        .draw = [](const LayerDraw& layer) { spread_evenly(layer, siren_limit(layer.parameters, layer.facts)); }},
    InitializerInfo{
        .name = "orthogonal",
        .label = "orthogonal",
        .formula = "W = g Q, Q with orthonormal rows or columns",
        .help = "All singular values are g: unless a layer is narrower than its input, no direction of the signal is "
                "lost or grows. ReLU needs a gain of sqrt(2).",
        .made_for = "linear, tanh",
        .citation = "Saxe, McClelland & Ganguli 2013, Exact solutions to the nonlinear dynamics of learning in deep "
                    "linear neural networks",
        .family = InitializerFamily::other,
        .parameters = {kGain, kBiasStd, kSeed},
        .standard_deviation =
            [](const Parameters& p, const LayerFacts& facts) {
              return value_of(p, "gain") * std::sqrt(1.0 / std::max(facts.fan_in, facts.fan_out));
            },
        .draw =
            [](const LayerDraw& layer) {
              make_orthonormal(layer.weights, layer.facts.fan_out, layer.facts.fan_in);
              for (double& weight : layer.weights) weight *= value_of(layer.parameters, "gain");
            },
        .is_orthonormal = true},
    InitializerInfo{
        .name = "lsuv",
        .label = "LSUV",
        .formula = "W = Q / sqrt(Var z), layer by layer, until Var z fits on the training examples",
        .help = "Orthogonal weights. Each layer is then divided by the standard deviation that it has on the data.",
        .made_for = "relu, leaky_relu, tanh",
        .citation = "Mishkin & Matas 2015, All you need is a good init",
        .family = InitializerFamily::other,
        .parameters = {{"variance", "variance", "Wanted variance of each layer’s pre-activations.", 1, 1e-6, 1e6},
                       {"tolerance", "tolerance", "Largest accepted relative deviation from that variance.", 0.1, 1e-12,
                        1},
                       {"maxTries", "most tries", "Largest number of rescalings of a layer.", 10, 1, 100, true},
                       kSeed},
        .standard_deviation =
            [](const Parameters&, const LayerFacts& facts) {
              return std::sqrt(1.0 / std::max(facts.fan_in, facts.fan_out));
            },
        .draw =
            [](const LayerDraw& layer) { make_orthonormal(layer.weights, layer.facts.fan_out, layer.facts.fan_in); },
        .needs_data = true,
        .is_orthonormal = true},
    InitializerInfo{
        .name = "randomized_asymmetric",
        .label = "randomized asymmetric",
        .formula = "[W | b] ~ N(0, 0.6007² / n_in), then one entry of each row ~ Beta(2, 1)",
        .help =
            "One positive entry in each unit makes it unlikely that a deep, narrow ReLU network is dead at the start.",
        .made_for = "relu",
        .citation = "Lu, Shin, Su & Karniadakis 2020, Dying ReLU and initialization: theory and numerical examples",
        .family = InitializerFamily::other,
        .parameters = {kSeed},
        .standard_deviation = asymmetric_standard_deviation,
        .draw = draw_asymmetric,
        .mean = asymmetric_mean,
        .bias_mean_square = asymmetric_mean_square},
};

}  // namespace

std::span<const InitializerInfo> paper_initializers() { return kTable; }

}  // namespace init_lab
