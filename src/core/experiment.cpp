#include "core/experiment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "core/cost.hpp"
#include "core/error.hpp"

namespace init_lab {

namespace {

constexpr int kWidest = 4096;
constexpr int kMostIterations = 100'000'000;
constexpr int kMostGridSide = 4096;
constexpr std::uint64_t kMostParameters = 20'000'000;

[[noreturn]] void out_of_range(const std::string& field, const std::string& value, const std::string& expected) {
  throw SpecError(ErrorKind::range, "out-of-range", field, value, expected);
}

void check_between(const std::string& field, double value, double low, double high) {
  if (!(value >= low && value <= high))
    out_of_range(field, show_number(value), "a whole number from " + show_number(low) + " to " + show_number(high));
}

void check_points(const Points& points, const std::string& field) {
  const auto m = points.y.size();
  if (points.features < 1) out_of_range(field + ".features", std::to_string(points.features), "at least 1");
  if (points.x.size() > kMostPointValues)
    out_of_range(field + ".x", std::to_string(points.x.size()) + " values",
                 "at most " + std::to_string(kMostPointValues));
  // 64 bits: with the 32 of WebAssembly's size_t the product could wrap round to the size.
  const auto values = static_cast<std::uint64_t>(m) * static_cast<std::uint64_t>(points.features);
  if (points.x.size() != values)
    out_of_range(field + ".x", std::to_string(points.x.size()) + " values",
                 std::to_string(m) + " labels times " + std::to_string(points.features) +
                     " features = " + std::to_string(values));
  for (std::size_t i = 0; i < points.x.size(); ++i)
    if (!std::isfinite(points.x[i]))
      out_of_range(field + ".x[" + std::to_string(i) + "]", show_number(points.x[i]), "a finite number");
  for (std::size_t i = 0; i < m; ++i)
    if (points.y[i] != 0 && points.y[i] != 1)
      out_of_range(field + ".y[" + std::to_string(i) + "]", show_number(points.y[i]), "0 or 1");
}

void complete_dataset(Spec& spec) {
  if (spec.dataset.name != "points") {
    const DatasetInfo& row = find_dataset(spec.dataset.name);
    spec.dataset.parameters = complete_parameters(spec.dataset.parameters, row.parameters, "dataset");
    spec.train_points = {};
    spec.test_points = {};
    return;
  }
  complete_parameters(spec.dataset.parameters, {}, "dataset");
  if (spec.train_points.size() == 0) out_of_range("dataset.train.y", "empty", "at least one example");
  check_points(spec.train_points, "dataset.train");
  if (spec.test_points.size() == 0 && spec.test_points.x.empty()) {
    spec.test_points = {spec.train_points.features, {}, {}};
    return;
  }
  if (spec.test_points.features != spec.train_points.features)
    out_of_range("dataset.test.features", std::to_string(spec.test_points.features),
                 std::to_string(spec.train_points.features) + ", as in dataset.train");
  check_points(spec.test_points, "dataset.test");
}

void complete_layers(Spec& spec) {
  if (spec.layers.size() > kMostLayers)
    out_of_range("layers", std::to_string(spec.layers.size()) + " hidden layers",
                 "at most " + std::to_string(kMostLayers));
  for (std::size_t l = 0; l < spec.layers.size(); ++l)
    check_between("layers[" + std::to_string(l) + "]", spec.layers[l], 1, kWidest);
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
    throw SpecError(ErrorKind::range, "unknown-name", field, '"' + value + '"',
                    std::string("one of ") + names[0] + ", " + names[1]);
}

Output output_of(const Spec& spec) { return spec.output == "tanh" ? Output::tanh : Output::sigmoid; }

int inputs_of(const Spec& spec) { return spec.dataset.name == "points" ? spec.train_points.features : 2; }

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

Network network_of(const Spec& spec) {
  std::vector<Activation> activations;
  for (const auto& name : spec.activations) activations.push_back(find_activation(name, "activations").id);
  return make_network(inputs_of(spec), spec.layers, activations, output_of(spec));
}

std::shared_ptr<const Dataset> dataset_of(const Spec& spec) {
  if (spec.dataset.name == "points")
    return std::make_shared<const Dataset>(Dataset{spec.train_points, spec.test_points});
  return std::make_shared<const Dataset>(make_dataset(spec.dataset));
}

/// The training part of a data set, kept alive by the whole.
std::shared_ptr<const Points> train_part(const std::shared_ptr<const Dataset>& dataset) {
  return {dataset, &dataset->train};
}

double accuracy(Output output, std::span<const double> a, const Points& points) {
  if (points.size() == 0) return std::numeric_limits<double>::quiet_NaN();
  int right = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (is_class_one(output, a[i]) == (points.y[i] == 1)) ++right;
  return static_cast<double>(right) / points.size();
}

void check_grid(const Grid& grid) {
  check_between("grid.columns", grid.columns, 1, kMostGridSide);
  check_between("grid.rows", grid.rows, 1, kMostGridSide);
  for (const auto& [name, value] : {std::pair{"grid.x1[0]", grid.x1_min},
                                    {"grid.x1[1]", grid.x1_max},
                                    {"grid.x2[0]", grid.x2_min},
                                    {"grid.x2[1]", grid.x2_max}})
    if (!std::isfinite(value)) out_of_range(name, show_number(value), "a finite number");
}

/// Where the middles of a row's cells lie on the second feature's axis.
double height_of(const Grid& grid, int row) {
  return grid.x2_max - (row + 0.5) / grid.rows * (grid.x2_max - grid.x2_min);
}

/// The middles of the cells of the first rows of a grid; features after the first two are 0.
Points points_of(const Grid& grid, int features, int rows) {
  const auto cells = static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(rows);
  Points points{features, std::vector<double>(cells * static_cast<std::size_t>(features)), std::vector<double>(cells)};
  auto x = points.x.begin();
  for (int c = 0; c < grid.columns; ++c) *x++ = grid.x1_min + (c + 0.5) / grid.columns * (grid.x1_max - grid.x1_min);
  for (int r = 1; r < rows; ++r) x = std::copy_n(points.x.begin(), grid.columns, x);
  if (features > 1)
    for (int r = 0; r < rows; ++r) x = std::fill_n(x, grid.columns, height_of(grid, r));
  return points;
}

/// P(y = 1) that an output stands for.
double probability(Output output, double a) { return output == Output::tanh ? (a + 1) / 2 : a; }

}  // namespace

Spec complete(const Spec& given) {
  Spec spec = given;
  complete_dataset(spec);
  complete_layers(spec);
  check_name("output", spec.output, {"sigmoid", "tanh"});
  complete_init(spec);
  spec.optimizer.parameters =
      complete_parameters(spec.optimizer.parameters, find_optimizer(spec.optimizer.name).parameters, "optimizer");
  check_between("iterations", spec.iterations, 0, kMostIterations);
  check_between("record", spec.record, 1, kMostIterations);
  check_name("precision", spec.precision, {"float64", "float32"});
  check_parameters(spec);
  return spec;
}

Session::Session(const Spec& spec) : Session(complete(spec), nullptr) {}

Session::Session(Spec complete_spec, std::shared_ptr<const Dataset> dataset)
    : spec_(std::move(complete_spec)),
      dataset_(dataset ? std::move(dataset) : dataset_of(spec_)),
      trainer_(network_of(spec_), train_part(dataset_), Optimizer(spec_.optimizer),
               initialize(network_of(spec_), spec_.init, dataset_->train),
               spec_.precision == "float32" ? Precision::float32 : Precision::float64) {
  record();
}

void Session::record() { history_.push_back(metrics()); }

int Session::step(int n) {
  check_between("n", n, 0, kMostIterations);
  const int last = n > kMostIterations - iteration() ? kMostIterations : iteration() + n;
  while (iteration() < last) {
    const int next_record = (iteration() / spec_.record + 1) * spec_.record;
    trainer_.step(std::min(next_record, last) - iteration());
    if (iteration() == next_record) record();
  }
  return iteration();
}

Metrics Session::metrics() const {
  const std::vector<double> train = trainer_.outputs();
  std::vector<double> test(static_cast<std::size_t>(dataset_->test.size()));
  trainer_.predict(dataset_->test, test);
  const Output output = network().output;
  return {static_cast<double>(iteration()), trainer_.cost(train), accuracy(output, train, dataset_->train),
          accuracy(output, test, dataset_->test)};
}

void Session::set_parameters(std::span<const double> values) {
  if (values.size() != network().parameters)
    out_of_range("parameters", std::to_string(values.size()) + " numbers", std::to_string(network().parameters));
  trainer_.set_parameters(values);
}

void Session::predict(const Grid& grid, std::span<float> out, bool centred) const {
  check_grid(grid);
  const double middle = centred ? 0.5 : 0;
  // Row by row: the packed examples of one row stay in the cache.
  Points row = points_of(grid, network().inputs(), 1);
  std::vector<double> values(static_cast<std::size_t>(grid.columns));
  for (int r = 0; r < grid.rows; ++r) {
    if (row.features > 1) std::fill_n(row.x.begin() + grid.columns, grid.columns, height_of(grid, r));
    trainer_.predict(row, values);
    std::transform(values.begin(), values.end(), out.begin() + static_cast<std::ptrdiff_t>(r) * grid.columns,
                   [&](double a) { return static_cast<float>(probability(network().output, a) - middle); });
  }
}

std::vector<std::vector<float>> Session::predict_units(const Grid& grid, int most) const {
  check_grid(grid);
  check_between("most", most, 1, kWidest);
  return trainer_.hidden_activations(points_of(grid, network().inputs(), grid.rows), most);
}

std::vector<double> Session::predict(const Points& points) const {
  if (points.features != network().inputs())
    out_of_range("points.features", std::to_string(points.features), std::to_string(network().inputs()));
  check_points(points, "points");
  std::vector<double> values(static_cast<std::size_t>(points.size()));
  trainer_.predict(points, values);
  for (double& a : values) a = probability(network().output, a);
  return values;
}

Diagnostics Session::diagnostics(bool with_singular_values) const {
  constexpr int kBins = 40;
  return diagnose(network(), parameters(), dataset_->train, trainer_.learning_rate(), kBins, with_singular_values);
}

std::vector<std::uint8_t> Session::snapshot() const { return trainer_.snapshot(); }

void Session::restore(std::span<const std::uint8_t> bytes) {
  trainer_.restore(bytes);
  std::erase_if(history_, [&](const Metrics& m) { return m.iteration > iteration(); });
}

namespace {

Result finish(Session session) {
  session.step(session.spec().iterations);
  return {
      session.spec(), {session.history().begin(), session.history().end()}, session.metrics(), session.parameters()};
}

}  // namespace

Result run(const Spec& spec) { return finish(Session(spec)); }

std::vector<Result> run_all(std::span<const Spec> specs) {
  std::vector<Spec> all;
  for (const Spec& spec : specs) all.push_back(complete(spec));
  std::vector<Result> results;
  std::shared_ptr<const Dataset> dataset;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool same = i > 0 && all[i].dataset == all[i - 1].dataset && all[i].dataset.name != "points";
    if (!same) dataset = dataset_of(all[i]);
    results.push_back(finish(Session(all[i], dataset)));
  }
  return results;
}

}  // namespace init_lab
