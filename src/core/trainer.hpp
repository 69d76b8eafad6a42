// Training: minimizes the cost of one network on one set of examples, a given number of iterations at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/catalogue.hpp"
#include "core/datasets.hpp"
#include "core/network.hpp"

namespace init_lab {

enum class Precision { float64, float32 };

/// A row of the table of training methods.
struct OptimizerInfo {
  std::string_view name;     ///< in a spec: "gd", "momentum", "rmsprop", "adam"
  std::string_view label;    ///< for people: "gradient descent"
  std::string_view formula;  ///< plain text
  std::string_view help;
  std::string_view citation;
  std::vector<ParameterInfo> parameters;  ///< learningRate, batchSize, batchSeed, l2, decayRate, decayInterval, beta1, …
};

std::span<const OptimizerInfo> optimizers();
/// The row named `name`. Throws SpecError (field "optimizer.name") for an unknown one.
const OptimizerInfo& find_optimizer(std::string_view name);

class Trainer {
 public:
  /// `initial` has network.parameters entries. Throws SpecError for a bad optimizer.
  Trainer(const Network& network, const Points& train, const Choice& optimizer, std::span<const double> initial,
          Precision precision);
  ~Trainer();
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;

  [[nodiscard]] const Network& network() const noexcept;
  [[nodiscard]] int iteration() const noexcept;  ///< updates done so far
  void step(int n) noexcept;                     ///< does n more updates

  [[nodiscard]] std::vector<double> parameters() const;
  void set_parameters(std::span<const double> values);

  /// Cost on the whole training part, L2 term included.
  [[nodiscard]] double cost() const;
  /// Gradient of the cost on the whole training part, L2 term included, in the order of the parameters.
  [[nodiscard]] std::vector<double> gradient() const;
  /// Output a of every given example (0 … 1 for sigmoid, -1 … 1 for tanh), in the precision of the training.
  [[nodiscard]] std::vector<double> outputs(const Points& points) const;
  /// Activation of one unit (layer 0 is the first hidden layer) for every given example.
  [[nodiscard]] std::vector<double> unit(const Points& points, int layer, int unit) const;

  [[nodiscard]] std::vector<std::uint8_t> snapshot() const;
  void restore(std::span<const std::uint8_t> bytes);

 private:
  struct Base;
  template <class T>
  struct Of;
  std::unique_ptr<Base> state_;
};

}  // namespace init_lab
