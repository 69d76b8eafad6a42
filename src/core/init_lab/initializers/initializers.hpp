// How weights and biases start: one table that the code, the pages and the documentation read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {

/// What an initializer turns into weights: one number for each weight, row by row.
enum class BaseDraw {
  normal,            ///< standard normal: NumPy's randn()
  uniform,           ///< uniform on [0, 1): NumPy's random_sample()
  truncated_normal,  ///< the next randn() of the stream with an absolute value of at most 2
};

/// Standard deviation of BaseDraw::truncated_normal: scipy.stats.truncnorm.std(-2, 2).
inline constexpr double kTruncatedDeviation = 0.87962566103423978;

/// What an initializer may know of the layer that it fills.
struct LayerFacts {
  int fan_in = 1;
  int fan_out = 1;
  int layer = 1;   ///< number of the layer: 1 for the first
  int layers = 1;  ///< of the network, the output layer included
  int width = 1;   ///< units of the widest hidden layer; 1 without one
  /// Of the layer's own units; linear for an output layer without hidden layers.
  Activation activation = Activation::linear;
  /// Of the last hidden layer for the output layer, of the layer itself for the others.
  Activation hidden_activation = Activation::linear;
  double activation_parameter = 0;  ///< of `hidden_activation`
  bool is_branch = false;           ///< the layer is the branch of a skip connection
  bool is_output = false;
};

/// The facts of layer `layer` (from 0 on) of a network.
[[nodiscard]] LayerFacts facts_of(const Network& network, std::size_t layer);

/// What an initializer gets to fill one layer.
struct LayerDraw {
  std::span<double> weights;  ///< out by in, row by row; holds the base draw on entry
  std::span<double> biases;   ///< out long; zero on entry
  const LayerFacts& facts;
  const Parameters& parameters;  ///< complete
  double standard_deviation;     ///< that of the table's row, for this layer
  RandomState& extra;            ///< for draws beyond the base draw; every layer has its own stream
};

/// Groups of initializers, for menus.
enum class InitializerFamily {
  plain,      ///< the same law in every layer
  variance,   ///< follows fan-in or fan-out, so that signals keep their size
  framework,  ///< the default of a framework
  residual,   ///< for networks with skip connections
  other,      ///< orthogonal, data-driven, asymmetric
  own,        ///< a formula or weights that a person gives
};
/// "plain", …, in the order of the enum.
std::string_view family_name(InitializerFamily family) noexcept;

/// A row of the table of initializers.
struct InitializerInfo {
  std::string_view name{};     ///< in a spec: "he_normal"
  std::string_view label{};    ///< for people: "He normal"
  std::string_view formula{};  ///< plain text: "W ~ N(0, 2 / ((1 + a²) n_in))"
  std::string_view help{};     ///< one sentence: what it is for
  /// comma-separated activation names: "relu, leaky_relu"; empty where there is none
  std::string_view made_for{};
  std::string_view citation{};  ///< authors, year, title
  InitializerFamily family = InitializerFamily::plain;
  /// Name of the row that gives the same distribution of weights and biases; empty where there is
  /// none.
  std::string_view same_as{};
  /// the initializer's own, then biasStd where it has one, then seed
  std::vector<ParameterInfo> parameters{};
  BaseDraw base = BaseDraw::normal;
  /// Base draw where it depends on the parameters; null where it is `base`.
  BaseDraw (*base_by)(const Parameters& parameters) = nullptr;
  /// Standard deviation of a weight. For LSUV that of its orthonormal start; NaN for given weights.
  double (*standard_deviation)(const Parameters& parameters, const LayerFacts& facts) = nullptr;
  void (*draw)(const LayerDraw& layer) = nullptr;
  /// Mean of a weight; null where it is 0. NaN for given weights.
  double (*mean)(const Parameters& parameters, const LayerFacts& facts) = nullptr;
  /// Mean square of a bias where the row draws biases; null where it is biasStd², or 0 without one.
  double (*bias_mean_square)(const Parameters& parameters, const LayerFacts& facts) = nullptr;
  /// LSUV: rescales the layers one by one on the training examples, after all layers are drawn
  bool needs_data = false;
  /// Throws SpecError for complete parameters that are not valid; null if their ranges are the only
  /// rule.
  void (*check)(const Parameters& parameters, const std::string& field) = nullptr;
  bool is_given = false;  ///< the parameters are the numbers of the parameter "parameters"
  /// the matrices are drawn with orthonormal rows or columns, which takes kMostOrthogonalWork at
  /// most
  bool is_orthonormal = false;

  [[nodiscard]] BaseDraw base_of(const Parameters& complete) const {
    return base_by == nullptr ? base : base_by(complete);
  }
};

/// zeros, constant, normal, uniform, variance-preserving rows, framework defaults (pytorch_linear,
/// …), residual starts, orthogonal, lsuv, randomized_asymmetric, formula, given.
std::span<const InitializerInfo> initializers();

/// The row named `name`. Throws SpecError for an unknown one; `field` is the path to the
/// initializer.
const InitializerInfo& find_initializer(std::string_view name, std::string_view field = "init");

/// The choice's parameters with every default filled in. Throws SpecError for an unknown name, a
/// bad value or a text that is no formula.
Parameters complete_initializer(const Choice& choice, const std::string& field);

/// The initializer of the network, and overrides for single layers.
struct InitSpec {
  Choice all{"he_normal"};
  std::vector<std::optional<Choice>> layers{};  ///< overrides by layer; may be shorter
  /// a row of bias_starts() for all layers; by default the initializer sets the biases
  std::optional<Choice> bias{};
  std::optional<Choice> output_bias{};  ///< the same for the output layer; by default `bias`

  struct OfLayer {
    const Choice& choice;
    std::string field;  ///< the path to it
  };
  /// The initializer of a layer: its own, or the one for all.
  [[nodiscard]] OfLayer of_layer(std::size_t layer) const;
  friend bool operator==(const InitSpec&, const InitSpec&) = default;
};

/// The moments of a layer's start, before it is drawn. NaN if they depend on the data or on given
/// numbers.
struct StartLaw {
  double mean = 0;                ///< of a weight
  double standard_deviation = 0;  ///< of a weight
  double bias_mean_square = 0;
};
[[nodiscard]] StartLaw start_law(const Network& network, const InitSpec& init, std::size_t layer);

/// The parameter vector at iteration 0. `train` is read by starts that need data. Throws SpecError.
///
/// Draws. The base draws of all layers come from one stream, numpy.random.seed(init.seed), W1
/// first, each W row by row (a per-layer choice has no seed of its own). The network-wide
/// initializer's kind of base draw is made for every layer, also for overridden layers and for
/// zeros and constant, which do not read it. So
///   - with the same seed, initializers of one kind differ only by their factor;
///   - an override changes the weights of its own layer and of no other.
/// All other draws (biases, the asymmetric entries, the base draw of an override of another kind)
/// come from a separate stream for each layer, seeded by extra_seed. So biases never change which
/// weights are drawn. Biases of init.bias and init.outputBias are the last draws of that stream.
std::vector<double> initialize(const Network& network, const InitSpec& init, const Points& train);

/// Seed of the stream for a layer's draws beyond its base draw; layer 0 is the first hidden layer.
/// The factor is 2^32 over the golden ratio, which keeps seeds of neighbouring layers and runs
/// apart.
constexpr std::uint32_t extra_seed(std::uint32_t seed, std::size_t layer) noexcept {
  return seed ^ static_cast<std::uint32_t>(0x9E3779B9U * static_cast<std::uint32_t>(layer + 1));
}

}  // namespace init_lab
