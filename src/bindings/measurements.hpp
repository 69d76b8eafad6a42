// Measurements of a training as JavaScript values.
#pragma once

#include <emscripten/val.h>

#include "init_lab/experiment/session.hpp"

namespace init_lab::bindings {

/// Returns {layers, distance}. The two slow measurements can be left out.
emscripten::val session_diagnostics(const Session& session, bool largest_cosine, bool singular_values);
/// Returns one object for each layer.
emscripten::val session_predicted_signals(const Session& session);
emscripten::val session_curvature(const Session& session, const emscripten::val& iterations);
/// Reads {origin, directions, x, y, columns, rows} and returns the costs as a Float64Array.
emscripten::val session_landscape(const Session& session, const emscripten::val& grid);

}  // namespace init_lab::bindings
