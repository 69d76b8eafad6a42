// Runs experiments and draws their data.
#include <emscripten/bind.h>
#include <emscripten/val.h>
#include <malloc.h>

#include <span>
#include <vector>

#include "guarded.hpp"
#include "init_lab/data/input_scale.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/experiment/experiment.hpp"
#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"
#include "spec_values.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

val result_to_js(const Result& result) {
  val object = val::object();
  object.set("spec", to_js(result.spec));
  object.set("history", to_js(std::span<const Metrics>(result.history)));
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
    const Dataset drawn = dataset_of(whole);
    object.set("train", to_js(drawn.train));
    object.set("test", to_js(drawn.test));
    const InputScale scale = measure_input_scale(drawn.train);
    val input_scale = val::object();
    input_scale.set("rootMeanSquare", scale.root_mean_square);
    input_scale.set("farFromOne", scale.far_from_one);
    object.set("inputScale", input_scale);
    return object;
  });
}

val run_all_specs(const val& specs) {
  return guarded([&] {
    check_list(specs, "specs");
    std::vector<Spec> all;
    const auto n = specs["length"].as<unsigned>();
    for (unsigned i = 0; i < n; ++i) all.push_back(read_spec(specs[i]));
    val list = val::array();
    for (const Result& result : run_all(all)) list.call<void>("push", result_to_js(result));
    return list;
  });
}

double heap_in_use() { return static_cast<double>(mallinfo().uordblks); }

}  // namespace

EMSCRIPTEN_BINDINGS(experiments) {
  emscripten::function("complete", &complete_spec);
  emscripten::function("dataset", &dataset);
  emscripten::function("runAll", &run_all_specs);
  emscripten::function("heapInUse", &heap_in_use);
}

}  // namespace init_lab::bindings
