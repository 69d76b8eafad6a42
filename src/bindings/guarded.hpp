// Errors on their way to JavaScript. A function that can fail returns either its value or an Error object, which the
// facade (src/js/lab.js) throws: a throw from here would pass over the C++ frames without running their destructors.
#pragma once

#include <emscripten/val.h>

namespace init_lab::bindings {

/// The Error that stands for the exception in flight. Apart from `guarded`, which the module holds once for each
/// function.
emscripten::val error_in_flight();

/// The value of `work`, or the Error that stands for what it threw.
template <class Work>
emscripten::val guarded(Work&& work) {
  try {
    return work();
  } catch (...) {
    return error_in_flight();
  }
}

}  // namespace init_lab::bindings
