#include "spec_values.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/data/points.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

bool is_object(const val& value) {
  return !value.isNull() && value.typeOf().as<std::string>() == "object" && !value.isArray();
}

/// Replaces -0 by 0, because JSON and links cannot hold -0.
double without_negative_zero(double number) { return number + 0.0; }

/// Whether every entry of a plain array is a finite number. Array.prototype.every skips holes, so
/// `undefined` is rejected too. The calls go through the prototype because the array may shadow
/// these methods.
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
      // An array may claim any length, so a product of two lengths may not fit into a size_t.
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

/// Reads {features, x}, with x features by examples, row by row.
Points read_flat(const val& value, const std::string& path) {
  return {read_integer(value["features"], join(path, "features")), read_numbers(value["x"], join(path, "x")), {}};
}

}  // namespace

std::vector<std::string> keys_of(const val& object) {
  return emscripten::vecFromJSArray<std::string>(val::global("Object").call<val>("keys", object));
}

std::string join(const std::string& path, const std::string& key) { return path + '.' + shortened(key); }
std::string at(const std::string& path, unsigned i) { return path + '[' + std::to_string(i) + ']'; }

void unknown_field(const std::string& path, const val& value, std::vector<std::string> names) {
  throw SpecError(ErrorCode::unknown_field, path, found(value), expected::one_of(std::move(names)));
}

void wrong_type(const std::string& path, const val& value, std::string expected) {
  throw SpecError(ErrorCode::wrong_type, path, found(value), expected::type(std::move(expected)));
}

bool is_list(const val& value) {
  return value.isArray() ||
         (is_object(value) && val::global("ArrayBuffer").call<bool>("isView", value) && value["length"].isNumber());
}

unsigned count_layers(const val& value, const std::string& path, unsigned most) {
  check_list(value, path);
  const auto n = value["length"].as<unsigned>();
  if (n > most)
    throw SpecError(ErrorCode::wrong_count, path, static_cast<double>(n), expected::at_most(most, "entries"));
  return n;
}

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
  return without_negative_zero(value.as<double>());
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
  // The copy below would read null as 0 and "7" as 7. Single entries are checked only if the quick
  // check of the whole array fails.
  const bool plain = value.isArray();
  if (plain ? !holds_finite_numbers(value) : n > 0 && !value[0].isNumber())
    for (unsigned i = 0; i < n; ++i) read_number(value[i], at(path, i));
  std::vector<double> numbers = emscripten::convertJSArrayToNumberVector<double>(value);
  for (double& number : numbers) number = without_negative_zero(number);
  return numbers;
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

}  // namespace init_lab::bindings
