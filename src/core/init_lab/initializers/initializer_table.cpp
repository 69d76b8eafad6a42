// The table of initializers: one row a rule. To add one, add a row: code, page, command line and documentation follow.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "init_lab/initializers/initializers.hpp"
#include "init_lab/initializers/orthogonal.hpp"

namespace init_lab {

namespace {

constexpr ParameterInfo kGain{"gain", "gain", "Multiplies the weight standard deviation.", 1, 0, 1e6};
constexpr ParameterInfo kSlope{"slope", "negative slope", "Slope a of the rectifier below zero; 0 for ReLU.", 0, 0, 1};
constexpr ParameterInfo kBiasStd{
    "biasStd", "bias standard deviation", "Biases are drawn from N(0, biasStd²); at 0 all of them are 0.", 0, 0, 1e6};
constexpr ParameterInfo kSeed{"seed",       "seed", "Names the draw: the same seed gives the same weights.", 3, 0,
                              kLargestSeed, true};

/// Randomized asymmetric initialization's weight standard deviation times the square root of the fan-in: with it and
/// Beta(2, 1) a wide ReLU network keeps its second moment (Lu et al. 2020).
constexpr double kAsymmetricSigma = 0.6007;

/// W = factor * randn, what every normal-type initializer does.
void scale_by_standard_deviation(const LayerDraw& layer) {
  for (double& weight : layer.weights) weight *= layer.standard_deviation;
}

/// W from U(-limit, limit), in the arithmetic of numpy.random.uniform.
void spread(const LayerDraw& layer, double limit) {
  for (double& weight : layer.weights) weight = -limit + (limit + limit) * weight;
}

double standard_deviation_of_uniform(double limit) { return limit / std::numbers::sqrt3; }

// Limits of the uniform types: sqrt(3) times the standard deviation of their normal siblings.
double lecun_limit(const Parameters& p, int fan_in) { return value_of(p, "gain") * std::sqrt(3.0 / fan_in); }
double glorot_limit(const Parameters& p, int fan_in, int fan_out) {
  return value_of(p, "gain") * std::sqrt(6.0 / (static_cast<double>(fan_in) + fan_out));
}
double he_limit(const Parameters& p, int fan_in) {
  const double a = value_of(p, "slope");
  return value_of(p, "gain") * std::sqrt(6.0 / ((1 + a * a) * fan_in));
}

/// Each unit gets normal weights and bias, of which one, at random, is replaced by a positive number from Beta(2, 1).
void draw_asymmetric(const LayerDraw& layer) {
  const double factor = kAsymmetricSigma / std::sqrt(static_cast<double>(layer.fan_in));
  for (double& weight : layer.weights) weight *= factor;
  for (double& bias : layer.biases) bias = factor * layer.extra.normal();
  const auto fan_in = static_cast<std::size_t>(layer.fan_in);
  for (std::size_t unit = 0; unit < layer.biases.size(); ++unit) {
    const std::size_t which = layer.extra.interval(static_cast<std::uint32_t>(layer.fan_in));
    // The distribution function of Beta(2, 1) is x².
    const double positive = std::sqrt(layer.extra.uniform());
    (which < fan_in ? layer.weights[unit * fan_in + which] : layer.biases[unit]) = positive;
  }
}

double asymmetric_mean(const Parameters&, int fan_in) { return 2.0 / 3 / (fan_in + 1.0); }

double asymmetric_standard_deviation(const Parameters& p, int fan_in, int) {
  const double mean = asymmetric_mean(p, fan_in);
  const double second_moment = (kAsymmetricSigma * kAsymmetricSigma + 0.5) / (fan_in + 1.0);
  return std::sqrt(second_moment - mean * mean);
}

const std::array kTable{
    InitializerInfo{
        .name = "zeros",
        .label = "zeros",
        .formula = "W = 0",
        .help = "All units of a layer compute one function and stay so: training cannot tell them apart.",
        .citation =
            "Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors (on breaking "
            "symmetry)",
        .parameters = {kSeed},
        .standard_deviation = [](const Parameters&, int, int) { return 0.0; },
        .draw = [](const LayerDraw& layer) { std::fill(layer.weights.begin(), layer.weights.end(), 0.0); }},
    InitializerInfo{
        .name = "constant",
        .label = "constant",
        .formula = "W = c",
        .help = "Signals flow, but all units of a layer stay copies of each other: symmetry without zeros.",
        .citation =
            "Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors (on breaking "
            "symmetry)",
        .parameters = {{"value", "value", "Value c of every weight.", 0.5, -1e6, 1e6}, kBiasStd, kSeed},
        .standard_deviation = [](const Parameters&, int, int) { return 0.0; },
        .draw =
            [](const LayerDraw& layer) {
              std::fill(layer.weights.begin(), layer.weights.end(), value_of(layer.parameters, "value"));
            },
        .mean = [](const Parameters& p, int) { return value_of(p, "value"); }},
    InitializerInfo{
        .name = "normal",
        .label = "normal",
        .formula = "W = std * randn, the same std in every layer",
        .help = "The course’s randn * factor: one weight standard deviation, whatever the layer’s width.",
        .citation = "deeplearning.ai, Deep Learning Specialization, course 2, week 1, Initialization",
        .parameters = {{"std", "weight standard deviation", "Standard deviation of every weight.", 1, 0, 1e6},
                       kBiasStd,
                       kSeed},
        .standard_deviation = [](const Parameters& p, int, int) { return value_of(p, "std"); },
        .draw = scale_by_standard_deviation},
    InitializerInfo{
        .name = "uniform",
        .label = "uniform",
        .formula = "W ~ U(-limit, limit), the same limit in every layer",
        .help = "One range for all weights, whatever the layer’s width.",
        .citation = "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks "
                    "(of the habit before, U(-1/sqrt(n), 1/sqrt(n)), which follows the width)",
        .parameters = {{"limit", "limit", "Largest absolute value of a weight.", 1, 0, 1e6}, kBiasStd, kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation = [](const Parameters& p, int,
                                 int) { return standard_deviation_of_uniform(value_of(p, "limit")); },
        .draw = [](const LayerDraw& layer) { spread(layer, value_of(layer.parameters, "limit")); }},
    InitializerInfo{
        .name = "lecun_normal",
        .label = "LeCun normal (the course’s “Xavier”)",
        .formula = "W ~ N(0, g² / n_in)",
        .help = "Keeps the variance of a linear signal; the course calls it Xavier, after the paper that came later.",
        .made_for = "tanh, selu, linear",
        .citation = "LeCun, Bottou, Orr & Müller 1998, Efficient BackProp",
        .parameters = {kGain, kBiasStd, kSeed},
        .standard_deviation = [](const Parameters& p, int fan_in,
                                 int) { return value_of(p, "gain") * std::sqrt(1.0 / fan_in); },
        .draw = scale_by_standard_deviation},
    InitializerInfo{.name = "lecun_uniform",
                    .label = "LeCun uniform",
                    .formula = "W ~ U(-g sqrt(3 / n_in), g sqrt(3 / n_in))",
                    .help = "LeCun’s variance from a uniform distribution.",
                    .made_for = "tanh, selu, linear",
                    .citation = "LeCun, Bottou, Orr & Müller 1998, Efficient BackProp",
                    .parameters = {kGain, kBiasStd, kSeed},
                    .base = BaseDraw::uniform,
                    .standard_deviation = [](const Parameters& p, int fan_in,
                                             int) { return standard_deviation_of_uniform(lecun_limit(p, fan_in)); },
                    .draw = [](const LayerDraw& layer) { spread(layer, lecun_limit(layer.parameters, layer.fan_in)); }},
    InitializerInfo{
        .name = "glorot_normal",
        .label = "Glorot normal (Xavier)",
        .formula = "W ~ N(0, 2 g² / (n_in + n_out))",
        .help = "The compromise between keeping the signal’s variance forward and the gradient’s backward. Few "
                "layers of sigmoid units want a gain of 4.",
        .made_for = "tanh, linear",
        .citation = "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks",
        .parameters = {kGain, kBiasStd, kSeed},
        .standard_deviation =
            [](const Parameters& p, int fan_in, int fan_out) {
              return value_of(p, "gain") * std::sqrt(2.0 / (static_cast<double>(fan_in) + fan_out));
            },
        .draw = scale_by_standard_deviation},
    InitializerInfo{
        .name = "glorot_uniform",
        .label = "Glorot uniform (Xavier)",
        .formula = "W ~ U(-g sqrt(6 / (n_in + n_out)), g sqrt(6 / (n_in + n_out)))",
        .help = "Glorot’s variance from a uniform distribution: the paper’s “normalized initialization”.",
        .made_for = "tanh, linear",
        .citation = "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks",
        .parameters = {kGain, kBiasStd, kSeed},
        .base = BaseDraw::uniform,
        .standard_deviation =
            [](const Parameters& p, int fan_in, int fan_out) {
              return standard_deviation_of_uniform(glorot_limit(p, fan_in, fan_out));
            },
        .draw = [](const LayerDraw& d) { spread(d, glorot_limit(d.parameters, d.fan_in, d.fan_out)); }},
    InitializerInfo{
        .name = "he_normal",
        .label = "He normal",
        .formula = "W ~ N(0, 2 g² / ((1 + a²) n_in))",
        .help = "Keeps the size of a signal that a rectifier halves; a is the rectifier’s slope below zero.",
        .made_for = "relu, leaky_relu",
        .citation = "He, Zhang, Ren & Sun 2015, Delving deep into rectifiers",
        .parameters = {kSlope, kGain, kBiasStd, kSeed},
        .standard_deviation =
            [](const Parameters& p, int fan_in, int) {
              const double a = value_of(p, "slope");
              return value_of(p, "gain") * std::sqrt(2.0 / ((1 + a * a) * fan_in));
            },
        .draw = scale_by_standard_deviation},
    InitializerInfo{.name = "he_uniform",
                    .label = "He uniform",
                    .formula = "W ~ U(-l, l), l = g sqrt(6 / ((1 + a²) n_in))",
                    .help = "He’s variance from a uniform distribution.",
                    .made_for = "relu, leaky_relu",
                    .citation = "He, Zhang, Ren & Sun 2015, Delving deep into rectifiers",
                    .parameters = {kSlope, kGain, kBiasStd, kSeed},
                    .base = BaseDraw::uniform,
                    .standard_deviation = [](const Parameters& p, int fan_in,
                                             int) { return standard_deviation_of_uniform(he_limit(p, fan_in)); },
                    .draw = [](const LayerDraw& layer) { spread(layer, he_limit(layer.parameters, layer.fan_in)); }},
    InitializerInfo{
        .name = "orthogonal",
        .label = "orthogonal",
        .formula = "W = g Q, Q with orthonormal rows or columns",
        .help = "All singular values are g: where a layer does not narrow, no direction of the signal is lost or blown "
                "up. ReLU wants a gain of sqrt(2).",
        .made_for = "linear, tanh",
        .citation = "Saxe, McClelland & Ganguli 2013, Exact solutions to the nonlinear dynamics of learning in deep "
                    "linear neural networks",
        .parameters = {kGain, kBiasStd, kSeed},
        .standard_deviation =
            [](const Parameters& p, int fan_in, int fan_out) {
              return value_of(p, "gain") * std::sqrt(1.0 / std::max(fan_in, fan_out));
            },
        .draw =
            [](const LayerDraw& layer) {
              make_orthonormal(layer.weights, layer.fan_out, layer.fan_in);
              for (double& weight : layer.weights) weight *= value_of(layer.parameters, "gain");
            }},
    InitializerInfo{
        .name = "lsuv",
        .label = "LSUV",
        .formula = "W = Q / sqrt(Var z), layer by layer, until Var z fits on the training examples",
        .help = "Orthonormal, then each layer divided by the spread that it really has on the data.",
        .made_for = "relu, leaky_relu, tanh",
        .citation = "Mishkin & Matas 2015, All you need is a good init",
        .parameters = {{"variance", "variance", "Wanted variance of each layer’s pre-activations.", 1, 1e-6, 1e6},
                       {"tolerance", "tolerance", "Relative deviation of that variance that is let pass.", 0.1, 1e-12,
                        1},
                       {"maxTries", "most tries", "Rescalings of a layer at most.", 10, 1, 100, true},
                       kSeed},
        .standard_deviation = [](const Parameters&, int fan_in,
                                 int fan_out) { return std::sqrt(1.0 / std::max(fan_in, fan_out)); },
        .draw = [](const LayerDraw& layer) { make_orthonormal(layer.weights, layer.fan_out, layer.fan_in); },
        .needs_data = true},
    InitializerInfo{
        .name = "randomized_asymmetric",
        .label = "randomized asymmetric",
        .formula = "[W | b] ~ N(0, 0.6007² / n_in), then one entry of each row ~ Beta(2, 1)",
        .help = "One positive entry in each unit makes it unlikely that a deep, narrow ReLU network is born dead.",
        .made_for = "relu",
        .citation = "Lu, Shin, Su & Karniadakis 2020, Dying ReLU and initialization: theory and numerical examples",
        .parameters = {kSeed},
        .standard_deviation = asymmetric_standard_deviation,
        .draw = draw_asymmetric,
        .mean = asymmetric_mean},
};

}  // namespace

std::span<const InitializerInfo> initializers() { return kTable; }

}  // namespace init_lab
