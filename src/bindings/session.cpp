// The class Session: a training in progress.
#include "init_lab/experiment/session.hpp"

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "guarded.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/experiment/kinds.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "measurements.hpp"
#include "spec_values.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

Grid read_grid(const val& value) {
  check_object(value, "grid");
  const auto bound = [&](const char* axis, int i) {
    const std::string name = std::string("grid.") + axis;
    const std::vector<double> range = read_numbers(value[axis], name);
    if (range.size() != 2)
      throw SpecError(ErrorCode::wrong_count, name, static_cast<double>(range.size()), expected::exactly(2, "numbers"));
    return range[static_cast<std::size_t>(i)];
  };
  return {bound("x1", 0),
          bound("x1", 1),
          bound("x2", 0),
          bound("x2", 1),
          read_integer(value["columns"], "grid.columns"),
          read_integer(value["rows"], "grid.rows")};
}

/// Returns a copy of a buffer that the next call reuses, unless it is large.
val session_predict(const Session& session, const val& value, bool centred) {
  return guarded([&] {
    static std::vector<float> buffer;
    session.predict(read_grid(value), buffer, centred);
    const val field = val(emscripten::typed_memory_view(buffer.size(), buffer.data())).call<val>("slice");
    if (buffer.capacity() > 1U << 20U) std::vector<float>().swap(buffer);
    return field;
  });
}

val create_session(const val& spec) {
  return guarded([&] { return val(std::make_shared<Session>(read_spec(spec))); });
}

int session_iteration(const Session& session) { return session.iteration(); }

val session_spec(const Session& session) {
  return guarded([&] { return to_js(session.spec()); });
}

val skip_to_js(const Skip& skip) {
  if (!skip.present) return val::null();
  val object = val::object();
  object.set("scale", skip.scale);
  object.set("learned", skip.learned);
  return object;
}

val normalizer_to_js(const Normalizer& normalizer) {
  if (normalizer.kind == Normalization::none) return val::null();
  val object = val::object();
  object.set("name", std::string(normalizations()[static_cast<std::size_t>(normalizer.kind)].name));
  object.set("momentum", normalizer.momentum);
  object.set("epsilon", normalizer.epsilon);
  return object;
}

val network_to_js(const Network& network) {
  val layers = val::array();
  for (const Layer& layer : network.layers) {
    val row = val::object();
    row.set("in", layer.in);
    row.set("out", layer.out);
    row.set("activation", std::string(info(layer.activation).name));
    row.set("parameter", layer.parameter);
    row.set("skip", skip_to_js(layer.skip));
    row.set("normalization", normalizer_to_js(layer.normalizer));
    row.set("weightFactor", layer.learning.weight_factor);
    row.set("biasFactor", layer.learning.bias_factor);
    row.set("frozen", layer.learning.frozen);
    row.set("weights", static_cast<double>(layer.weights));
    row.set("biases", static_cast<double>(layer.biases));
    layers.call<void>("push", row);
  }
  val object = val::object();
  object.set("layers", layers);
  object.set("parameters", static_cast<double>(network.parameters));
  return object;
}

val session_network(const Session& session) {
  return guarded([&] { return network_to_js(session.network()); });
}

val session_step(Session& session, const val& n) {
  return guarded([&] { return val(session.step(read_integer(n, "n"))); });
}

val session_metrics(const Session& session) {
  return guarded([&] { return val(session.metrics()); });
}

val session_history(const Session& session) {
  return guarded([&] { return to_js(session.history()); });
}

val session_parameters(const Session& session) {
  return guarded([&] { return to_js(session.parameters()); });
}

val session_set_parameters(Session& session, const val& values) {
  return guarded([&] {
    session.set_parameters(read_numbers(values, "parameters"));
    return val::undefined();
  });
}

val session_predict_units(const Session& session, const val& value, const val& most) {
  return guarded([&] {
    const Grid grid = read_grid(value);
    const auto size = static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows);
    val layers = val::array();
    for (const std::vector<float>& units : session.predict_units(grid, read_integer(most, "most"))) {
      val layer = val::array();
      for (std::size_t first = 0; first < units.size(); first += size)
        layer.call<void>("push", val(emscripten::typed_memory_view(size, units.data() + first)).call<val>("slice"));
      layers.call<void>("push", layer);
    }
    return layers;
  });
}

val session_predict_points(const Session& session, const val& points) {
  return guarded([&] { return to_js(session.predict(read_unlabelled(points, "points"))); });
}

val session_snapshot(const Session& session) {
  return guarded([&] {
    const std::vector<std::uint8_t> bytes = session.snapshot();
    return val(emscripten::typed_memory_view(bytes.size(), bytes.data())).call<val>("slice");
  });
}

val session_restore(Session& session, const val& bytes) {
  return guarded([&] {
    if (!bytes.instanceof (val::global("Uint8Array")))
      throw SpecError(ErrorCode::wrong_type, "snapshot", found(bytes), expected::type("Uint8Array"));
    session.restore(emscripten::convertJSArrayToNumberVector<std::uint8_t>(bytes));
    return val::undefined();
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(session) {
  emscripten::value_object<Metrics>("Metrics")
      .field("iteration", &Metrics::iteration)
      .field("cost", &Metrics::cost)
      .field("trainAccuracy", &Metrics::train_accuracy)
      .field("testAccuracy", &Metrics::test_accuracy);

  emscripten::class_<Session>("Session")
      .smart_ptr<std::shared_ptr<Session>>("Session")
      .property("iteration", &session_iteration)
      .function("spec", &session_spec)
      .function("network", &session_network)
      .function("step", &session_step)
      .function("metrics", &session_metrics)
      .function("history", &session_history)
      .function("parameters", &session_parameters)
      .function("setParameters", &session_set_parameters)
      .function("predict", &session_predict)
      .function("predictUnits", &session_predict_units)
      .function("predictPoints", &session_predict_points)
      .function("diagnostics", &session_diagnostics)
      .function("predictedSignals", &session_predicted_signals)
      .function("curvature", &session_curvature)
      .function("landscape", &session_landscape)
      .function("snapshot", &session_snapshot)
      .function("restore", &session_restore);
  emscripten::function("createSession", &create_session);
}

}  // namespace init_lab::bindings
