// Writes experiments, points and histories as JavaScript values.
#include <emscripten/val.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/experiment/fields.hpp"
#include "init_lab/experiment/kinds.hpp"
#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/training/trainer.hpp"
#include "spec_values.hpp"

namespace init_lab::bindings {

using emscripten::val;

val to_js(const std::vector<double>& values) {
  // Returns a copy, because a view becomes invalid when the memory grows.
  return val(emscripten::typed_memory_view(values.size(), values.data())).call<val>("slice");
}

val to_js(std::span<const Metrics> history) {
  val list = val::array();
  for (const Metrics& metrics : history) list.call<void>("push", metrics);
  return list;
}

val to_js(const Points& points) {
  val object = val::object();
  object.set("features", points.features);
  object.set("x", to_js(points.x));
  object.set("y", to_js(points.y));
  return object;
}

val to_js(const Choice& choice) {
  val object = val::object();
  object.set("name", choice.name);
  for (const auto& [name, value] : choice.parameters) {
    if (const double* number = value.number()) object.set(name, *number);
    if (const std::string* text = value.text()) object.set(name, *text);
    if (const std::vector<double>* numbers = value.numbers()) object.set(name, val::array(*numbers));
  }
  return object;
}

namespace {

/// The name of the row of an enum's table.
template <class Row, class Id>
val name_in(std::span<const Row> rows, Id id) {
  return val(std::string(rows[static_cast<std::size_t>(id)].name));
}

val write(const Spec&, int value) { return val(value); }
val write(const Spec&, const std::vector<int>& values) { return val::array(values); }
val write(const Spec&, Output output) { return name_in(outputs(), output); }
val write(const Spec&, Precision precision) { return name_in(precisions(), precision); }
val write(const Spec&, const Choice& choice) { return to_js(choice); }

val write(const Spec&, const std::vector<Choice>& activations) {
  val list = val::array();
  for (const Choice& choice : activations) {
    // A default parameter is left out, because experiments of earlier versions hold only the
    // activation's name.
    const auto known = activation_parameters(find_activation(choice.name, "activations").id);
    const bool plain = choice.parameters == complete_parameters({}, known, "activations");
    list.call<void>("push", plain ? val(choice.name) : to_js(choice));
  }
  return list;
}

val write(const Spec&, const std::optional<SkipSpec>& skip) {
  val object = val::object();
  if (const double* number = skip->scale.number()) object.set("scale", *number);
  if (const std::string* name = skip->scale.text()) object.set("scale", *name);
  object.set("learned", skip->learned);
  return object;
}

val write(const Spec&, const InitSpec& init) {
  val object = to_js(init.all);
  if (!init.layers.empty()) {
    val layers = val::array();
    for (const auto& layer : init.layers) layers.call<void>("push", layer ? to_js(*layer) : val::null());
    object.set("layers", layers);
  }
  if (init.bias) object.set("bias", to_js(*init.bias));
  if (init.output_bias) object.set("outputBias", to_js(*init.output_bias));
  return object;
}

val write_dataset(const Spec& spec) {
  val object = to_js(spec.dataset);
  if (spec.dataset.name == kOwnPoints) {
    object.set("train", to_js(spec.train_points));
    object.set("test", to_js(spec.test_points));
  }
  if (spec.standardize) object.set("standardize", true);
  return object;
}

}  // namespace

val to_js(const Spec& spec) {
  static const Spec defaults;
  val object = val::object();
  for (const SpecField& field : spec_fields()) {
    std::visit(
        [&](auto member) {
          if constexpr (std::is_same_v<decltype(member), DatasetMember>) {
            object.set(std::string(field.name), write_dataset(spec));
          } else if (field.always_written || spec.*member != defaults.*member) {
            object.set(std::string(field.name), write(spec, spec.*member));
          }
        },
        field.member);
  }
  return object;
}

}  // namespace init_lab::bindings
