// Exports the core's tables: what an experiment can name, its fields, limits and errors.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/experiment/fields.hpp"
#include "init_lab/experiment/kinds.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/initializers/bias_starts.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/training/optimizers.hpp"
#include "spec_values.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

val text(std::string_view words) { return val(std::string(words)); }

val to_js(const std::vector<ParameterInfo>& parameters) {
  val list = val::array();
  for (const ParameterInfo& info : parameters) {
    val row = val::object();
    row.set("name", text(info.name));
    row.set("label", text(info.label));
    row.set("help", text(info.help));
    const bool words = info.kind == ParameterKind::name || info.kind == ParameterKind::text;
    row.set("kind", text(parameter_kind_name(info.kind)));
    row.set("value", words ? text(info.text) : info.kind == ParameterKind::numbers ? val::array() : val(info.value));
    row.set("min", info.min);
    row.set("max", info.max);
    row.set("integer", info.kind == ParameterKind::integer);
    if (info.kind == ParameterKind::name)
      row.set("names", val::array(std::vector<std::string>(info.names.begin(), info.names.end())));
    list.call<void>("push", row);
  }
  return list;
}

/// Name, label and the other words of a row, then its parameters.
template <class Row>
val described(const Row& row) {
  val object = val::object();
  object.set("name", text(row.name));
  object.set("label", text(row.label));
  if constexpr (requires { row.citation; }) object.set("citation", text(row.citation));
  if constexpr (requires { row.help; }) object.set("help", text(row.help));
  if constexpr (requires { row.formula; }) object.set("formula", text(row.formula));
  if constexpr (requires { row.parameters; }) object.set("parameters", to_js(row.parameters));
  return object;
}

val strings(std::span<const std::string_view> words) {
  return val::array(std::vector<std::string>(words.begin(), words.end()));
}

/// The names of a table's rows.
template <class Row>
val names(std::span<const Row> rows) {
  std::vector<std::string> all;
  for (const Row& row : rows) all.emplace_back(row.name);
  return val::array(all);
}

template <class Row>
val described_all(std::span<const Row> rows) {
  val list = val::array();
  for (const Row& row : rows) list.call<void>("push", described(row));
  return list;
}

/// The table of an experiment's fields, each with its default.
val fields() {
  const val defaults = bindings::to_js(Spec{});
  val list = val::array();
  for (const SpecField& field : spec_fields()) {
    val row = val::object();
    const std::string name(field.name);
    row.set("name", name);
    row.set("shape", text(field.shape));
    row.set("help", text(field.help));
    row.set("value", defaults[name]);
    if (field.low < field.high) {
      row.set("min", field.low);
      row.set("max", field.high);
    }
    list.call<void>("push", row);
  }
  return list;
}

val limits() {
  val object = val::object();
  object.set("units", kMostUnits);
  object.set("layers", kMostLayers);
  object.set("parameters", static_cast<double>(kMostParameters));
  object.set("iterations", kMostIterations);
  object.set("pointValues", static_cast<double>(kMostPointValues));
  object.set("seed", kLargestSeed);
  object.set("gridSide", kMostGridSide);
  object.set("unitsDrawn", kMostUnitsDrawn);
  return object;
}

val catalogue() {
  val data = val::array();
  for (const auto& row : datasets()) {
    val object = described(row);
    object.set("features", row.features);
    object.set("hasTargets", row.has_targets());
    object.set("needsFile", row.needs_file());
    data.call<void>("push", object);
  }
  val inits = val::array();
  for (const auto& row : initializers()) {
    val object = described(row);
    // Splitting an empty text would give one empty name.
    object.set("madeFor",
               row.made_for.empty() ? val::array() : text(row.made_for).call<val>("split", std::string(", ")));
    object.set("needsData", row.needs_data);
    object.set("family", text(family_name(row.family)));
    object.set("sameAs", text(row.same_as));
    inits.call<void>("push", object);
  }
  val functions = val::array();
  for (const auto& row : activations()) {
    val object = described(row);
    const std::vector<ParameterInfo> parameters = activation_parameters(row.id);
    object.set("parameters", to_js(parameters));
    object.set("gain", row.gain);
    object.set("gainNote", text(row.gain_note));
    object.set("low", row.low);
    object.set("high", row.high);
    object.set("atZero", row.value(0));
    object.set("rectifier", row.is_rectifier());
    val numpy = val::object();
    numpy.set("value", text(row.numpy_value));
    numpy.set("derivative", text(row.numpy_derivative));
    object.set("numpy", numpy);
    functions.call<void>("push", object);
  }
  val methods = val::array();
  for (const auto& row : optimizers()) methods.call<void>("push", described(row));
  val object = val::object();
  object.set("datasets", data);
  object.set("initializers", inits);
  object.set("activations", functions);
  object.set("optimizers", methods);
  object.set("outputs", names(outputs()));
  object.set("precisions", names(precisions()));
  object.set("normalizations", described_all(normalizations()));
  object.set("parametrizations", described_all(parametrizations()));
  object.set("skipScales", names(skip_scales()));
  object.set("biasStarts", described_all(bias_starts()));
  object.set("fields", fields());
  object.set("limits", limits());
  val errors = val::object();
  errors.set("codes", strings(code_names()));
  errors.set("kinds", strings(expected_kind_names()));
  object.set("errors", errors);
  return object;
}

}  // namespace

EMSCRIPTEN_BINDINGS(catalogue) { emscripten::function("catalogue", &catalogue); }

}  // namespace init_lab::bindings
