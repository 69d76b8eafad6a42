#include "measurements.hpp"

#include <emscripten/bind.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "guarded.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/diagnostics/curvature.hpp"
#include "init_lab/diagnostics/diagnostics.hpp"
#include "init_lab/diagnostics/planes.hpp"
#include "init_lab/theory/signal_prediction.hpp"
#include "spec_values.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

using bindings::to_js;  // beside the overloads below

val to_js(const Distribution& distribution) {
  val object = val::object();
  object.set("mean", distribution.mean);
  object.set("variance", distribution.variance);
  object.set("low", distribution.low);
  object.set("high", distribution.high);
  object.set("histogram", val::array(distribution.histogram));
  object.set("nonFinite", distribution.non_finite);
  return object;
}

val to_js(const LayerDiagnostics& layer) {
  val object = val::object();
  object.set("preActivation", to_js(layer.pre_activation));
  object.set("activation", to_js(layer.activation));
  object.set("preActivationGradient", to_js(layer.pre_activation_gradient));
  object.set("activationGradient", to_js(layer.activation_gradient));
  object.set("weightNorm", layer.weight_norm);
  object.set("gradientNorm", layer.gradient_norm);
  object.set("updateRatio", layer.update_ratio);
  object.set("distance", layer.distance);
  object.set("dead", val::array(layer.dead));
  object.set("saturated", layer.saturated);
  object.set("distinct", layer.distinct);
  object.set("group", val::array(layer.group));
  object.set("largestCosine", layer.largest_cosine);
  object.set("rank", layer.rank);
  object.set("singularValues", val::array(layer.singular_values));
  return object;
}

/// Reads [low, high].
std::array<double, 2> read_range(const val& value, const std::string& path) {
  const std::vector<double> range = read_numbers(value, path);
  if (range.size() != 2)
    throw SpecError(ErrorCode::wrong_count, path, static_cast<double>(range.size()), expected::exactly(2, "numbers"));
  return {range[0], range[1]};
}

/// Reads a list of at least `least` and at most `most` vectors of equal length, and returns their
/// numbers one vector after the other.
std::vector<double> read_vectors(const val& value, std::size_t least, std::size_t most, std::size_t& count) {
  check_list(value, "vectors");
  count = value["length"].as<std::size_t>();
  if (count < least || count > most)
    throw SpecError(ErrorCode::wrong_count, "vectors", static_cast<double>(count),
                    {ExpectedKind::count, static_cast<double>(least), static_cast<double>(most), {"entries"}});
  std::vector<double> all;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string path = "vectors[" + std::to_string(i) + "]";
    const std::vector<double> vector = read_numbers(value[i], path);
    if (i > 0 && vector.size() * i != all.size())
      throw SpecError(ErrorCode::wrong_count, path, static_cast<double>(vector.size()),
                      expected::exactly(static_cast<double>(all.size() / i), "numbers"));
    all.insert(all.end(), vector.begin(), vector.end());
  }
  return all;
}

val to_js(const Plane& plane) {
  val directions = val::array();
  for (const auto& direction : plane.directions) directions.call<void>("push", to_js(direction));
  val coordinates = val::array();
  for (const auto& point : plane.coordinates)
    coordinates.call<void>("push", val::array(std::vector<double>{point[0], point[1]}));
  val object = val::object();
  object.set("origin", to_js(plane.origin));
  object.set("directions", directions);
  object.set("coordinates", coordinates);
  object.set("shares", val::array(std::vector<double>{plane.shares[0], plane.shares[1]}));
  return object;
}

val principal_plane_of(const val& vectors) {
  return guarded([&] {
    std::size_t count = 0;
    const std::vector<double> all = read_vectors(vectors, 1, kMostPlaneVectors, count);
    return to_js(principal_plane(all, count));
  });
}

val plane_through_points(const val& vectors) {
  return guarded([&] {
    std::size_t count = 0;
    const std::vector<double> all = read_vectors(vectors, 3, 3, count);
    return to_js(plane_through(all));
  });
}

}  // namespace

val session_diagnostics(const Session& session, bool largest_cosine, bool singular_values) {
  return guarded([&] {
    const Diagnostics diagnostics =
        session.diagnostics({.largest_cosine = largest_cosine, .singular_values = singular_values});
    val layers = val::array();
    for (const LayerDiagnostics& layer : diagnostics.layers) layers.call<void>("push", to_js(layer));
    val object = val::object();
    object.set("layers", layers);
    object.set("distance", diagnostics.distance);
    return object;
  });
}

val session_predicted_signals(const Session& session) {
  return guarded([&] {
    val layers = val::array();
    for (const auto& layer : theory::predict_signals(session.network(), session.spec().init, session.dataset().train)) {
      val row = val::object();
      row.set("preActivation", layer.pre_activation);
      row.set("activation", layer.activation);
      row.set("preActivationGradient", layer.pre_activation_gradient);
      row.set("activationGradient", layer.activation_gradient);
      row.set("leastSingularValue", layer.singular_values.least);
      row.set("greatestSingularValue", layer.singular_values.greatest);
      layers.call<void>("push", row);
    }
    return layers;
  });
}

val session_curvature(const Session& session, const val& iterations) {
  return guarded([&] {
    const Spectrum spectrum = session.curvature(read_integer(iterations, "iterations"));
    const double rate = session.learning_rate();
    val object = val::object();
    object.set("greatest", spectrum.greatest);
    object.set("least", spectrum.least);
    object.set("learningRate", rate);
    object.set("step", rate * spectrum.greatest);
    object.set("escape", 1 / (rate * std::max(-spectrum.least, 0.0)));
    object.set("iterations", spectrum.iterations);
    object.set("converged", spectrum.converged);
    return object;
  });
}

val session_landscape(const Session& session, const val& value) {
  return guarded([&] {
    check_object(value, "landscape");
    const val directions = value["directions"];
    check_list(directions, "landscape.directions");
    const std::vector<double> origin = read_numbers(value["origin"], "landscape.origin");
    const std::vector<double> x = read_numbers(directions[0], "landscape.directions[0]");
    const std::vector<double> y = read_numbers(directions[1], "landscape.directions[1]");
    const auto x_range = read_range(value["x"], "landscape.x");
    const auto y_range = read_range(value["y"], "landscape.y");
    return to_js(session.landscape({origin, x, y, x_range[0], x_range[1], y_range[0], y_range[1],
                                    read_integer(value["columns"], "landscape.columns"),
                                    read_integer(value["rows"], "landscape.rows")}));
  });
}

EMSCRIPTEN_BINDINGS(measurements) {
  emscripten::function("principalPlane", &principal_plane_of);
  emscripten::function("planeThrough", &plane_through_points);
}

}  // namespace init_lab::bindings
