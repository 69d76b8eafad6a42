#include "init_lab/experiment/session.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "init_lab/base/check.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/optimizers.hpp"

namespace init_lab {

namespace {

/// Largest number of values for the points of a grid: the number of their bytes fits into
/// WebAssembly's 32 bits.
constexpr std::size_t kMostGridValues = (1U << 29U) - 1;

/// Returns the training part of a data set; the pointer keeps the whole data set alive.
std::shared_ptr<const Points> train_part(const std::shared_ptr<const Dataset>& dataset) {
  return {dataset, &dataset->train};
}

void check_grid(const Grid& grid) {
  check_between("grid.columns", grid.columns, 1, kMostGridSide);
  check_between("grid.rows", grid.rows, 1, kMostGridSide);
  for (const auto& [name, value] : {std::pair{"grid.x1[0]", grid.x1_min},
                                    {"grid.x1[1]", grid.x1_max},
                                    {"grid.x2[0]", grid.x2_min},
                                    {"grid.x2[1]", grid.x2_max}})
    if (!std::isfinite(value)) throw SpecError(ErrorCode::not_finite, name, value, expected::finite_number());
}

/// Throws SpecError if a grid has too many points to hold `values` numbers for each of them.
void check_points_fit(const std::string& field, std::size_t points, std::size_t values) {
  const std::size_t most = kMostGridValues / values;
  if (points > most)
    wrong_count(field, static_cast<double>(points), expected::at_most(static_cast<double>(most), "points"));
}

/// The second feature at the middle of a row's cells.
double height_of(const Grid& grid, int row) {
  return grid.x2_max - (row + 0.5) / grid.rows * (grid.x2_max - grid.x2_min);
}

/// The middles of the cells of the first `rows` rows of a grid; features after the first two are 0.
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

/// Maps the activation of an output unit to P(y = 1); a linear unit's value stays.
double probability(Output output, double a) { return output == Output::tanh ? (a + 1) / 2 : a; }

/// The data set as the network sees it; sets `scales` where it standardizes.
std::shared_ptr<const Dataset> prepare(std::shared_ptr<const Dataset> dataset, bool standardized,
                                       std::optional<FeatureScales>& scales) {
  if (!standardized) return dataset;
  scales = measure_scales(dataset->train);
  Dataset copy = *dataset;
  standardize(copy.train, *scales);
  standardize(copy.test, *scales);
  return std::make_shared<const Dataset>(std::move(copy));
}

}  // namespace

Session::Session(const Spec& spec) : Session(complete(spec), nullptr) {}

Session::Session(Spec complete_spec, std::shared_ptr<const Dataset> dataset)
    : spec_(std::move(complete_spec)),
      scales_(),
      dataset_(prepare(dataset ? std::move(dataset) : std::make_shared<const Dataset>(dataset_of(spec_)),
                       spec_.standardize, scales_)),
      trainer_(network_of(spec_), train_part(dataset_), Optimizer(spec_.optimizer),
               initial_parameters(spec_, network_of(spec_), dataset_->train), spec_.precision),
      start_(trainer_.parameters()) {
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
  const Evaluation train = trainer_.evaluate();
  return {static_cast<double>(iteration()), train.cost, train.accuracy, trainer_.accuracy(dataset_->test)};
}

void Session::set_parameters(std::span<const double> values) {
  if (values.size() != network().parameters)
    wrong_count("parameters", static_cast<double>(values.size()),
                expected::exactly(static_cast<double>(network().parameters), "numbers"));
  trainer_.set_parameters(values);
  if (iteration() == 0) start_ = trainer_.parameters();
}

void Session::predict_scaled(const Points& points, std::span<double> target) const {
  if (!scales_) return trainer_.predict(points, target);
  Points scaled = points;
  standardize(scaled, *scales_);
  trainer_.predict(scaled, target);
}

void Session::predict(const Grid& grid, std::vector<float>& out, bool centred) const {
  check_grid(grid);
  check_points_fit("grid.columns", static_cast<std::size_t>(grid.columns),
                   static_cast<std::size_t>(network().inputs()));
  const Output output = network().output;
  const auto units = static_cast<std::size_t>(network().outputs());
  const auto columns = static_cast<std::size_t>(grid.columns);
  const std::size_t cells = columns * static_cast<std::size_t>(grid.rows);
  check_points_fit("grid", cells, units);
  out.resize(cells * units);
  const double middle = centred && units == 1 && output != Output::linear ? 0.5 : 0;
  // Row by row, so that the packed examples of one row stay in the cache.
  std::vector<double> values(columns * units);
  Points row = points_of(grid, network().inputs(), 1);
  for (int r = 0; r < grid.rows; ++r) {
    if (row.features > 1) std::fill_n(row.x.begin() + grid.columns, grid.columns, height_of(grid, r));
    predict_scaled(row, values);
    for (std::size_t unit = 0; unit < units; ++unit)
      std::transform(values.begin() + static_cast<std::ptrdiff_t>(unit * columns),
                     values.begin() + static_cast<std::ptrdiff_t>((unit + 1) * columns),
                     out.begin() + static_cast<std::ptrdiff_t>(unit * cells + static_cast<std::size_t>(r) * columns),
                     [&](double a) { return static_cast<float>(probability(output, a) - middle); });
  }
}

std::vector<std::vector<float>> Session::predict_units(const Grid& grid, int most) const {
  check_grid(grid);
  check_between("most", most, 1, kMostUnits);
  auto values = static_cast<std::size_t>(network().inputs());
  for (const Layer& layer : network().layers) values += static_cast<std::size_t>(std::min(layer.out, most));
  check_points_fit("grid", static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows), values);
  Points points = points_of(grid, network().inputs(), grid.rows);
  if (scales_) standardize(points, *scales_);
  return trainer_.hidden_activations(points, most);
}

std::vector<double> Session::predict(const Points& points) const {
  if (points.x.empty()) return {};
  if (points.features != network().inputs())
    out_of_range("points.features", static_cast<double>(points.features),
                 expected::equal(network().inputs(), "dataset.train.features"));
  check_points(points, LabelKind::targets, "points");
  std::vector<double> values(static_cast<std::size_t>(points.size()) * static_cast<std::size_t>(network().outputs()));
  predict_scaled(points, values);
  for (double& a : values) a = probability(network().output, a);
  return values;
}

Diagnostics Session::diagnostics(DiagnosticsOptions options) const {
  options.start = start_;
  return diagnose(network(), parameters(), dataset_->train, trainer_.learning_rate(), options);
}

Spectrum Session::curvature(int most_iterations) const {
  check_between("iterations", most_iterations, 1, kMostCurvatureIterations);
  // The factor of the L2 term in Trainer::evaluate().
  const Optimizer optimizer(spec_.optimizer);
  const int examples = dataset_->train.size();
  const int batch = optimizer.batch_size == 0 ? examples : std::min(optimizer.batch_size, examples);
  const int batches = (examples + batch - 1) / batch;
  const double l2 = optimizer.l2 * batches / examples;
  return init_lab::curvature(network(), parameters(), dataset_->train, l2, most_iterations);
}

std::vector<double> Session::landscape(const PlaneGrid& grid) const {
  check_between("landscape.columns", grid.columns, 1, kMostLandscapeSide);
  check_between("landscape.rows", grid.rows, 1, kMostLandscapeSide);
  for (const auto& [name, value] : {std::pair{"landscape.x[0]", grid.x_min},
                                    {"landscape.x[1]", grid.x_max},
                                    {"landscape.y[0]", grid.y_min},
                                    {"landscape.y[1]", grid.y_max}})
    if (!std::isfinite(value)) throw SpecError(ErrorCode::not_finite, name, value, expected::finite_number());
  for (const auto& [name, vector] : {std::pair{"landscape.origin", grid.origin},
                                     {"landscape.directions[0]", grid.direction_x},
                                     {"landscape.directions[1]", grid.direction_y}})
    if (vector.size() != network().parameters)
      wrong_count(name, static_cast<double>(vector.size()),
                  expected::exactly(static_cast<double>(network().parameters), "numbers"));
  Trainer probe(network(), train_part(dataset_), Optimizer(spec_.optimizer), grid.origin, spec_.precision);
  return init_lab::landscape(probe, grid);
}

std::vector<std::uint8_t> Session::snapshot() const { return trainer_.snapshot(); }

void Session::restore(std::span<const std::uint8_t> bytes) {
  trainer_.restore(bytes);
  if (iteration() == 0) start_ = trainer_.parameters();
  std::erase_if(history_, [&](const Metrics& m) { return m.iteration > iteration(); });
}

}  // namespace init_lab
