// The laws of the papers as JavaScript functions.
#include "init_lab/theory/theory.hpp"

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "guarded.hpp"
#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/check.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/experiment/kinds.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/theory/mean_field.hpp"
#include "spec_values.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

int read_fan(const val& value, const std::string& path) {
  const int fan = read_integer(value, path);
  if (fan < 1) throw SpecError(ErrorCode::out_of_range, path, static_cast<double>(fan), expected::at_least(1));
  return fan;
}

val weight_standard_deviation(const val& init, const val& fan_in, const val& fan_out) {
  return guarded([&] {
    const Choice choice = read_init(init, "init").all;
    const InitializerInfo& row = find_initializer(choice.name);
    const int in = read_fan(fan_in, "fanIn");
    const int out = read_fan(fan_out, "fanOut");
    if (row.needs_data) return val(std::numeric_limits<double>::quiet_NaN());
    return val(row.standard_deviation(complete_initializer(choice, "init"), {.fan_in = in, .fan_out = out}));
  });
}

double read_between(const val& value, const std::string& path, double low, double high) {
  const double number = read_number(value, path);
  if (!(number >= low && number <= high))
    throw SpecError(ErrorCode::out_of_range, path, number, expected::number(low, high));
  return number;
}

double read_variance(const val& value, const std::string& path) { return read_between(value, path, 0, 1e12); }

theory::MeanField read_field(const val& value) {
  check_object(value, "field");
  return {find_activation(read_string(value["activation"], "field.activation"), "field.activation").id,
          read_variance(value["weightVariance"], "field.weightVariance"),
          read_variance(value["biasVariance"], "field.biasVariance")};
}

val mean_field(const val& value, const val& start) {
  return guarded([&] {
    const theory::MeanField field = read_field(value);
    const double q = theory::fixed_variance(field, read_between(start, "start", 1e-12, 1e12));
    const double chi1 = theory::chi(field, q);
    val object = val::object();
    object.set("fixedVariance", q);
    object.set("chi1", chi1);
    object.set("depthScale", theory::depth_scale(chi1));
    const double none = std::numeric_limits<double>::quiet_NaN();
    const double correlation = std::isfinite(q) ? theory::fixed_correlation(field, q) : none;
    object.set("fixedCorrelation", correlation);
    object.set("correlationDepthScale",
               std::isfinite(q) ? theory::depth_scale(theory::correlation_slope(field, q, correlation)) : none);
    return object;
  });
}

val next_variance(const val& field, const val& q) {
  return guarded([&] { return val(theory::next_variance(read_field(field), read_variance(q, "q"))); });
}

val next_correlation(const val& field, const val& q, const val& correlation) {
  return guarded([&] {
    return val(theory::next_correlation(read_field(field), read_variance(q, "q"),
                                        read_between(correlation, "correlation", -1, 1)));
  });
}

val edge_of_chaos(const val& activation, const val& bias_variance) {
  return guarded([&] {
    const auto point = theory::edge_of_chaos(find_activation(read_string(activation, "activation"), "activation").id,
                                             read_variance(bias_variance, "biasVariance"));
    val object = val::object();
    object.set("weightVariance", point.weight_variance);
    object.set("biasVariance", point.bias_variance);
    object.set("q", point.q);
    return object;
  });
}

/// Laws for the widths of the hidden layers: fluctuation of lengths, sum of 1 / width, upper bound
/// of the probability of being born dead.
val shape_theory(const val& hidden_widths) {
  return guarded([&] {
    const std::vector<int> widths = read_integers(hidden_widths, "layers");
    for (std::size_t l = 0; l < widths.size(); ++l)
      if (widths[l] < 1)
        throw SpecError(ErrorCode::out_of_range, "layers[" + std::to_string(l) + "]", static_cast<double>(widths[l]),
                        expected::at_least(1));
    val object = val::object();
    object.set("lengthFluctuation", theory::length_fluctuation(widths));
    object.set("widthSum", theory::width_sum(widths));
    object.set("bornDeadBound", theory::born_dead_bound(widths));
    return object;
  });
}

val variance_factors(const val& standard_deviation, const val& fan_in, const val& fan_out, const val& slope) {
  return guarded([&] {
    const auto factors = theory::variance_factors(read_between(standard_deviation, "standardDeviation", 0, 1e6),
                                                  read_fan(fan_in, "fanIn"), read_fan(fan_out, "fanOut"),
                                                  read_between(slope, "slope", 0, 1));
    val object = val::object();
    object.set("forward", factors.forward);
    object.set("backward", factors.backward);
    object.set("rectified", factors.rectified);
    return object;
  });
}

val residual_growth(const val& branch_scale, const val& weight_variance, const val& layers, const val& slope) {
  return guarded([&] {
    const int depth = read_integer(layers, "layers");
    check_between("layers", depth, 0, kMostLayers);
    return val(theory::residual_growth(read_between(branch_scale, "branchScale", -kLargestSkipScale, kLargestSkipScale),
                                       read_variance(weight_variance, "weightVariance"), depth,
                                       read_between(slope, "slope", 0, 1)));
  });
}

val normalized_gradient_growth(const val& activation, const val& normalization) {
  return guarded([&] {
    const Activation phi = find_activation(read_string(activation, "activation"), "activation").id;
    // All rows but the first, which is Normalization::none.
    const auto kinds = normalizations().subspan(1);
    const std::string name = read_string(normalization, "normalization");
    return val(theory::normalized_gradient_growth(phi, find_row(kinds, name, "normalization").id));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(theory) {
  emscripten::function("residualGrowth", &residual_growth);
  emscripten::function("normalizedGradientGrowth", &normalized_gradient_growth);
  emscripten::function("weightStandardDeviation", &weight_standard_deviation);
  emscripten::function("meanField", &mean_field);
  emscripten::function("nextVariance", &next_variance);
  emscripten::function("nextCorrelation", &next_correlation);
  emscripten::function("edgeOfChaos", &edge_of_chaos);
  emscripten::function("shapeTheory", &shape_theory);
  emscripten::function("varianceFactors", &variance_factors);
}

}  // namespace init_lab::bindings
