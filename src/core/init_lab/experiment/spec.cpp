#include "init_lab/experiment/spec.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>

#include "init_lab/base/check.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/initializers/bias_starts.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/training/optimizers.hpp"

namespace init_lab {

namespace {

std::string entry(const std::string& field, std::size_t i) { return field + '[' + std::to_string(i) + ']'; }

/// Fills in the parameters of a choice from the row of its table.
template <class Row>
void complete_choice(Choice& choice, std::span<const Row> rows, const std::string& field) {
  choice.parameters =
      complete_parameters(choice.parameters, find_row(rows, choice.name, field + ".name").parameters, field);
}

void complete_dataset(Spec& spec) {
  if (spec.dataset.name != kOwnPoints) {
    spec.dataset.parameters = init_lab::complete_dataset(spec.dataset);
    check_label_kind(find_dataset(spec.dataset.name), label_kind_of(spec));
    spec.train_points = {};
    spec.test_points = {};
    return;
  }
  complete_parameters(spec.dataset.parameters, {}, "dataset");
  if (spec.train_points.size() == 0) wrong_count("dataset.train.y", 0, {ExpectedKind::count, 1, {}, {"examples"}});
  check_points(spec.train_points, label_kind_of(spec), "dataset.train");
  // An empty list of rows does not tell how many features a row has.
  if (spec.test_points.x.empty()) spec.test_points.features = spec.train_points.features;
  if (spec.test_points.x.empty() && spec.test_points.size() == 0) return;
  if (spec.test_points.features != spec.train_points.features)
    out_of_range("dataset.test.features", static_cast<double>(spec.test_points.features),
                 expected::equal(spec.train_points.features, "dataset.train.features"));
  check_points(spec.test_points, label_kind_of(spec), "dataset.test");
}

void complete_activations(Spec& spec) {
  for (std::size_t l = 0; l < spec.activations.size(); ++l) {
    const std::string field = entry("activations", l);
    const std::vector<ParameterInfo> known = activation_parameters(find_activation(spec.activations[l].name, field).id);
    spec.activations[l].parameters = complete_parameters(spec.activations[l].parameters, known, field);
  }
  if (spec.layers.empty())
    spec.activations.clear();
  else if (spec.activations.size() == 1)
    spec.activations.resize(spec.layers.size(), Choice(spec.activations.front()));
  if (spec.activations.size() != spec.layers.size())
    wrong_count("activations", static_cast<double>(spec.activations.size()),
                {ExpectedKind::per_layer, static_cast<double>(spec.layers.size())});
}

void complete_layers(Spec& spec) {
  if (spec.layers.size() > kMostLayers)
    wrong_count("layers", static_cast<double>(spec.layers.size()), expected::at_most(kMostLayers, "entries"));
  for (std::size_t l = 0; l < spec.layers.size(); ++l) check_between(entry("layers", l), spec.layers[l], 1, kMostUnits);
  complete_activations(spec);
  complete_choice(spec.normalization, normalizations(), "normalization");
  complete_choice(spec.parametrization, parametrizations(), "parametrization");
}

void complete_skip(Spec& spec) {
  if (!spec.skip) return;
  if (const std::string* name = spec.skip->scale.text()) {
    if (find_row(skip_scales(), *name, "skip.scale").id == SkipScale::one) spec.skip->scale = 1;
  } else if (const double scale = spec.skip->scale.number() ? *spec.skip->scale.number() : 0;
             !(std::fabs(scale) <= kLargestSkipScale)) {
    out_of_range("skip.scale", scale, expected::number(-kLargestSkipScale, kLargestSkipScale));
  }
  for (std::size_t l = 1; l < spec.layers.size(); ++l)
    if (spec.layers[l] != spec.layers[0])
      out_of_range(entry("layers", l), static_cast<double>(spec.layers[l]),
                   expected::rule("skip-equal-widths", {std::to_string(spec.layers[0])}));
}

void complete_frozen(Spec& spec) {
  for (std::size_t i = 0; i < spec.frozen.size(); ++i)
    check_between(entry("frozen", i), spec.frozen[i], 0, static_cast<double>(spec.layers.size()));
  std::sort(spec.frozen.begin(), spec.frozen.end());
  spec.frozen.erase(std::unique(spec.frozen.begin(), spec.frozen.end()), spec.frozen.end());
}

void complete_init(Spec& spec) {
  spec.init.all.parameters = complete_initializer(spec.init.all, "init");
  if (spec.init.layers.size() > spec.layers.size() + 1)
    wrong_count("init.layers", static_cast<double>(spec.init.layers.size()),
                expected::at_most(static_cast<double>(spec.layers.size() + 1), "layers"));
  for (std::size_t l = 0; l < spec.init.layers.size(); ++l) {
    if (!spec.init.layers[l]) continue;
    Choice& choice = *spec.init.layers[l];
    const std::string field = entry("init.layers", l);
    if (const auto seed = choice.parameters.find("seed"); seed != choice.parameters.end())
      throw SpecError(ErrorCode::unknown_parameter, field + ".seed",
                      seed->second.number() ? Found(*seed->second.number()) : Found(FoundType{"object"}),
                      expected::rule("one-seed", {"init.seed"}));
    choice.parameters = complete_initializer(choice, field);
    choice.parameters.erase("seed");
  }
  if (spec.init.bias) complete_choice(*spec.init.bias, bias_starts(), "init.bias");
  if (spec.init.output_bias) complete_choice(*spec.init.output_bias, bias_starts(), "init.outputBias");
}

/// Returns the number of parameters. Throws SpecError for too many.
double check_parameters(const Spec& spec) {
  // 64 bits: with the 32 of WebAssembly's size_t the number could wrap round.
  std::uint64_t parameters = 0;
  auto fan_in = static_cast<std::uint64_t>(inputs_of(spec));
  const auto count = [&](int width) {
    const auto units = static_cast<std::uint64_t>(width);
    parameters += units * (fan_in + 1);
    fan_in = units;
  };
  for (const int width : spec.layers) count(width);
  count(outputs_of(spec));
  if (parameters > kMostParameters)
    wrong_count("layers", static_cast<double>(parameters),
                expected::at_most(static_cast<double>(kMostParameters), "parameters"));
  return static_cast<double>(parameters);
}

int examples_of(const Spec& spec) {
  if (spec.dataset.name == kOwnPoints) return spec.train_points.size();
  return static_cast<int>(value_or(spec.dataset.parameters, "samples", 0));
}

/// Throws SpecError if one pass over the training part, or the start, would take too long.
void check_work(const Spec& spec, double parameters) {
  if (const int examples = examples_of(spec); parameters * examples > kMostWork)
    wrong_count("layers", parameters,
                expected::rule("too-much-work",
                               {std::to_string(examples), std::to_string(static_cast<std::int64_t>(kMostWork))}));
  int fan_in = inputs_of(spec);
  for (std::size_t l = 0; l < spec.layers.size(); ++l) {
    const double smaller = std::min(fan_in, spec.layers[l]);
    const double larger = std::max(fan_in, spec.layers[l]);
    const InitSpec::OfLayer of_layer = spec.init.of_layer(l);
    if (find_initializer(of_layer.choice.name).is_orthonormal && smaller * smaller * larger > kMostOrthogonalWork)
      out_of_range(entry("layers", l), static_cast<double>(spec.layers[l]),
                   expected::rule("orthogonal-too-large", {of_layer.choice.name, std::to_string(fan_in)}));
    fan_in = spec.layers[l];
  }
}

}  // namespace

LabelKind label_kind_of(const Spec& spec) {
  if (spec.output == Output::softmax) return LabelKind::classes;
  return spec.output == Output::linear ? LabelKind::targets : LabelKind::two_classes;
}

int inputs_of(const Spec& spec) {
  return spec.dataset.name == kOwnPoints ? spec.train_points.features : find_dataset(spec.dataset.name).features;
}

int outputs_of(const Spec& spec) {
  if (spec.output != Output::softmax) return 1;
  if (spec.dataset.name == kOwnPoints)
    return std::max(count_classes(spec.train_points), count_classes(spec.test_points));
  return find_dataset(spec.dataset.name).classes(spec.dataset.parameters);
}

Spec complete(const Spec& given) {
  Spec spec = given;
  complete_dataset(spec);
  complete_layers(spec);
  complete_skip(spec);
  complete_frozen(spec);
  complete_init(spec);
  complete_choice(spec.optimizer, optimizers(), "optimizer");
  check_between("iterations", spec.iterations, 0, kMostIterations);
  check_between("record", spec.record, 1, kMostIterations);
  check_work(spec, check_parameters(spec));
  return spec;
}

Dataset dataset_of(const Spec& spec) {
  if (spec.dataset.name == kOwnPoints) return {spec.train_points, spec.test_points};
  const auto& file = spec.dataset_file;
  return make_dataset(spec.dataset, label_kind_of(spec), file ? std::span(*file) : std::span<const std::uint8_t>());
}

}  // namespace init_lab
