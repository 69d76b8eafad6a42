// Reads experiments from JavaScript values, field by field of the core's table.
#include <emscripten/val.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "dataset_files.hpp"
#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/experiment/fields.hpp"
#include "init_lab/experiment/kinds.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/training/trainer.hpp"
#include "spec_values.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

ParameterValue read_parameter(const val& value, const std::string& path) {
  if (value.isString()) return value.as<std::string>();
  if (is_list(value)) return read_numbers(value, path);
  return read_number(value, path);
}

bool read_boolean(const val& value, const std::string& path) {
  if (!value.isTrue() && !value.isFalse()) wrong_type(path, value, "boolean");
  return value.isTrue();
}

/// Reads name and parameters. `read_other(key, value, path)` returns true for a field that it reads
/// itself.
template <class ReadOther>
Choice read_choice_and(const val& value, const std::string& path, ReadOther&& read_other) {
  check_object(value, path);
  if (value["name"].isUndefined()) wrong_type(join(path, "name"), value["name"], "string");
  Choice choice{read_string(value["name"], join(path, "name"))};
  for (const std::string& key : keys_of(value)) {
    if (key == "name" || value[key].isUndefined() || read_other(key, value[key], join(path, key))) continue;
    choice.parameters.insert_or_assign(key, read_parameter(value[key], join(path, key)));
  }
  return choice;
}

/// Reads a name, or an object with a name and parameters.
Choice read_short_choice(const val& value, const std::string& path) {
  return value.isString() ? Choice(value.as<std::string>()) : read_choice(value, path);
}

/// Reads the name of a row of an enum's table.
template <class Row>
auto read_name(std::span<const Row> rows, const val& value, const std::string& path) {
  return find_row(rows, read_string(value, path), path).id;
}

void read(const SpecField& field, const val& value, const std::string& path, int& target) {
  const double number = read_number(value, path);
  if (std::isfinite(number) && number == std::floor(number) && (number < field.low || number > field.high))
    throw SpecError(ErrorCode::out_of_range, path, number, expected::integer(field.low, field.high));
  target = read_integer(value, path);
}

void read(const SpecField&, const val& value, const std::string& path, std::vector<int>& target) {
  target = read_integers(value, path);
}

void read(const SpecField& field, const val& value, const std::string& path, Choice& target) {
  const bool has_short_form = field.name == "normalization" || field.name == "parametrization";
  target = has_short_form ? read_short_choice(value, path) : read_choice(value, path);
}

void read(const SpecField&, const val& value, const std::string& path, std::vector<Choice>& target) {
  if (!is_list(value)) {
    if (!value.isString() && value.typeOf().as<std::string>() != "object") wrong_type(path, value, "string-or-array");
    target = {read_short_choice(value, path)};
    return;
  }
  const unsigned n = count_layers(value, path);
  target.clear();
  for (unsigned i = 0; i < n; ++i) {
    if (!value[i].isString() && value[i].typeOf().as<std::string>() != "object")
      wrong_type(at(path, i), value[i], "string");
    target.push_back(read_short_choice(value[i], at(path, i)));
  }
}

void read(const SpecField&, const val& value, const std::string& path, std::optional<SkipSpec>& target) {
  check_object(value, path);
  SkipSpec skip;
  for (const std::string& key : keys_of(value)) {
    const val part = value[key];
    if (part.isUndefined()) continue;
    if (key == "scale")
      skip.scale = read_parameter(part, join(path, key));
    else if (key == "learned")
      skip.learned = read_boolean(part, join(path, key));
    else
      unknown_field(join(path, key), part, {"scale", "learned"});
  }
  target = skip;
}

void read(const SpecField&, const val& value, const std::string& path, InitSpec& target) {
  target = read_init(value, path);
}
void read(const SpecField&, const val& value, const std::string& path, Output& target) {
  target = read_name(outputs(), value, path);
}
void read(const SpecField&, const val& value, const std::string& path, Precision& target) {
  target = read_name(precisions(), value, path);
}

void read_dataset(const val& value, const std::string& path, Spec& spec) {
  spec.dataset = read_choice_and(value, path, [&](const std::string& part, const val& inner, const std::string& where) {
    if (part == "standardize") {
      spec.standardize = read_boolean(inner, where);
      return true;
    }
    if (part != "train" && part != "test") return false;
    if (value["name"].as<std::string>() != kOwnPoints)
      throw SpecError(ErrorCode::unknown_field, where, found(inner), expected::rule("points-only"));
    (part == "train" ? spec.train_points : spec.test_points) = read_points(inner, where);
    return true;
  });
  spec.dataset_file = dataset_file(spec.dataset.name);
}

std::vector<std::string> field_names() {
  std::vector<std::string> names;
  for (const SpecField& field : spec_fields()) names.emplace_back(field.name);
  return names;
}

}  // namespace

Choice read_choice(const val& value, const std::string& path) {
  return read_choice_and(value, path, [](const auto&, const auto&, const auto&) { return false; });
}

InitSpec read_init(const val& value, const std::string& path) {
  InitSpec init;
  init.all = read_choice_and(value, path, [&](const std::string& key, const val& field, const std::string& where) {
    if (key == "bias" || key == "outputBias") {
      (key == "bias" ? init.bias : init.output_bias) = read_choice(field, where);
      return true;
    }
    if (key != "layers") return false;
    const unsigned n = count_layers(field, where, kMostLayers + 1);
    for (unsigned i = 0; i < n; ++i) {
      const val layer = field[i];
      if (layer.isNull() || layer.isUndefined())
        init.layers.emplace_back();
      else
        init.layers.emplace_back(read_choice(layer, at(where, i)));
    }
    return true;
  });
  return init;
}

Spec read_spec(const val& value) {
  check_object(value, "spec");
  Spec spec;
  for (const std::string& key : keys_of(value)) {
    const val part = value[key];
    if (part.isUndefined()) continue;
    const auto fields = spec_fields();
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const SpecField& row) { return row.name == key; });
    if (field == fields.end()) unknown_field(shortened(key), part, field_names());
    std::visit(
        [&](auto member) {
          if constexpr (std::is_same_v<decltype(member), DatasetMember>)
            read_dataset(part, key, spec);
          else
            read(*field, part, key, spec.*member);
        },
        field->member);
  }
  return spec;
}

}  // namespace init_lab::bindings
