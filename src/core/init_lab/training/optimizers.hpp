// The training methods of the course: what an update does with a gradient.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/network/network.hpp"

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

/// Consecutive parameters that share one factor of the learning rate.
struct RateRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  double factor = 1;
};

/// The updated parameters of a network (all but those of frozen layers), with the factors of their
/// learning rates. Neighbours with equal factors form one range: a plain network has one range.
std::vector<RateRange> rate_ranges(const Network& network);

/// A method with its constants.
struct Optimizer {
  /// Throws SpecError for an unknown name or a bad parameter.
  explicit Optimizer(const Choice& choice);

  Method method;
  double learning_rate;
  int batch_size;            ///< 0 for all examples
  std::uint32_t batch_seed;  ///< epoch e (from 0) is shuffled with seed batch_seed + e
  /// Lambda. The cost of a batch of b examples has the term lambda / (2 b) times the sum of the
  /// squared weights (not biases). For full batches b is m, as in the course.
  double l2;
  double decay_rate;
  int decay_interval;  ///< in epochs
  double beta1, beta2, epsilon;

  /// How many running averages the method keeps for each parameter: 0, 1 or 2.
  [[nodiscard]] int averages() const noexcept;
  /// learning_rate / (1 + decay_rate * floor(epoch / decay_interval)), as the course's
  /// schedule_lr_decay.
  [[nodiscard]] double learning_rate_at(int epoch) const noexcept;

  /// Does update number `update` (from 1) on the parameters of `ranges`, in the arithmetic of T.
  /// @param rate the learning rate; each range multiplies it by its factor
  /// @param averages averages() times as long as `parameters`: first the momentum, then the squares
  template <class T>
  void apply(int update, double rate, std::span<const RateRange> ranges, std::span<const T> gradient,
             std::span<T> averages, std::span<T> parameters) const noexcept;
};

}  // namespace init_lab
