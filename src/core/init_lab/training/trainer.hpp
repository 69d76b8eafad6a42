// Training: minimizes the cost of one network on one set of examples, a given number of iterations
// at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/optimizers.hpp"

namespace init_lab {

enum class Precision { float64, float32 };

/// How well a network does on its training part.
struct Evaluation {
  double cost = 0;      ///< may be infinite or NaN
  double accuracy = 0;  ///< as network/output.hpp defines it; R² for a regression
};

/// A training in progress. Two threads must not use one at the same time, not even its const
/// members, which share one workspace.
///
/// Batch normalization: for the training part (updates, evaluate(), cost(), gradient(), outputs())
/// it uses the statistics of the examples, the whole part or the batch. For other points
/// (predict(), accuracy(), hidden_activations()) it uses the running averages that the updates
/// keep.
class Trainer {
 public:
  /// `initial` has network.parameters entries; `train` has at least one example and
  /// network.inputs() features.
  Trainer(const Network& network, std::shared_ptr<const Points> train, const Optimizer& optimizer,
          std::span<const double> initial, Precision precision);
  ~Trainer();
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;

  [[nodiscard]] const Network& network() const noexcept;
  [[nodiscard]] int iteration() const noexcept;         ///< updates done so far
  [[nodiscard]] double learning_rate() const noexcept;  ///< of the next update, decayed
  void step(int n);                                     ///< does n more updates

  /// The parameter vector (network/network.hpp has its order), in float64 whatever the precision.
  [[nodiscard]] std::vector<double> parameters() const;
  /// Replaces the parameters (network.parameters of them). The optimizer's averages, the running
  /// statistics and the iteration stay.
  void set_parameters(std::span<const double> values);
  /// The running means and variances of batch normalization (network.statistics of them).
  [[nodiscard]] std::vector<double> statistics() const;

  /// Cost and accuracy on the whole training part. The cost is the mean of the examples' costs plus
  /// lambda n / (2 m) times the sum of the squared weights, for n mini-batches in an epoch (1 for
  /// full batches) and m examples. The updates of an epoch minimize this cost: each batch of b
  /// examples has the weight b / m, and its L2 term is lambda / (2 b).
  [[nodiscard]] Evaluation evaluate() const;
  [[nodiscard]] double cost() const { return evaluate().cost; }
  /// Gradient of cost(), in the order of the parameters.
  [[nodiscard]] std::vector<double> gradient() const;
  /// Activations of the output layer on the training part: unit by unit, each train.size() long.
  /// For softmax they are the probabilities of the classes.
  [[nodiscard]] std::vector<double> outputs() const;

  /// Writes the output layer's activations on the points to `target`: unit by unit, each
  /// points.size() long.
  void predict(const Points& points, std::span<double> target) const;
  /// Accuracy on labelled points. NaN without points.
  [[nodiscard]] double accuracy(const Points& points) const;
  /// Activations of the first `most` (at least 1) units of each hidden layer: unit by unit, each
  /// points.size() long.
  [[nodiscard]] std::vector<std::vector<float>> hidden_activations(const Points& points, int most) const;

  /// Everything that restore() needs to continue with the same bits: parameters, the optimizer's
  /// averages, running statistics, iteration.
  [[nodiscard]] std::vector<std::uint8_t> snapshot() const;
  /// Throws SpecError (field "snapshot") and changes nothing if the bytes are not a snapshot of a
  /// training with this network, optimizer and precision.
  void restore(std::span<const std::uint8_t> bytes);

 private:
  struct State;
  template <class T>
  struct StateOf;
  std::unique_ptr<State> state_;
};

}  // namespace init_lab
