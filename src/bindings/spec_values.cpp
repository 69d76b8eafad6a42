#include "spec_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dataset_files.hpp"
#include "init_lab/base/error.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

[[noreturn]] void wrong_type(const std::string& path, const val& value, std::string expected) {
  throw SpecError(ErrorCode::wrong_type, path, found(value), expected::type(std::move(expected)));
}

bool is_object(const val& value) {
  return !value.isNull() && value.typeOf().as<std::string>() == "object" && !value.isArray();
}

bool is_list(const val& value) {
  return value.isArray() ||
         (is_object(value) && val::global("ArrayBuffer").call<bool>("isView", value) && value["length"].isNumber());
}

/// The length of a list with one entry a layer. A longer one is not read: an array may claim any length.
unsigned count_layers(const val& value, const std::string& path, unsigned most = kMostLayers) {
  check_list(value, path);
  const auto n = value["length"].as<unsigned>();
  if (n > most)
    throw SpecError(ErrorCode::wrong_count, path, static_cast<double>(n), expected::at_most(most, "entries"));
  return n;
}

std::vector<std::string> keys_of(const val& object) {
  return emscripten::vecFromJSArray<std::string>(val::global("Object").call<val>("keys", object));
}

std::string join(const std::string& path, const std::string& key) { return path + '.' + shortened(key); }
std::string at(const std::string& path, unsigned i) { return path + '[' + std::to_string(i) + ']'; }

[[noreturn]] void unknown_field(const std::string& path, const val& value, std::vector<std::string> names) {
  throw SpecError(ErrorCode::unknown_field, path, found(value), expected::one_of(std::move(names)));
}

ParameterValue read_parameter(const val& value, const std::string& path) {
  if (value.isString()) return value.as<std::string>();
  if (is_list(value)) return read_numbers(value, path);
  return read_number(value, path);
}

/// Name and parameters; `other(key, value, path)` may take a field that is neither.
template <class Other>
Choice read_choice_and(const val& value, const std::string& path, Other&& other) {
  check_object(value, path);
  if (value["name"].isUndefined()) wrong_type(join(path, "name"), value["name"], "string");
  Choice choice{read_string(value["name"], join(path, "name")), {}};
  for (const std::string& key : keys_of(value)) {
    if (key == "name" || value[key].isUndefined() || other(key, value[key], join(path, key))) continue;
    choice.parameters.insert_or_assign(key, read_parameter(value[key], join(path, key)));
  }
  return choice;
}

/// Whether every entry of a plain array is a finite number; holes, which `every` passes over, count as undefined. The
/// array may have fields of its own that are called as these functions.
bool holds_finite_numbers(const val& array) {
  const val of_arrays = val::global("Array")["prototype"];
  return of_arrays["every"].call<bool>("call", array, val::global("Number")["isFinite"]) &&
         !of_arrays["includes"].call<bool>("call", array, val::undefined());
}

Points read_rows(const val& rows, const std::string& path) {
  Points points;
  const auto m = rows["length"].as<unsigned>();
  for (unsigned i = 0; i < m; ++i) {
    const std::vector<double> row = read_numbers(rows[i], at(path, i));
    if (i == 0) {
      // An array may claim any length: its product with another one need not fit into a size_t.
      if (static_cast<double>(row.size()) * m > static_cast<double>(kMostPointValues))
        throw SpecError(ErrorCode::wrong_count, path, static_cast<double>(row.size()) * m,
                        expected::at_most(static_cast<double>(kMostPointValues), "numbers"));
      points.features = static_cast<int>(row.size());
      points.x.resize(row.size() * m);
    }
    if (row.size() != static_cast<std::size_t>(points.features))
      throw SpecError(ErrorCode::wrong_count, at(path, i), static_cast<double>(row.size()),
                      expected::exactly(points.features, "numbers"));
    for (std::size_t f = 0; f < row.size(); ++f) {
      if (!std::isfinite(row[f]))
        throw SpecError(ErrorCode::not_finite, at(at(path, i), static_cast<unsigned>(f)), row[f],
                        expected::finite_number());
      points.x[f * m + i] = row[f];
    }
  }
  return points;
}

/// {features, x}, with x features by examples, row by row.
Points read_flat(const val& value, const std::string& path) {
  return {read_integer(value["features"], join(path, "features")), read_numbers(value["x"], join(path, "x")), {}};
}

}  // namespace

Found found(const val& value) {
  const auto type = value.typeOf().as<std::string>();
  if (type == "number") return value.as<double>();
  if (type == "string") return shortened(value.as<std::string>());
  if (type == "boolean") return value.as<bool>();
  if (value.isNull()) return FoundType{"null"};
  return FoundType{value.isArray() ? "array" : type};
}

void check_object(const val& value, const std::string& path) {
  if (!is_object(value)) wrong_type(path, value, "object");
}

void check_list(const val& value, const std::string& path) {
  if (!is_list(value)) wrong_type(path, value, "array");
}

double read_number(const val& value, const std::string& path) {
  if (!value.isNumber()) wrong_type(path, value, "number");
  return value.as<double>();
}

int read_integer(const val& value, const std::string& path) {
  const double number = read_number(value, path);
  if (!std::isfinite(number) || number != std::floor(number))
    throw SpecError(std::isfinite(number) ? ErrorCode::not_an_integer : ErrorCode::not_finite, path, number,
                    {ExpectedKind::integer});
  constexpr int kMost = std::numeric_limits<int>::max();
  if (std::fabs(number) > kMost)
    throw SpecError(ErrorCode::out_of_range, path, number, expected::integer(-kMost, kMost));
  return static_cast<int>(number);
}

std::string read_string(const val& value, const std::string& path) {
  if (!value.isString()) wrong_type(path, value, "string");
  return value.as<std::string>();
}

std::vector<double> read_numbers(const val& value, const std::string& path) {
  check_list(value, path);
  const auto n = value["length"].as<unsigned>();
  if (n > kMostPointValues)
    throw SpecError(ErrorCode::wrong_count, path, static_cast<double>(n),
                    expected::at_most(static_cast<double>(kMostPointValues), "numbers"));
  // The copy below would take null for 0 and "7" for 7. Entries are looked at one by one only where one is suspect.
  const bool plain = value.isArray();
  if (plain ? !holds_finite_numbers(value) : n > 0 && !value[0].isNumber())
    for (unsigned i = 0; i < n; ++i) read_number(value[i], at(path, i));
  return emscripten::convertJSArrayToNumberVector<double>(value);
}

std::vector<int> read_integers(const val& value, const std::string& path) {
  const unsigned n = count_layers(value, path);
  std::vector<int> integers;
  for (unsigned i = 0; i < n; ++i) integers.push_back(read_integer(value[i], at(path, i)));
  return integers;
}

Points read_points(const val& value, const std::string& path) {
  check_object(value, path);
  for (const std::string& key : keys_of(value))
    if (key != "x" && key != "y" && key != "features")
      unknown_field(join(path, key), value[key], {"x", "y", "features"});
  const val x = value["x"];
  check_list(x, join(path, "x"));
  const bool says_features = !value["features"].isUndefined();
  const bool by_example = x.isArray() && (x["length"].as<unsigned>() == 0 ? !says_features : is_list(x[0]));
  Points points = by_example ? read_rows(x, join(path, "x")) : read_flat(value, path);
  if (by_example && says_features && read_integer(value["features"], join(path, "features")) != points.features)
    throw SpecError(ErrorCode::out_of_range, join(path, "features"), found(value["features"]),
                    expected::equal(points.features, join(path, "x")));
  points.y = read_numbers(value["y"], join(path, "y"));
  return points;
}

Points read_unlabelled(const val& value, const std::string& path) {
  if (!is_list(value)) check_object(value, path);
  Points points = is_list(value) ? read_rows(value, path) : read_flat(value, path);
  const auto features = static_cast<std::size_t>(std::max(points.features, 1));
  if (points.x.size() % features != 0)
    throw SpecError(ErrorCode::wrong_count, join(path, "x"), static_cast<double>(points.x.size()),
                    expected::rule("multiple-of-features", {std::to_string(points.features)}));
  points.y.assign(points.x.size() / features, 0.0);
  return points;
}

Choice read_choice(const val& value, const std::string& path) {
  return read_choice_and(value, path, [](const auto&, const auto&, const auto&) { return false; });
}

InitSpec read_init(const val& value, const std::string& path) {
  InitSpec init;
  init.all = read_choice_and(value, path, [&](const std::string& key, const val& field, const std::string& where) {
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
    const val field = value[key];
    if (field.isUndefined()) continue;
    if (key == "dataset") {
      spec.dataset =
          read_choice_and(field, key, [&](const std::string& part, const val& points, const std::string& where) {
            if (part != "train" && part != "test") return false;
            if (field["name"].as<std::string>() != "points")
              throw SpecError(ErrorCode::unknown_field, where, found(points), expected::rule("points-only"));
            (part == "train" ? spec.train_points : spec.test_points) = read_points(points, where);
            return true;
          });
      spec.dataset_file = dataset_file(spec.dataset.name);
    } else if (key == "layers") {
      spec.layers = read_integers(field, key);
    } else if (key == "activations") {
      if (field.isString()) {
        spec.activations = {field.as<std::string>()};
      } else {
        const unsigned n = count_layers(field, key);
        spec.activations.clear();
        for (unsigned i = 0; i < n; ++i) spec.activations.emplace_back(read_string(field[i], at(key, i)));
      }
    } else if (key == "output") {
      spec.output = find_row(outputs(), read_string(field, key), key).id;
    } else if (key == "init") {
      spec.init = read_init(field, key);
    } else if (key == "optimizer") {
      spec.optimizer = read_choice(field, key);
    } else if (key == "iterations") {
      spec.iterations = read_integer(field, key);
    } else if (key == "record") {
      spec.record = read_integer(field, key);
    } else if (key == "precision") {
      spec.precision = find_row(precisions(), read_string(field, key), key).id;
    } else {
      unknown_field(
          shortened(key), field,
          {"dataset", "layers", "activations", "output", "init", "optimizer", "iterations", "record", "precision"});
    }
  }
  return spec;
}

val to_js(const std::vector<double>& values) {
  // A view would break with the next growth of the memory: hand out a copy.
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
    if (const std::vector<double>* numbers = value.numbers()) object.set(name, to_js(*numbers));
  }
  return object;
}

val to_js(const Spec& spec) {
  val dataset = to_js(spec.dataset);
  if (spec.dataset.name == "points") {
    dataset.set("train", to_js(spec.train_points));
    dataset.set("test", to_js(spec.test_points));
  }
  val init = to_js(spec.init.all);
  if (!spec.init.layers.empty()) {
    val layers = val::array();
    for (const auto& layer : spec.init.layers) layers.call<void>("push", layer ? to_js(*layer) : val::null());
    init.set("layers", layers);
  }
  val object = val::object();
  object.set("dataset", dataset);
  object.set("layers", val::array(spec.layers));
  val activations = val::array();
  for (const Choice& choice : spec.activations) activations.call<void>("push", choice.name);
  object.set("activations", activations);
  object.set("output", std::string(outputs()[static_cast<std::size_t>(spec.output)].name));
  object.set("init", init);
  object.set("optimizer", to_js(spec.optimizer));
  object.set("iterations", spec.iterations);
  object.set("record", spec.record);
  object.set("precision", std::string(precisions()[static_cast<std::size_t>(spec.precision)].name));
  return object;
}

}  // namespace init_lab::bindings
