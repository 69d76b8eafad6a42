// The training methods of the course: how a gradient becomes an update.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"

namespace init_lab {

enum class Method { gradient_descent, momentum, rmsprop, adam };

/// A row of the table of training methods.
struct OptimizerInfo {
  Method method;
  std::string_view name;     ///< in a spec: "gd", "momentum", "rmsprop", "adam"
  std::string_view label;    ///< for people: "gradient descent"
  std::string_view formula;  ///< plain text
  std::string_view help;     ///< one sentence
  std::string_view citation;
  std::vector<ParameterInfo> parameters;
};

std::span<const OptimizerInfo> optimizers();
/// The row named `name`. Throws SpecError (field "optimizer.name") for an unknown one.
const OptimizerInfo& find_optimizer(std::string_view name);

/// The rule and its constants, read out of a spec once.
struct Optimizer {
  /// Throws SpecError for a name or a parameter that is not right.
  explicit Optimizer(const Choice& choice);

  Method method;
  double learning_rate;
  int batch_size;            ///< 0: all examples
  std::uint32_t batch_seed;  ///< epoch e (from 0) is shuffled with seed batch_seed + e
  double l2;  ///< lambda: the cost gains lambda / (2 m) times the sum of the squared weights (not biases)
  double decay_rate;
  int decay_interval;  ///< in epochs
  double beta1, beta2, epsilon;

  /// Running averages that the method keeps for each parameter: 0, 1 or 2.
  [[nodiscard]] int averages() const noexcept;
  /// learning_rate / (1 + decay_rate * floor(epoch / decay_interval)), as the course's schedule_lr_decay.
  [[nodiscard]] double learning_rate_at(int epoch) const noexcept;

  /// Update number `update` (from 1). `averages` is averages() times as long as `parameters`: first the momentum, then
  /// the squares. All in the arithmetic of T.
  template <class T>
  void apply(int update, double rate, std::span<const T> gradient, std::span<T> averages,
             std::span<T> parameters) const noexcept;
};

}  // namespace init_lab
