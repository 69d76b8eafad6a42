// Initializers that a person specifies (variance scaling, a formula, given numbers), and residual
// starts.
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/check.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/initializers/draws.hpp"
#include "init_lab/initializers/formula.hpp"
#include "init_lab/initializers/initializers.hpp"

namespace init_lab {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// --- Variance scaling ----------------------------------------------------------------------------

constexpr std::array<std::string_view, 3> kModes{"fan_in", "fan_out", "fan_avg"};
constexpr std::array<std::string_view, 3> kDistributions{"truncated_normal", "normal", "uniform"};

double fan(const Parameters& p, const LayerFacts& facts) {
  const std::string& mode = text_of(p, "mode");
  if (mode == "fan_in") return facts.fan_in;
  return mode == "fan_out" ? facts.fan_out : sum_of_fans(facts) / 2;
}

double scaled_variance(const Parameters& p, const LayerFacts& facts) { return value_of(p, "scale") / fan(p, facts); }

BaseDraw distribution_base(const Parameters& p) {
  const std::string& distribution = text_of(p, "distribution");
  if (distribution == "normal") return BaseDraw::normal;
  return distribution == "uniform" ? BaseDraw::uniform : BaseDraw::truncated_normal;
}

void draw_scaled(const LayerDraw& layer) {
  switch (distribution_base(layer.parameters)) {
    case BaseDraw::normal:
      return scale_by_standard_deviation(layer);
    case BaseDraw::truncated_normal:
      return scale_truncated(layer);
    case BaseDraw::uniform: {
      const double limit = std::sqrt(3 * scaled_variance(layer.parameters, layer.facts));
      return spread(layer.weights, -limit, limit);
    }
  }
}

// --- Formula -------------------------------------------------------------------------------------

constexpr std::size_t kLongestFormula = 1000;

std::array<FormulaVariable, 5> variables_of(const LayerFacts& facts) {
  const auto number = [](int value) { return static_cast<double>(value); };
  return {{{"n_in", number(facts.fan_in)},
           {"n_out", number(facts.fan_out)},
           {"layer", number(facts.layer)},
           {"layers", number(facts.layers)},
           {"width", number(facts.width)}}};
}

Expected expected_formula(std::size_t position) {
  Expected expected{ExpectedKind::formula, static_cast<double>(position)};
  for (const FormulaVariable& variable : variables_of({})) expected.names.emplace_back(variable.name);
  for (const std::string_view function : formula_functions()) expected.names.emplace_back(function);
  return expected;
}

void check_formula(const Parameters& p, const std::string& field) {
  const std::string& text = text_of(p, "std");
  const auto refuse = [&](std::size_t position) {
    throw SpecError(ErrorCode::bad_formula, field + ".std", shortened(text), expected_formula(position));
  };
  if (text.size() > kLongestFormula) refuse(kLongestFormula + 1);
  try {
    evaluate_formula(text, variables_of({}));
  } catch (const FormulaError& error) {
    refuse(error.position());
  }
}

double formula_deviation(const Parameters& p, const LayerFacts& facts) {
  return evaluate_formula(text_of(p, "std"), variables_of(facts));
}

void draw_by_formula(const LayerDraw& layer) {
  constexpr double kLargest = 1e6;
  const double deviation = layer.standard_deviation;
  if (!(deviation >= 0 && deviation <= kLargest))
    throw SpecError(ErrorCode::out_of_range, "init.std (layer " + std::to_string(layer.facts.layer) + ")", deviation,
                    expected::number(0, kLargest));
  scale_by_standard_deviation(layer);
}

// --- Residual starts -----------------------------------------------------------------------------

double he_deviation(const LayerFacts& facts) { return std::sqrt(2.0 / facts.fan_in); }

double zero_branch_deviation(const Parameters&, const LayerFacts& facts) {
  return facts.is_branch ? 0 : he_deviation(facts);
}

double fixup_deviation(const Parameters&, const LayerFacts& facts) {
  return facts.is_branch || facts.is_output ? 0 : he_deviation(facts);
}

const std::array kResidual{
    InitializerInfo{
        .name = "zero_branch",
        .label = "zero branches",
        .formula = "W ~ N(0, 2 / n_in) (branch: W = 0)",
        .help = "Every residual block begins as the identity: the signal passes whatever the depth.",
        .made_for = "relu",
        .citation =
            "Goyal et al. 2017, Accurate, large minibatch SGD (the last gain of a branch starts at 0); He, Zhang, "
            "Ren & Sun 2015 for the other layers",
        .family = InitializerFamily::residual,
        .parameters = {kBiasStd, kSeed},
        .standard_deviation = zero_branch_deviation,
        .draw = scale_by_standard_deviation},
    InitializerInfo{
        .name = "fixup",
        .label = "Fixup",
        .formula = "W ~ N(0, 2 / n_in) (branch, output: W = 0)",
        .help = "Trains deep residual networks without normalization. A branch here has one layer, the last one, which "
                "Fixup starts at 0; its factor L^(-1 / (2 m - 2)) is for the layers before.",
        .made_for = "relu",
        .citation = "Zhang, Dauphin & Ma 2019, Fixup initialization: residual learning without normalization",
        .family = InitializerFamily::residual,
        .parameters = {kBiasStd, kSeed},
        .standard_deviation = fixup_deviation,
        .draw = scale_by_standard_deviation},
};

const std::array kOwn{
    InitializerInfo{
        .name = "variance_scaling",
        .label = "variance scaling",
        .formula = "Var W = scale / n, n = n_in, n_out, (n_in + n_out) / 2",
        .help = "The family of LeCun, Glorot and He in the words of Keras: scale, mode and distribution.",
        .citation = "Chollet et al. 2015, Keras (keras.initializers.VarianceScaling, version 3)",
        .family = InitializerFamily::variance,
        .parameters = {{"scale", "scale", "The variance times n.", 1, 0, 1e6},
                       name_parameter("mode", "mode", "Which n: fan_in, fan_out or their mean, fan_avg.", kModes),
                       name_parameter("distribution", "distribution",
                                      "A normal distribution truncated at 2 standard deviations (with its variance "
                                      "corrected), a whole one, or a uniform one.",
                                      kDistributions),
                       kBiasStd,
                       kSeed},
        .base_by = distribution_base,
        .standard_deviation = [](const Parameters& p,
                                 const LayerFacts& facts) { return std::sqrt(scaled_variance(p, facts)); },
        .draw = draw_scaled},
    InitializerInfo{
        .name = "formula",
        .label = "formula",
        .formula = "W = std(n_in, n_out, layer, layers, width) * randn",
        .help = "A rule of your own: the weight standard deviation of each layer from n_in, n_out, layer (1 for the "
                "first), layers, width (of the widest hidden layer), sqrt, log, exp, min, max, + - * / ^ ( ).",
        .citation = "defined by the experiment",
        .family = InitializerFamily::own,
        .parameters = {text_parameter("std", "weight standard deviation",
                                      "A formula, such as sqrt(2 / n_in) * 0.9 ^ layer.", "sqrt(2 / n_in)"),
                       kBiasStd, kSeed},
        .standard_deviation = formula_deviation,
        .draw = draw_by_formula,
        .check = check_formula},
    InitializerInfo{
        .name = "given",
        .label = "given parameters",
        .formula = "W, b = parameters",
        .help =
            "Weights of your own, in the order of the parameter vector: of the whole network, or of one layer (W row "
            "by row, then b).",
        .citation = "defined by the experiment",
        .family = InitializerFamily::own,
        .parameters = {numbers_parameter(
                           "parameters", "parameters",
                           "All parameters of the network, or of the layer: W row by row, then b, layer by "
                           "layer."),
                       kSeed},
        .standard_deviation = [](const Parameters&, const LayerFacts&) { return kNaN; },
        .draw = [](const LayerDraw&) {},
        .mean = [](const Parameters&, const LayerFacts&) { return kNaN; },
        .bias_mean_square = [](const Parameters&, const LayerFacts&) { return kNaN; },
        .is_given = true},
};

}  // namespace

std::span<const InitializerInfo> residual_initializers() { return kResidual; }
std::span<const InitializerInfo> own_initializers() { return kOwn; }

}  // namespace init_lab
