// The activation functions on lanes, each with its derivative. The table for people stands in activations.hpp.
#pragma once

#include "core/activations.hpp"
#include "core/elementary.hpp"
#include "core/lanes.hpp"

namespace init_lab {

/// Slope of leaky ReLU below zero (Maas et al. 2013).
inline constexpr double kLeakySlope = 0.01;
/// SELU's scale and alpha (Klambauer et al. 2017), which make mean 0 and variance 1 a fixed point.
inline constexpr double kSeluScale = 1.0507009873554804934193349852946;
inline constexpr double kSeluAlpha = 1.6732632423543772848170429916717;

/// `value(z)` is the activation. `derivative(z, a)` gets a = value(z) too; where kFromOutput holds it reads a alone, so
/// that training need not keep z.
template <Activation>
struct Function;

template <>
struct Function<Activation::relu> {
  static constexpr bool kFromOutput = true;
  // NaN passes: a diverged network must not look like a dead one.
  template <LaneVector V>
  static V value(V z) noexcept {
    return at_least(z, V{});
  }
  template <LaneVector V>
  static V derivative(V, V a) noexcept {
    return a > V{} ? splat<V>(1) : V{};
  }
};

template <>
struct Function<Activation::leaky_relu> {
  static constexpr bool kFromOutput = true;
  template <LaneVector V>
  static V value(V z) noexcept {
    return z < V{} ? splat<V>(static_cast<typename ScalarOf<V>::T>(kLeakySlope)) * z : z;
  }
  template <LaneVector V>
  static V derivative(V, V a) noexcept {
    return a > V{} ? splat<V>(1) : splat<V>(static_cast<typename ScalarOf<V>::T>(kLeakySlope));
  }
};

template <>
struct Function<Activation::elu> {
  static constexpr bool kFromOutput = true;
  template <LaneVector V>
  static V value(V z) noexcept {
    return z < V{} ? elementary::expm1(z) : z;
  }
  template <LaneVector V>
  static V derivative(V, V a) noexcept {
    return a > V{} ? splat<V>(1) : a + splat<V>(1);
  }
};

template <>
struct Function<Activation::selu> {
  static constexpr bool kFromOutput = true;
  template <LaneVector V>
  static V value(V z) noexcept {
    using T = typename ScalarOf<V>::T;
    const V inner = z < V{} ? splat<V>(static_cast<T>(kSeluAlpha)) * elementary::expm1(z) : z;
    return splat<V>(static_cast<T>(kSeluScale)) * inner;
  }
  template <LaneVector V>
  static V derivative(V, V a) noexcept {
    using T = typename ScalarOf<V>::T;
    const V below = a + splat<V>(static_cast<T>(kSeluScale * kSeluAlpha));
    return a > V{} ? splat<V>(static_cast<T>(kSeluScale)) : below;
  }
};

template <>
struct Function<Activation::gelu> {
  static constexpr bool kFromOutput = false;
  template <LaneVector V>
  static V value(V z) noexcept {
    return z * normal_cdf(z);
  }
  template <LaneVector V>
  static V derivative(V z, V) noexcept {
    using T = typename ScalarOf<V>::T;
    constexpr auto kInverseSqrtTwoPi = static_cast<T>(0.39894228040143267794);
    return normal_cdf(z) + z * (splat<V>(kInverseSqrtTwoPi) * elementary::exp(splat<V>(T{-0.5}) * (z * z)));
  }

 private:
  template <LaneVector V>
  static V normal_cdf(V z) noexcept {
    using T = typename ScalarOf<V>::T;
    for (int i = 0; i < Lanes<T>::kCount; ++i)
      z[i] = static_cast<T>(0.5 * (1 + elementary::erf(static_cast<double>(z[i]) * 0.70710678118654752440)));
    return z;
  }
};

template <>
struct Function<Activation::silu> {
  static constexpr bool kFromOutput = false;
  template <LaneVector V>
  static V value(V z) noexcept {
    return z * elementary::sigmoid(z);
  }
  template <LaneVector V>
  static V derivative(V z, V) noexcept {
    const V s = elementary::sigmoid(z);
    return s * (splat<V>(1) + z * (splat<V>(1) - s));
  }
};

template <>
struct Function<Activation::tanh> {
  static constexpr bool kFromOutput = true;
  template <LaneVector V>
  static V value(V z) noexcept {
    return elementary::tanh(z);
  }
  template <LaneVector V>
  static V derivative(V, V a) noexcept {
    return splat<V>(1) - a * a;
  }
};

template <>
struct Function<Activation::sigmoid> {
  static constexpr bool kFromOutput = true;
  template <LaneVector V>
  static V value(V z) noexcept {
    return elementary::sigmoid(z);
  }
  template <LaneVector V>
  static V derivative(V, V a) noexcept {
    return a * (splat<V>(1) - a);
  }
};

template <>
struct Function<Activation::linear> {
  static constexpr bool kFromOutput = true;
  template <LaneVector V>
  static V value(V z) noexcept {
    return z;
  }
  template <LaneVector V>
  static V derivative(V, V) noexcept {
    return splat<V>(1);
  }
};

/// Calls `use(Function<activation>{})`: the way from the name of an activation to its inlined code.
template <class Use>
auto with_function(Activation activation, Use&& use) {
  switch (activation) {
    case Activation::relu:
      return use(Function<Activation::relu>{});
    case Activation::leaky_relu:
      return use(Function<Activation::leaky_relu>{});
    case Activation::elu:
      return use(Function<Activation::elu>{});
    case Activation::selu:
      return use(Function<Activation::selu>{});
    case Activation::gelu:
      return use(Function<Activation::gelu>{});
    case Activation::silu:
      return use(Function<Activation::silu>{});
    case Activation::tanh:
      return use(Function<Activation::tanh>{});
    case Activation::sigmoid:
      return use(Function<Activation::sigmoid>{});
    case Activation::linear:
      break;
  }
  return use(Function<Activation::linear>{});
}

}  // namespace init_lab
