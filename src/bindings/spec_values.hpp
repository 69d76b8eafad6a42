// Specs, points and histories as JavaScript values, and back.
#pragma once

#include <emscripten/val.h>

#include <span>
#include <string>
#include <vector>

#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/initializers/initializers.hpp"

namespace init_lab::bindings {

/// Reads a spec; every field may be left out. The value must be plain data (no getters, no
/// proxies): the facade passes a structured clone. Throws SpecError, which is a TypeError for a
/// value of the wrong type or an unknown field.
Spec read_spec(const emscripten::val& value);
Choice read_choice(const emscripten::val& value, const std::string& path);
InitSpec read_init(const emscripten::val& value, const std::string& path);
/// Reads {x: [[x1, x2, …], …], y: […]}, or {features, x, y} with x flat, features by examples, row
/// by row.
Points read_points(const emscripten::val& value, const std::string& path);
/// Reads examples without labels (all get 0): rows, or {features, x} with x flat.
Points read_unlabelled(const emscripten::val& value, const std::string& path);
/// The object's own keys.
std::vector<std::string> keys_of(const emscripten::val& object);
/// "path.key" and "path[i]".
std::string join(const std::string& path, const std::string& key);
std::string at(const std::string& path, unsigned i);
[[noreturn]] void unknown_field(const std::string& path, const emscripten::val& value, std::vector<std::string> names);
[[noreturn]] void wrong_type(const std::string& path, const emscripten::val& value, std::string expected);
/// Whether the value is an array or a typed array.
bool is_list(const emscripten::val& value);
/// Returns the length of a list with one entry for each layer. Throws SpecError for more than
/// `most` entries before any is read, because an array may claim any length.
unsigned count_layers(const emscripten::val& value, const std::string& path, unsigned most = kMostLayers);
/// A value as an error reports it.
Found found(const emscripten::val& value);
/// Throws SpecError unless the value is an object, or an array or typed array.
void check_object(const emscripten::val& value, const std::string& path);
void check_list(const emscripten::val& value, const std::string& path);
double read_number(const emscripten::val& value, const std::string& path);
int read_integer(const emscripten::val& value, const std::string& path);
std::string read_string(const emscripten::val& value, const std::string& path);
std::vector<double> read_numbers(const emscripten::val& value, const std::string& path);
/// Reads a list of whole numbers, one for each layer.
std::vector<int> read_integers(const emscripten::val& value, const std::string& path);

/// A complete spec as a new object.
emscripten::val to_js(const Spec& spec);
/// {features, x, y}, with x and y as new Float64Arrays.
emscripten::val to_js(const Points& points);
emscripten::val to_js(const Choice& choice);
emscripten::val to_js(const std::vector<double>& values);  ///< a new Float64Array
emscripten::val to_js(std::span<const Metrics> history);

}  // namespace init_lab::bindings
