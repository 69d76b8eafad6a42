// The cost of one example, and its derivatives. (The kernel has the derivative by z on lanes.)
#pragma once

#include "init_lab/network/network.hpp"
#include "init_lab/numerics/elementary.hpp"

namespace init_lab {

/// What the output is trained towards for the label y (0 or 1): the label itself, or -1 and +1 for a tanh output.
inline double target(Output output, double y) noexcept { return output == Output::tanh ? 2 * y - 1 : y; }

/// Cost of one example with output a and label y (0 or 1). The cost of a set of examples is the mean over them.
///
/// sigmoid: -log(a) for y = 1 and -log(1 - a) for y = 0, infinite where a saturates on the wrong side. This is
///   -y log(a) - (1 - y) log(1 - a) with 0 * infinity counted as 0, as the course's notebook has it by np.nansum.
/// tanh: (a - t)^2 / 2 with t = -1 or +1.
/// NaN for an output that is NaN; np.nansum would drop such an example and call a diverged network perfect.
inline double example_cost(Output output, double a, double y) noexcept {
  if (output == Output::sigmoid) return 0 - elementary::log(y == 1 ? a : 1 - a);
  const double difference = a - target(output, y);
  return difference * difference / 2;
}

/// Derivative of example_cost by a. Infinite where the cost is.
inline double example_cost_by_activation(Output output, double a, double y) noexcept {
  if (output == Output::sigmoid) return y == 1 ? -1 / a : 1 / (1 - a);
  return a - target(output, y);
}

/// Derivative of example_cost by the output unit's pre-activation z. For the sigmoid the derivatives of cost and
/// activation cancel to a - y, finite even where the cost is not; the course's notebooks rely on it, too.
inline double example_cost_by_pre_activation(Output output, double a, double y) noexcept {
  if (output == Output::sigmoid) return a - y;
  return (a - target(output, y)) * (1 - a * a);
}

/// Whether an output a stands for class 1: a > 0.5 for the sigmoid, a > 0 for tanh.
inline bool is_class_one(Output output, double a) noexcept { return a > (output == Output::sigmoid ? 0.5 : 0.0); }

}  // namespace init_lab
