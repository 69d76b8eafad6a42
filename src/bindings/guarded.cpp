#include "guarded.hpp"

#include <cstddef>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <variant>

#include "init_lab/base/error.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

val js_error(const char* type, const std::string& message, const std::string& code) {
  val error = val::global(type).new_(message);
  error.set("code", code);
  return error;
}

val out_of_memory() { return js_error("RangeError", "out of memory", "out-of-memory"); }

/// A number, string or boolean as itself; another value as {type}.
val to_js(const Found& value) {
  if (const auto* type = std::get_if<FoundType>(&value)) {
    if (type->name == "null") return val::null();
    if (type->name == "undefined") return val::undefined();
    val object = val::object();
    object.set("type", type->name);
    return object;
  }
  if (const auto* number = std::get_if<double>(&value)) return val(*number);
  if (const auto* truth = std::get_if<bool>(&value)) return val(*truth);
  return val(std::get<std::string>(value));
}

val to_js(const Expected& expected) {
  val object = val::object();
  object.set("kind", std::string(expected_kind_names()[static_cast<std::size_t>(expected.kind)]));
  if (expected.low) object.set("low", *expected.low);
  if (expected.high) object.set("high", *expected.high);
  if (!expected.names.empty()) object.set("names", val::array(expected.names));
  return object;
}

}  // namespace

val error_in_flight() {
  try {
    throw;
  } catch (const SpecError& e) {
    val error = js_error(e.is_type_error() ? "TypeError" : "RangeError", e.what(), std::string(e.code_name()));
    error.set("field", e.field());
    error.set("value", to_js(e.value()));
    error.set("expected", to_js(e.expected()));
    return error;
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  } catch (const std::length_error&) {
    return out_of_memory();  // a vector that exceeds its largest size
  } catch (const std::exception& e) {
    return js_error("Error", e.what(), "internal");
  }
}

}  // namespace init_lab::bindings
