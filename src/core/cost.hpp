// The cost of one example, in one place for the trainer, the reference pass and the tests.
#pragma once

#include <cmath>

#include "core/elementary.hpp"
#include "core/network.hpp"

namespace init_lab {

/// Cost of an output `a` for the label `y` (0 or 1).
/// Sigmoid: -y log(a) - (1 - y) log(1 - a), where a product that is NaN (0 times infinity, or anything of a NaN output)
/// counts as 0, as np.nansum in the course's notebook has it: so it is infinite where a is 0 or 1 on the wrong side.
/// Tanh: (a - t)^2 / 2 with t = 2 y - 1.
inline double example_cost(Output output, double a, double y) noexcept {
  if (output == Output::tanh) {
    const double difference = a - (2 * y - 1);
    return difference * difference / 2;
  }
  const double cost = -elementary::log(a) * y + -elementary::log(1 - a) * (1 - y);
  return std::isnan(cost) ? 0.0 : cost;
}

/// Whether an output puts its example into class 1: a > 0.5 for a sigmoid, a > 0 for tanh. NaN does not.
inline bool is_class_one(Output output, double a) noexcept { return a > (output == Output::tanh ? 0.0 : 0.5); }

}  // namespace init_lab
