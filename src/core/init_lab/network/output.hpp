// The output layer: its activation, its cost, the targets of its units and what "accuracy" means.
// (The kernel computes the derivative of the cost by z on lanes.)
//
// Functions take the output of an example as *scores*, one for each unit: the activations, or for
// softmax the pre-activations z. The cost of a softmax is
// computed from z because it stays finite where a probability underflows to 0.
#pragma once

#include <span>
#include <string_view>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab {

/// A row of the table of outputs.
struct OutputInfo {
  Output id;
  std::string_view name;        ///< in a spec: "softmax"
  std::string_view label;       ///< for people
  std::string_view activation;  ///< plain text: "1 / (1 + e^-z)"
  std::string_view cost;        ///< of one example, plain text
  std::string_view accuracy;    ///< what the accuracy is
};

std::span<const OutputInfo> outputs();
const OutputInfo& info(Output output) noexcept;

/// The row named `name`. Throws SpecError naming `field` for an unknown one.
const OutputInfo& find_output(std::string_view name, std::string_view field);

/// Whether the labels are real targets and the accuracy is R².
[[nodiscard]] constexpr bool is_regression(Output output, int units) noexcept {
  return output == Output::linear && units == 1;
}

/// The target of unit `unit` of `units` for the label y. One unit: y, or -1 and +1 in
/// place of 0 and 1 for tanh. Several: 1 for the unit of the class y, and 0 (tanh: -1) for the
/// others.
[[nodiscard]] constexpr double target(Output output, int units, int unit, double y) noexcept {
  const double value = units == 1 ? y : (y == unit ? 1 : 0);
  return output == Output::tanh ? 2 * value - 1 : value;
}

/// Cost of one example with these scores (one per unit) and label y. The cost of a set is the mean.
///
/// sigmoid: the sum of -log(a) for target 1 and -log(1 - a) for target 0, infinite where a
///   saturates on the wrong side. This is -t log(a) - (1 - t) log(1 - a) with 0 * infinity counted
///   as 0, as the course's notebook computes it with np.nansum.
/// softmax: -log of the class's probability, log(sum e^z) - z_y.
/// tanh, linear: the sum of (a - t)² / 2.
/// NaN where a score is NaN; np.nansum would drop the example and call a diverged network perfect.
double example_cost(Output output, std::span<const double> scores, double y) noexcept;

/// Replaces one example's scores by its activations: probabilities for softmax, else no change.
void scores_to_activations(Output output, std::span<double> scores) noexcept;

/// Derivative of example_cost by a unit's activation a with target t. Infinite where the cost is.
double cost_by_activation(Output output, double a, double t) noexcept;

/// Derivative of example_cost by a unit's pre-activation z. For sigmoid and softmax the derivatives
/// of cost and activation cancel to a - t, which is finite even where the cost is not.
double cost_by_pre_activation(Output output, double a, double t) noexcept;

/// The class that an example's scores stand for. One unit: 1 when a > 0.5 (tanh: a > 0), else 0.
/// Several: the unit with the largest score, the first of equal ones.
int predicted_class(Output output, std::span<const double> scores) noexcept;

/// Share of the examples whose predicted class is their label; for a regression R² = 1 - sum (a -
/// y)² / sum (y - mean y)², which is NaN where all targets are equal. NaN without examples.
/// @param scores unit by unit, each points.size() long
double accuracy(Output output, int units, std::span<const double> scores, const Points& points);

}  // namespace init_lab
