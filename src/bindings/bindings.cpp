// The module as JavaScript sees it. A function that can fail returns either its value or an Error object, which the
// facade (src/js/lab.js) throws: a throw from here would pass over the C++ frames without running their destructors.
#include <emscripten/bind.h>
#include <emscripten/val.h>
#include <malloc.h>

#include <limits>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "bindings/spec_values.hpp"
#include "core/activations.hpp"
#include "core/error.hpp"
#include "core/experiment.hpp"
#include "core/mean_field.hpp"
#include "core/signal_prediction.hpp"
#include "core/theory.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

using bindings::to_js;  // beside the overloads below

val text(std::string_view words) { return val(std::string(words)); }

val js_error(const char* type, const std::string& message, const std::string& code) {
  val error = val::global(type).new_(message);
  error.set("code", code);
  return error;
}

/// The Error that stands for the exception in flight. Apart from `guarded`, which the module holds once for each
/// function.
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
    return js_error("RangeError", "The experiment does not fit into memory; expected fewer examples or parameters",
                    "out-of-memory");
  } catch (const std::exception& e) {
    return js_error("Error", e.what(), "internal");
  }
}

/// The value of `work`, or the Error that stands for what it threw.
template <class Work>
val guarded(Work&& work) {
  try {
    return work();
  } catch (...) {
    return error_in_flight();
  }
}

// --- The catalogue --------------------------------------------------------------------------------------------------

val to_js(const std::vector<ParameterInfo>& parameters) {
  val list = val::array();
  for (const ParameterInfo& info : parameters) {
    val row = val::object();
    row.set("name", text(info.name));
    row.set("label", text(info.label));
    row.set("help", text(info.help));
    row.set("value", info.value);
    row.set("min", info.min);
    row.set("max", info.max);
    row.set("integer", info.integer);
    list.call<void>("push", row);
  }
  return list;
}

/// Name, label and the other words of a row, then its parameters.
template <class Row>
val described(const Row& row) {
  val object = val::object();
  object.set("name", text(row.name));
  object.set("label", text(row.label));
  object.set("citation", text(row.citation));
  if constexpr (requires { row.help; }) object.set("help", text(row.help));
  if constexpr (requires { row.formula; }) object.set("formula", text(row.formula));
  if constexpr (requires { row.parameters; }) object.set("parameters", to_js(row.parameters));
  return object;
}

val catalogue() {
  val data = val::array();
  for (const auto& row : datasets()) data.call<void>("push", described(row));
  val inits = val::array();
  for (const auto& row : initializers()) {
    val object = described(row);
    object.set("madeFor", text(row.made_for).call<val>("split", std::string(", ")));
    object.set("needsData", row.needs_data);
    inits.call<void>("push", object);
  }
  val functions = val::array();
  for (const auto& row : activations()) {
    val object = described(row);
    object.set("gain", row.gain);
    object.set("gainNote", text(row.gain_note));
    functions.call<void>("push", object);
  }
  val methods = val::array();
  for (const auto& row : optimizers()) methods.call<void>("push", described(row));
  val object = val::object();
  object.set("datasets", data);
  object.set("initializers", inits);
  object.set("activations", functions);
  object.set("optimizers", methods);
  object.set("outputs", val::array(std::vector<std::string>{"sigmoid", "tanh"}));
  object.set("precisions", val::array(std::vector<std::string>{"float64", "float32"}));
  return object;
}

// --- Experiments ----------------------------------------------------------------------------------------------------

val history_to_js(std::span<const Metrics> history) {
  val list = val::array();
  for (const Metrics& metrics : history) list.call<void>("push", metrics);
  return list;
}

val result_to_js(const Result& result) {
  val object = val::object();
  object.set("spec", to_js(result.spec));
  object.set("history", history_to_js(result.history));
  object.set("final", result.final);
  object.set("parameters", to_js(result.parameters));
  return object;
}

val complete_spec(const val& spec) {
  return guarded([&] { return to_js(complete(read_spec(spec))); });
}

/// The data of a spec (or of {dataset}).
val dataset(const val& spec) {
  return guarded([&] {
    const Spec whole = complete(read_spec(spec));
    val object = val::object();
    const bool own = whole.dataset.name == "points";
    const Dataset drawn = own ? Dataset{whole.train_points, whole.test_points} : make_dataset(whole.dataset);
    object.set("train", to_js(drawn.train));
    object.set("test", to_js(drawn.test));
    return object;
  });
}

val run_all_specs(const val& specs) {
  return guarded([&] {
    check_list(specs, "specs", "experiments");
    std::vector<Spec> all;
    const auto n = specs["length"].as<unsigned>();
    for (unsigned i = 0; i < n; ++i) all.push_back(read_spec(specs[i]));
    val list = val::array();
    for (const Result& result : run_all(all)) list.call<void>("push", result_to_js(result));
    return list;
  });
}

int read_fan(const val& value, const std::string& path) {
  const int fan = read_integer(value, path);
  if (fan < 1) throw SpecError(ErrorKind::range, "out-of-range", path, std::to_string(fan), "at least 1");
  return fan;
}

val weight_standard_deviation(const val& init, const val& fan_in, const val& fan_out) {
  return guarded([&] {
    const Choice choice = read_init(init, "init").all;
    const InitializerInfo& row = find_initializer(choice.name);
    const int in = read_fan(fan_in, "fanIn");
    const int out = read_fan(fan_out, "fanOut");
    if (row.needs_data) return val(std::numeric_limits<double>::quiet_NaN());
    return val(row.standard_deviation(complete_parameters(choice.parameters, row.parameters, "init"), in, out));
  });
}

// --- A session ------------------------------------------------------------------------------------------------------

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
  object.set("dead", val::array(layer.dead));
  object.set("saturated", layer.saturated);
  object.set("distinct", layer.distinct);
  object.set("group", val::array(layer.group));
  object.set("largestCosine", layer.largest_cosine);
  object.set("rank", layer.rank);
  object.set("singularValues", val::array(layer.singular_values));
  return object;
}

Grid read_grid(const val& value) {
  check_object(value, "grid");
  const auto bound = [&](const char* axis, int i) {
    const std::string name = std::string("grid.") + axis;
    const std::vector<double> range = read_numbers(value[axis], name);
    if (range.size() != 2)
      throw SpecError(ErrorKind::range, "out-of-range", name, std::to_string(range.size()) + " numbers", "[min, max]");
    return range[static_cast<std::size_t>(i)];
  };
  return {bound("x1", 0),
          bound("x1", 1),
          bound("x2", 0),
          bound("x2", 1),
          read_integer(value["columns"], "grid.columns"),
          read_integer(value["rows"], "grid.rows")};
}

/// Copied out of a buffer that is reused from one call to the next.
val session_predict(const Session& session, const val& value, bool centred) {
  return guarded([&] {
    static std::vector<float> buffer;
    const Grid grid = read_grid(value);
    const double size = static_cast<double>(grid.columns) * grid.rows;
    buffer.resize(size > 0 && size <= 4096.0 * 4096.0 ? static_cast<std::size_t>(size) : 0);
    session.predict(grid, buffer, centred);
    return val(emscripten::typed_memory_view(buffer.size(), buffer.data())).call<val>("slice");
  });
}

val create_session(const val& spec) {
  return guarded([&] { return val(std::make_shared<Session>(read_spec(spec))); });
}

int session_iteration(const Session& session) { return session.iteration(); }

val session_spec(const Session& session) {
  return guarded([&] { return to_js(session.spec()); });
}

val network_to_js(const Network& network) {
  val layers = val::array();
  for (const Layer& layer : network.layers) {
    val row = val::object();
    row.set("in", layer.in);
    row.set("out", layer.out);
    row.set("activation", text(info(layer.activation).name));
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
  return guarded([&] { return history_to_js(session.history()); });
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
      for (std::size_t at = 0; at < units.size(); at += size)
        layer.call<void>("push", val(emscripten::typed_memory_view(size, units.data() + at)).call<val>("slice"));
      layers.call<void>("push", layer);
    }
    return layers;
  });
}

val session_predict_points(const Session& session, const val& points) {
  return guarded([&] { return to_js(session.predict(read_unlabelled(points, "points"))); });
}

val session_diagnostics(const Session& session, bool with_singular_values) {
  return guarded([&] {
    val layers = val::array();
    for (const LayerDiagnostics& layer : session.diagnostics(with_singular_values).layers)
      layers.call<void>("push", to_js(layer));
    val object = val::object();
    object.set("layers", layers);
    return object;
  });
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
      throw SpecError(ErrorKind::type, "wrong-type", "snapshot", show(bytes), "a Uint8Array");
    session.restore(emscripten::convertJSArrayToNumberVector<std::uint8_t>(bytes));
    return val::undefined();
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

// --- Theory ---------------------------------------------------------------------------------------------------------

double read_between(const val& value, const std::string& path, double low, double high) {
  const double number = read_number(value, path);
  if (!(number >= low && number <= high))
    throw SpecError(ErrorKind::range, "out-of-range", path, show_number(number),
                    "a number from " + show_number(low) + " to " + show_number(high));
  return number;
}

double read_variance(const val& value, const std::string& path) { return read_between(value, path, 0, 1e12); }

theory::MeanField read_field(const val& value) {
  check_object(value, "field");
  return {find_activation(read_string(value["activation"], "field.activation"), "field.activation").id,
          read_variance(value["weightVariance"], "field.weightVariance"),
          read_variance(value["biasVariance"], "field.biasVariance")};
}

val mean_field(const val& value) {
  return guarded([&] {
    const theory::MeanField field = read_field(value);
    const double q = theory::fixed_variance(field);
    const double chi1 = theory::chi(field, q);
    val object = val::object();
    object.set("fixedVariance", q);
    object.set("chi1", chi1);
    object.set("depthScale", theory::depth_scale(chi1));
    return object;
  });
}

val next_variance(const val& field, const val& q) {
  return guarded([&] { return val(theory::next_variance(read_field(field), read_variance(q, "q"))); });
}

val next_correlation(const val& field, const val& q, const val& correlation) {
  return guarded([&] {
    return val(theory::next_correlation(read_field(field), read_variance(q, "q"),
                                        read_between(correlation, "correlation", -1, 1)));
  });
}

val edge_of_chaos(const val& activation, const val& bias_variance) {
  return guarded([&] {
    const auto point = theory::edge_of_chaos(find_activation(read_string(activation, "activation"), "activation").id,
                                             read_variance(bias_variance, "biasVariance"));
    val object = val::object();
    object.set("weightVariance", point.weight_variance);
    object.set("biasVariance", point.bias_variance);
    object.set("q", point.q);
    return object;
  });
}

/// What the papers say of a shape: fluctuation of lengths, sum of 1 / width, bound on being born dead.
val shape_theory(const val& hidden_widths) {
  return guarded([&] {
    const std::vector<int> widths = read_integers(hidden_widths, "layers");
    for (std::size_t l = 0; l < widths.size(); ++l)
      if (widths[l] < 1)
        throw SpecError(ErrorKind::range, "out-of-range", "layers[" + std::to_string(l) + "]",
                        std::to_string(widths[l]), "at least 1");
    val object = val::object();
    object.set("lengthFluctuation", theory::length_fluctuation(widths));
    object.set("widthSum", theory::width_sum(widths));
    object.set("bornDeadBound", theory::born_dead_bound(widths));
    return object;
  });
}

val variance_factors(const val& standard_deviation, const val& fan_in, const val& fan_out, const val& slope) {
  return guarded([&] {
    const auto factors = theory::variance_factors(read_between(standard_deviation, "standardDeviation", 0, 1e6),
                                                  read_fan(fan_in, "fanIn"), read_fan(fan_out, "fanOut"),
                                                  read_between(slope, "slope", 0, 1));
    val object = val::object();
    object.set("forward", factors.forward);
    object.set("backward", factors.backward);
    object.set("rectified", factors.rectified);
    return object;
  });
}

double heap_in_use() { return static_cast<double>(mallinfo().uordblks); }

}  // namespace

EMSCRIPTEN_BINDINGS(init_lab) {
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
      .function("snapshot", &session_snapshot)
      .function("restore", &session_restore);

  emscripten::function("catalogue", &catalogue);
  emscripten::function("complete", &complete_spec);
  emscripten::function("dataset", &dataset);
  emscripten::function("createSession", &create_session);
  emscripten::function("runAll", &run_all_specs);
  emscripten::function("weightStandardDeviation", &weight_standard_deviation);
  emscripten::function("meanField", &mean_field);
  emscripten::function("nextVariance", &next_variance);
  emscripten::function("nextCorrelation", &next_correlation);
  emscripten::function("edgeOfChaos", &edge_of_chaos);
  emscripten::function("shapeTheory", &shape_theory);
  emscripten::function("varianceFactors", &variance_factors);
  emscripten::function("heapInUse", &heap_in_use);
}

}  // namespace init_lab::bindings
