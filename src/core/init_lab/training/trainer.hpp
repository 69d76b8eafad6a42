// Training: minimizes the cost of one network on one set of examples, a given number of iterations at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/optimizers.hpp"

namespace init_lab {

enum class Precision { float64, float32 };

/// A training in progress. Not for use by two threads at once, const members included: they share one workspace.
class Trainer {
 public:
  /// `initial` has network.parameters entries; `train` has at least one example and network.inputs() features.
  Trainer(const Network& network, std::shared_ptr<const Points> train, const Optimizer& optimizer,
          std::span<const double> initial, Precision precision);
  ~Trainer();
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;

  [[nodiscard]] const Network& network() const noexcept;
  [[nodiscard]] int iteration() const noexcept;         ///< updates done so far
  [[nodiscard]] double learning_rate() const noexcept;  ///< of the next update, decayed
  void step(int n);                                     ///< does n more updates

  /// W1, b1, W2, b2, …, in float64 whatever the precision.
  [[nodiscard]] std::vector<double> parameters() const;
  /// Replaces the parameters (network.parameters of them); the optimizer's averages and the iteration stay.
  void set_parameters(std::span<const double> values);

  /// Mean over the whole training part of the cost of each example, and the L2 term; infinite where it is infinite.
  [[nodiscard]] double cost() const;
  /// The same from outputs() that are at hand.
  [[nodiscard]] double cost(std::span<const double> outputs) const;
  /// Gradient of cost(), in the order of the parameters.
  [[nodiscard]] std::vector<double> gradient() const;
  /// Output a of every training example: 0 … 1 for a sigmoid output, -1 … 1 for tanh.
  [[nodiscard]] std::vector<double> outputs() const;

  /// Writes the output a for every given example to `target`, which is points.size() long.
  void predict(const Points& points, std::span<double> target) const;
  /// Activations of the first units of each hidden layer, `most` (at least 1) of each: unit by unit, each
  /// points.size() long.
  [[nodiscard]] std::vector<std::vector<float>> hidden_activations(const Points& points, int most) const;

  /// Everything that restore() needs to go on to the bit: parameters, averages, iteration.
  [[nodiscard]] std::vector<std::uint8_t> snapshot() const;
  /// Throws SpecError (field "snapshot") for bytes that are not a snapshot of such a training; changes nothing then.
  void restore(std::span<const std::uint8_t> bytes);

 private:
  struct State;
  template <class T>
  struct StateOf;
  std::unique_ptr<State> state_;
};

}  // namespace init_lab
