// The activation functions: a table for people, with each as a function of a number. On lanes:
// activation_functions.hpp.
#pragma once

#include <span>
#include <string_view>

namespace init_lab {

enum class Activation { relu, leaky_relu, elu, selu, gelu, silu, tanh, sigmoid, linear };

/// A row of the table of activations.
struct ActivationInfo {
  Activation id;
  std::string_view name;      ///< in a spec: "leaky_relu"
  std::string_view label;     ///< for people: "leaky ReLU"
  std::string_view formula;   ///< plain text: "max(0, z)"
  std::string_view citation;  ///< authors, year, title
  double gain;  ///< recommended gain g: weight standard deviation g / sqrt(fan-in) keeps the signal's size
  std::string_view gain_note;  ///< where the gain comes from
  double (*value)(double z);
  double (*derivative)(double z);
};

std::span<const ActivationInfo> activations();
const ActivationInfo& info(Activation activation) noexcept;

/// The row named `name`. Throws SpecError naming `field` for an unknown one.
const ActivationInfo& find_activation(std::string_view name, std::string_view field);

}  // namespace init_lab
