// How the weights start: one table that the code, the page and the documentation all read.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/catalogue.hpp"
#include "core/datasets.hpp"
#include "core/network.hpp"
#include "core/random.hpp"

namespace init_lab {

/// What an initializer gets to fill one layer. `weights` is out by in, row by row; `biases` is out long and zero on entry.
struct LayerDraw {
  std::span<double> weights;
  std::span<double> biases;
  int fan_in;
  int fan_out;
  const Parameters& parameters;  ///< complete
  RandomState& random;           ///< one stream for the whole network, W1 first
};

/// A row of the table of initializers.
struct InitializerInfo {
  std::string_view name;      ///< in a spec: "he_normal"
  std::string_view label;     ///< for people: "He normal"
  std::string_view formula;   ///< plain text: "W ~ N(0, 2 / ((1 + a²) n_in))"
  std::string_view help;      ///< one sentence: what it is for
  std::string_view made_for;  ///< comma-separated activation names: "relu, leaky_relu"
  std::string_view citation;  ///< authors, year, title
  std::vector<ParameterInfo> parameters;  ///< the initializer's own, then seed
  /// Standard deviation of a weight, from fan-in and fan-out. For LSUV that of its orthonormal start.
  double (*standard_deviation)(const Parameters& parameters, int fan_in, int fan_out);
  void (*draw)(const LayerDraw& layer);
  bool needs_data = false;  ///< LSUV: rescales layer by layer on the training examples after every layer is drawn
};

/// zeros, constant, normal, uniform, lecun_normal, lecun_uniform, glorot_normal, glorot_uniform, he_normal, he_uniform,
/// orthogonal, lsuv, randomized_asymmetric.
std::span<const InitializerInfo> initializers();

/// The row named `name`. Throws SpecError (field "init.name") for an unknown one.
const InitializerInfo& find_initializer(std::string_view name);

/// An initializer for the network, and other ones for single layers (in the order of the layers; may be shorter).
struct InitSpec {
  Choice all{"he_normal"};
  std::vector<std::optional<Choice>> layers{};
  friend bool operator==(const InitSpec&, const InitSpec&) = default;
};

/// The parameter vector at iteration 0. All layers are drawn from one stream seeded by init.seed (a seed of a per-layer
/// choice is not used), so with the same seed normal-type initializers differ only by their factor.
/// `train` is read by the initializers that need data. Throws SpecError.
std::vector<double> initialize(const Network& network, const InitSpec& init, const Points& train);

}  // namespace init_lab
