// What the rows of the table of initializers share: parameters and ways to draw.
#pragma once

#include <numbers>
#include <span>

#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/initializers/initializers.hpp"

namespace init_lab {

// The rows of each family have a file of their own.
std::span<const InitializerInfo> paper_initializers();
std::span<const InitializerInfo> framework_initializers();
std::span<const InitializerInfo> residual_initializers();
std::span<const InitializerInfo> own_initializers();

inline constexpr ParameterInfo kGain{"gain", "gain", "Multiplies the weight standard deviation.", 1, 0, 1e6};
inline constexpr ParameterInfo kBiasStd{
    "biasStd", "bias standard deviation", "Biases are drawn from N(0, biasStd²); at 0 all of them are 0.", 0, 0, 1e6};
inline constexpr ParameterInfo kSeed{
    "seed", "seed", "Names the draw: the same seed gives the same weights.", 3, 0, kLargestSeed, true};

/// W = factor * randn, as in every normal initializer.
inline void scale_by_standard_deviation(const LayerDraw& layer) {
  for (double& weight : layer.weights) weight *= layer.standard_deviation;
}

/// W = factor * truncated randn, with the row's standard deviation.
inline void scale_truncated(const LayerDraw& layer) {
  const double factor = layer.standard_deviation / kTruncatedDeviation;
  for (double& weight : layer.weights) weight *= factor;
}

/// Maps base draws on [0, 1) to [low, high), in the arithmetic of numpy.random.uniform.
inline void spread(std::span<double> values, double low, double high) {
  for (double& value : values) value = low + (high - low) * value;
}

/// Draws biases from U(-limit, limit).
inline void draw_uniform_biases(const LayerDraw& layer, double limit) {
  for (double& bias : layer.biases) bias = layer.extra.uniform(-limit, limit);
}

inline double standard_deviation_of_uniform(double limit) { return limit / std::numbers::sqrt3; }

inline double sum_of_fans(const LayerFacts& facts) { return static_cast<double>(facts.fan_in) + facts.fan_out; }

}  // namespace init_lab
