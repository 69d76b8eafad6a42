#include "init_lab/experiment/kinds.hpp"

#include <array>

#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab {

namespace {

ParameterInfo variance_epsilon() {
  return {"epsilon", "epsilon", "Added to the variance before its root is taken.", 1e-5, 1e-12, 1};
}

}  // namespace

std::span<const KindInfo<Precision>> precisions() {
  static const std::array<KindInfo<Precision>, 2> rows{{
      {Precision::float64, "float64", "64 bits", "Reproduces the course's figures."},
      {Precision::float32, "float32", "32 bits", "Trains faster; figures differ after a few digits."},
  }};
  return rows;
}

std::span<const KindInfo<Normalization>> normalizations() {
  static const std::array<KindInfo<Normalization>, 3> rows{{
      {Normalization::none, "none", "none", "Pre-activations reach the activation unchanged."},
      {Normalization::batch,
       "batch",
       "batch normalization",
       "Each unit gets mean 0 and variance 1 over the examples of the batch, then a learned gain and shift.",
       "Ioffe & Szegedy 2015, Batch normalization: accelerating deep network training by reducing internal covariate "
       "shift",
       {{"momentum", "momentum", "Share of the old running average that an update keeps.", 0.9, 0, 1},
        variance_epsilon()}},
      {Normalization::layer,
       "layer",
       "layer normalization",
       "Each example gets mean 0 and variance 1 over the units of the layer, then a learned gain and shift.",
       "Ba, Kiros & Hinton 2016, Layer normalization",
       {variance_epsilon()}},
  }};
  return rows;
}

std::span<const KindInfo<Parametrization>> parametrizations() {
  static const std::array<KindInfo<Parametrization>, 2> rows{{
      {Parametrization::standard, "standard", "standard", "Every layer has the same learning rate."},
      {Parametrization::mup,
       "mup",
       "maximal update (µP)",
       "Start and learning rates of each layer follow its width, so that the best learning rate stays the same.",
       "Yang, Hu et al. 2021, Tensor Programs V: tuning large neural networks via zero-shot hyperparameter transfer",
       {{"baseWidth", "base width", "Width at which the network equals the standard one.", 64, 1, kMostUnits, true}}},
  }};
  return rows;
}

std::span<const KindInfo<SkipScale>> skip_scales() {
  static const std::array<KindInfo<SkipScale>, 3> rows{{
      {SkipScale::one, "1", "1", "The signal's variance doubles at each branch.",
       "Yang & Schoenholz 2017, Mean field residual networks: on the edge of chaos"},
      {SkipScale::inverse_root, "1/sqrt(L)", "1 / sqrt(L)", "The signal's variance grows by e at most.",
       "De & Smith 2020, Batch normalization biases residual blocks towards the identity function in deep networks"},
      {SkipScale::inverse, "1/L", "1 / L", "The signal's variance stays almost the same.",
       "Yang & Schoenholz 2017, Mean field residual networks: on the edge of chaos"},
  }};
  return rows;
}

}  // namespace init_lab
