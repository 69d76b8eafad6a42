// The table of activation functions: their words, their traits, and each as a function of two
// numbers. activation_functions.hpp has the code on lanes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/numerics/lanes.hpp"

namespace init_lab {

enum class Activation { relu, leaky_relu, elu, selu, gelu, silu, tanh, sigmoid, linear, sine };

/// phi(z) and phi'(z), lane by lane.
template <LaneVector V>
struct Activated {
  V value, derivative;
};

/// A row of the table of activations.
struct ActivationInfo {
  Activation id;
  std::string_view name;      ///< in a spec: "leaky_relu"
  std::string_view label;     ///< for people: "leaky ReLU"
  std::string_view formula;   ///< plain text: "max(0, z)"
  std::string_view citation;  ///< authors, year, title
  /// Recommended gain g: weights of standard deviation g / sqrt(fan-in) keep the signal's size.
  double gain;
  std::string_view gain_note;  ///< where the gain comes from
  /// phi(z) and phi'(z) in NumPy, for exported scripts. The derivative may read a = phi(z); {p}
  /// stands for the parameter.
  std::string_view numpy_value;
  std::string_view numpy_derivative;
  double low;        ///< no value is less
  double high;       ///< no value is greater
  double parameter;  ///< default; 0 if there is none
  /// phi and phi' of two z.
  Activated<F64x2> (*evaluate)(F64x2 z, double parameter);

  /// Whether value and slope are 0 for every z < 0, so that a unit can be dead.
  [[nodiscard]] bool is_rectifier() const noexcept { return value(-1) == 0 && derivative(-1) == 0; }
  /// With the default parameter.
  [[nodiscard]] double value(double z) const noexcept { return value_with(z, parameter); }
  [[nodiscard]] double derivative(double z) const noexcept { return derivative_with(z, parameter); }
  /// With the parameter `with`.
  [[nodiscard]] double value_with(double z, double with) const noexcept {
    return evaluate(splat<F64x2>(z), with).value[0];
  }
  [[nodiscard]] double derivative_with(double z, double with) const noexcept {
    return evaluate(splat<F64x2>(z), with).derivative[0];
  }
};

std::span<const ActivationInfo> activations();
const ActivationInfo& info(Activation activation) noexcept;

/// The parameters that an activation has, for forms, validation and documentation: none or one.
std::vector<ParameterInfo> activation_parameters(Activation activation);

/// The recommended gain where the activation's parameter is `parameter`; the table has it for the
/// default.
double recommended_gain(Activation activation, double parameter) noexcept;

/// The row named `name`. Throws SpecError naming `field` for an unknown one.
const ActivationInfo& find_activation(std::string_view name, std::string_view field);

}  // namespace init_lab
