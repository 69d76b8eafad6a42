// Converts exceptions to JavaScript errors. A function that can fail returns its value or an Error
// object, which the facade (src/js/lab.js) throws: a throw from here would skip the destructors of
// the C++ frames.
#pragma once

#include <emscripten/val.h>

namespace init_lab::bindings {

/// Converts the current exception to a JS Error. Not a template, so the code exists once in the
/// module.
emscripten::val error_in_flight();

/// Returns the value of `work`, or the Error for the exception that it threw.
template <class Work>
emscripten::val guarded(Work&& work) {
  try {
    return work();
  } catch (...) {
    return error_in_flight();
  }
}

}  // namespace init_lab::bindings
