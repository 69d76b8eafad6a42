// A training in progress, which a caller steps, measures and changes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/input_scale.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/diagnostics/curvature.hpp"
#include "init_lab/diagnostics/diagnostics.hpp"
#include "init_lab/diagnostics/landscape.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {

/// Cost and accuracies at one iteration. The cost may be infinite or NaN.
struct Metrics {
  double iteration = 0;
  double cost = 0;            ///< on the whole training part, with the L2 term if there is one
  double train_accuracy = 0;  ///< 0 … 1
  double test_accuracy = 0;   ///< 0 … 1; NaN when there is no test part
};

/// A grid over the first two features, for painting: value (r, c) lies at x1 = x1_min + (c + 0.5) /
/// columns * (x1_max - x1_min) and x2 = x2_max - (r + 0.5) / rows * (x2_max - x2_min), so that row
/// 0 is the top of a picture. Other features are 0.
struct Grid {
  double x1_min, x1_max, x2_min, x2_max;
  int columns, rows;
};

/// A training in progress.
class Session {
 public:
  explicit Session(const Spec& spec);  ///< throws SpecError

  [[nodiscard]] const Spec& spec() const noexcept { return spec_; }  ///< complete
  [[nodiscard]] const Dataset& dataset() const noexcept { return *dataset_; }
  [[nodiscard]] const Network& network() const noexcept { return trainer_.network(); }
  [[nodiscard]] int iteration() const noexcept { return trainer_.iteration(); }

  /// Trains n more iterations, up to kMostIterations in all (spec.iterations is no limit), and
  /// records metrics every spec.record iterations. Returns the iteration reached.
  int step(int n);
  /// Metrics of the current parameters.
  [[nodiscard]] Metrics metrics() const;
  /// Metrics recorded so far, in ascending order of iteration; restore() drops those after the
  /// snapshot.
  [[nodiscard]] std::span<const Metrics> history() const noexcept { return history_; }

  /// W1, b1, W2, b2, …, in float64 whatever the precision of the training.
  [[nodiscard]] std::vector<double> parameters() const { return trainer_.parameters(); }
  /// Replaces the parameters; optimizer state and iteration stay. Throws SpecError unless the
  /// length fits.
  void set_parameters(std::span<const double> values);

  /// Writes the output at every point of the grid to `out`, unit by unit, each row by row. A single
  /// sigmoid or tanh unit gives P(y = 1) (tanh: (a + 1) / 2), softmax the probabilities of the
  /// classes, linear the value. `centred` subtracts 1/2 from the probability of a single unit,
  /// because near the boundary a float close to 1/2 would lose digits. Throws SpecError for a bad
  /// grid and leaves `out` unchanged then.
  void predict(const Grid& grid, std::vector<float>& out, bool centred = false) const;
  /// Activations of the first `most` (1 … kMostUnits) units of each hidden layer at every point of
  /// the grid: unit by unit, each as predict() writes a field.
  [[nodiscard]] std::vector<std::vector<float>> predict_units(const Grid& grid, int most) const;
  /// The output for given examples, unit by unit, as predict() writes it for a grid; empty without
  /// examples.
  [[nodiscard]] std::vector<double> predict(const Points& points) const;

  /// Measures every layer on the training part. `options.start` is set by the session.
  [[nodiscard]] Diagnostics diagnostics(DiagnosticsOptions options = {}) const;
  /// The ends of the spectrum of the training cost's Hessian (with the L2 term) at the current
  /// parameters.
  [[nodiscard]] Spectrum curvature(int most_iterations = kDefaultCurvatureIterations) const;
  /// The training cost on a plane of parameter space, in the arithmetic of the training. The
  /// training itself does not change. Throws SpecError for a grid with more than kMostLandscapeSide
  /// columns or rows, for ranges that are not finite and for vectors of the wrong length.
  [[nodiscard]] std::vector<double> landscape(const PlaneGrid& grid) const;
  /// The learning rate of the next update, decayed.
  [[nodiscard]] double learning_rate() const noexcept { return trainer_.learning_rate(); }

  /// All that restore() needs to continue with the same bits: parameters, optimizer state,
  /// iteration.
  [[nodiscard]] std::vector<std::uint8_t> snapshot() const;
  /// Throws SpecError for bytes that are not a snapshot of a session with this network and
  /// optimizer.
  void restore(std::span<const std::uint8_t> bytes);

  /// Starts a session of a complete spec on data that were drawn before; draws them if null.
  Session(Spec complete_spec, std::shared_ptr<const Dataset> dataset);

 private:
  void record();
  /// The output layer's activations on points, which are standardized first if the spec says so.
  void predict_scaled(const Points& points, std::span<double> target) const;
  Spec spec_;
  std::optional<FeatureScales> scales_;     ///< of the training part, if the spec standardizes
  std::shared_ptr<const Dataset> dataset_;  ///< standardized if the spec says so
  Trainer trainer_;
  std::vector<double> start_;  ///< parameters at iteration 0
  std::vector<Metrics> history_;
};

}  // namespace init_lab
