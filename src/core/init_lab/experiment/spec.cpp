#include "init_lab/experiment/spec.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "init_lab/base/check.hpp"
#include "init_lab/training/optimizers.hpp"

namespace init_lab {

namespace {

LabelKind label_kind_of(const Spec& spec) {
  if (spec.output == "softmax") return LabelKind::classes;
  return spec.output == "linear" ? LabelKind::targets : LabelKind::two_classes;
}

void complete_dataset(Spec& spec) {
  if (spec.dataset.name != "points") {
    spec.dataset.parameters = init_lab::complete_dataset(spec.dataset);
    check_label_kind(find_dataset(spec.dataset.name), label_kind_of(spec));
    spec.train_points = {};
    spec.test_points = {};
    return;
  }
  complete_parameters(spec.dataset.parameters, {}, "dataset");
  if (spec.train_points.size() == 0) out_of_range("dataset.train.y", "empty", "at least one example");
  check_points(spec.train_points, label_kind_of(spec), "dataset.train");
  // No rows have no number of features.
  if (spec.test_points.x.empty()) spec.test_points.features = spec.train_points.features;
  if (spec.test_points.x.empty() && spec.test_points.size() == 0) return;
  if (spec.test_points.features != spec.train_points.features)
    out_of_range("dataset.test.features", std::to_string(spec.test_points.features),
                 std::to_string(spec.train_points.features) + ", as in dataset.train");
  check_points(spec.test_points, label_kind_of(spec), "dataset.test");
}

void complete_layers(Spec& spec) {
  if (spec.layers.size() > kMostLayers)
    out_of_range("layers", std::to_string(spec.layers.size()) + " hidden layers",
                 "at most " + std::to_string(kMostLayers));
  for (std::size_t l = 0; l < spec.layers.size(); ++l)
    check_between("layers[" + std::to_string(l) + "]", spec.layers[l], 1, kMostUnits);
  for (std::size_t l = 0; l < spec.activations.size(); ++l)
    find_activation(spec.activations[l], "activations[" + std::to_string(l) + "]");
  if (spec.activations.size() == 1 || spec.layers.empty()) {
    spec.activations.resize(std::min<std::size_t>(spec.activations.size(), spec.layers.size()));
    if (!spec.activations.empty()) spec.activations.resize(spec.layers.size(), spec.activations.front());
  }
  if (spec.activations.size() != spec.layers.size())
    out_of_range("activations", std::to_string(spec.activations.size()) + " names",
                 "one for all hidden layers, or one for each of the " + std::to_string(spec.layers.size()));
}

void complete_init(Spec& spec) {
  const auto complete_choice = [](Choice& choice, const std::string& field) {
    choice.parameters = complete_parameters(choice.parameters, find_initializer(choice.name, field).parameters, field);
  };
  complete_choice(spec.init.all, "init");
  if (spec.init.layers.size() > spec.layers.size() + 1)
    out_of_range(
        "init.layers", std::to_string(spec.init.layers.size()) + " entries",
        "at most one for each of the " + std::to_string(spec.layers.size() + 1) + " layers, the output included");
  for (std::size_t l = 0; l < spec.init.layers.size(); ++l) {
    if (!spec.init.layers[l]) continue;
    Choice& choice = *spec.init.layers[l];
    const std::string field = "init.layers[" + std::to_string(l) + "]";
    if (const auto seed = choice.parameters.find("seed"); seed != choice.parameters.end())
      throw SpecError(ErrorKind::range, "unknown-parameter", field + ".seed", show_number(seed->second),
                      "none: init.seed names the draw of all layers");
    complete_choice(choice, field);
    choice.parameters.erase("seed");
  }
}

void check_name(const std::string& field, const std::string& value, const std::array<const char*, 2>& names) {
  if (value != names[0] && value != names[1])
    throw SpecError(ErrorKind::range, "unknown-name", field, show_text(value),
                    std::string("one of ") + names[0] + ", " + names[1]);
}

int inputs_of(const Spec& spec) {
  return spec.dataset.name == "points" ? spec.train_points.features : find_dataset(spec.dataset.name).features;
}

void check_parameters(const Spec& spec) {
  // 64 bits: with the 32 of WebAssembly's size_t the number could wrap round.
  std::uint64_t parameters = 0;
  auto fan_in = static_cast<std::uint64_t>(inputs_of(spec));
  const auto count = [&](int width) {
    const auto units = static_cast<std::uint64_t>(width);
    parameters += units * (fan_in + 1);
    fan_in = units;
  };
  for (const int width : spec.layers) count(width);
  count(1);
  if (parameters > kMostParameters)
    out_of_range("layers", std::to_string(parameters) + " parameters", "at most " + std::to_string(kMostParameters));
}

}  // namespace

Spec complete(const Spec& given) {
  Spec spec = given;
  check_name("output", spec.output, {"sigmoid", "tanh"});
  complete_dataset(spec);
  complete_layers(spec);
  complete_init(spec);
  spec.optimizer.parameters =
      complete_parameters(spec.optimizer.parameters, find_optimizer(spec.optimizer.name).parameters, "optimizer");
  check_between("iterations", spec.iterations, 0, kMostIterations);
  check_between("record", spec.record, 1, kMostIterations);
  check_name("precision", spec.precision, {"float64", "float32"});
  check_parameters(spec);
  return spec;
}

Network network_of(const Spec& spec) {
  std::vector<Activation> activations;
  for (const auto& name : spec.activations) activations.push_back(find_activation(name, "activations").id);
  return make_network(
      chain(inputs_of(spec), spec.layers, activations, spec.output == "tanh" ? Output::tanh : Output::sigmoid));
}

Dataset dataset_of(const Spec& spec) {
  if (spec.dataset.name == "points") return {spec.train_points, spec.test_points};
  const auto& file = spec.dataset_file;
  return make_dataset(spec.dataset, label_kind_of(spec), file ? std::span(*file) : std::span<const std::uint8_t>());
}

}  // namespace init_lab
