// How the weights start: one table that the code, the page and the documentation all read.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {

/// What an initializer turns into weights: one number per weight, drawn for it row by row.
enum class BaseDraw {
  normal,   ///< standard normal, numpy's randn()
  uniform,  ///< uniform on [0, 1), numpy's random_sample()
};

/// What an initializer gets to fill one layer.
struct LayerDraw {
  std::span<double> weights;  ///< out by in, row by row; holds the base draw on entry
  std::span<double> biases;   ///< out long; zero on entry
  int fan_in;
  int fan_out;
  const Parameters& parameters;  ///< complete
  double standard_deviation;     ///< that of the table's row, for this layer
  RandomState& extra;            ///< for draws beyond the base draw; a stream of this layer's own
};

/// A row of the table of initializers.
struct InitializerInfo {
  std::string_view name{};      ///< in a spec: "he_normal"
  std::string_view label{};     ///< for people: "He normal"
  std::string_view formula{};   ///< plain text: "W ~ N(0, 2 / ((1 + a²) n_in))"
  std::string_view help{};      ///< one sentence: what it is for
  std::string_view made_for{};  ///< comma-separated activation names: "relu, leaky_relu"; empty where there is none
  std::string_view citation{};  ///< authors, year, title
  std::vector<ParameterInfo> parameters{};  ///< the initializer's own, then biasStd where it has one, then seed
  BaseDraw base = BaseDraw::normal;
  /// Standard deviation of a weight, from fan-in and fan-out. For LSUV that of its orthonormal start.
  double (*standard_deviation)(const Parameters& parameters, int fan_in, int fan_out) = nullptr;
  void (*draw)(const LayerDraw& layer) = nullptr;
  /// Mean of a weight; null where it is 0.
  double (*mean)(const Parameters& parameters, int fan_in) = nullptr;
  bool needs_data = false;  ///< LSUV: rescales layer by layer on the training examples after every layer is drawn
};

/// zeros, constant, normal, uniform, lecun_normal, lecun_uniform, glorot_normal, glorot_uniform, he_normal, he_uniform,
/// orthogonal, lsuv, randomized_asymmetric.
std::span<const InitializerInfo> initializers();

/// The row named `name`. Throws SpecError for an unknown one; `field` is the path to the initializer.
const InitializerInfo& find_initializer(std::string_view name, std::string_view field = "init");

/// An initializer for the network, and other ones for single layers (in the order of the layers; may be shorter).
struct InitSpec {
  Choice all{"he_normal"};
  std::vector<std::optional<Choice>> layers{};
  std::optional<Choice> bias{};         ///< a row of bias_starts() for the hidden layers; none: as the initializer says
  std::optional<Choice> output_bias{};  ///< likewise for the output layer; none: as `bias`

  struct OfLayer {
    const Choice& choice;
    std::string field;  ///< the path to it
  };
  /// What a layer begins with: its own initializer, or the one for all.
  [[nodiscard]] OfLayer of_layer(std::size_t layer) const;
  friend bool operator==(const InitSpec&, const InitSpec&) = default;
};

/// The parameter vector at iteration 0. `train` is read by the initializers that need data. Throws SpecError.
///
/// Draws. The base draws of all layers come from one stream, numpy.random.seed(init.seed), W1 first, each W row by row
/// (a per-layer choice has no seed of its own). The network-wide initializer's kind of base draw is made for every
/// layer, overridden or not, and also for zeros and constant, which do not read it. So
///   - with the same seed, initializers of one kind differ only by their factor;
///   - an override changes the weights of its own layer and of no other.
/// Everything else (biases, the asymmetric entries, the base draw of an override of the other kind) comes from a stream
/// of the layer's own, seeded by extra_seed: biases never change which weights are drawn.
std::vector<double> initialize(const Network& network, const InitSpec& init, const Points& train);

/// Seed of the stream for a layer's draws beyond its base draw; layer 0 is the first hidden layer.
/// The factor is 2^32 over the golden ratio, which keeps seeds of neighbouring layers and runs apart.
constexpr std::uint32_t extra_seed(std::uint32_t seed, std::size_t layer) noexcept {
  return seed ^ static_cast<std::uint32_t>(0x9E3779B9U * static_cast<std::uint32_t>(layer + 1));
}

}  // namespace init_lab
