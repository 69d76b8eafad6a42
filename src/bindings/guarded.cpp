#include "guarded.hpp"

#include <new>
#include <stdexcept>
#include <string>

#include "init_lab/base/error.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

val js_error(const char* type, const std::string& message, const std::string& code) {
  val error = val::global(type).new_(message);
  error.set("code", code);
  return error;
}

val out_of_memory() {
  return js_error("RangeError", "The experiment does not fit into memory; expected fewer examples or parameters",
                  "out-of-memory");
}

}  // namespace

val error_in_flight() {
  try {
    throw;
  } catch (const SpecError& e) {
    val error = js_error(e.kind() == ErrorKind::type ? "TypeError" : "RangeError", e.what(), e.code());
    error.set("field", e.field());
    error.set("value", e.value());
    error.set("expected", e.expected());
    return error;
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  } catch (const std::length_error&) {
    return out_of_memory();  // a vector of more than it can ever hold
  } catch (const std::exception& e) {
    return js_error("Error", e.what(), "internal");
  }
}

}  // namespace init_lab::bindings
