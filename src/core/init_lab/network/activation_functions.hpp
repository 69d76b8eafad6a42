// The activation functions on lanes, each with its derivative. activations.hpp has their table.
#pragma once

#include <algorithm>

#include "init_lab/network/activations.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/lanes.hpp"

namespace init_lab {

/// Slope of leaky ReLU below zero (Maas et al. 2013).
inline constexpr double kLeakySlope = 0.01;
/// The frequency of SIREN's sine, sin(30 z) (Sitzmann et al. 2020).
inline constexpr double kSineFrequency = 30;
/// SELU's scale and alpha (Klambauer et al. 2017), which make mean 0 and variance 1 a fixed point.
inline constexpr double kSeluScale = 1.0507009873554804934193349852946;
inline constexpr double kSeluAlpha = 1.6732632423543772848170429916717;

/// `apply(z)` replaces several z by their activations. If kFromOutput holds, `derivative(a)`
/// computes phi'(z) from the activation alone, so that training need not keep z; otherwise
/// `apply(z, slopes)` computes both at once.
template <Activation>
struct Function;

template <>
struct Function<Activation::relu> {
  static constexpr bool kFromOutput = true;
  // NaN stays NaN: a diverged network must not look like a dead one.
  template <int Count, LaneVector V>
  [[gnu::always_inline]] static void apply(V (&z)[Count]) noexcept {
    for (V& each : z) each = at_least(each, V{});
  }
  template <LaneVector V>
  static V derivative(V a) noexcept {
    return a > V{} ? splat<V>(1) : V{};
  }
};

template <>
struct Function<Activation::leaky_relu> {
  static constexpr bool kFromOutput = true;
  double slope = kLeakySlope;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] void apply(V (&z)[Count]) const noexcept {
    for (V& each : z) each = each < V{} ? splat<V>(static_cast<typename ScalarOf<V>::T>(slope)) * each : each;
  }
  template <LaneVector V>
  V derivative(V a) const noexcept {
    return a > V{} ? splat<V>(1) : splat<V>(static_cast<typename ScalarOf<V>::T>(slope));
  }
};

template <>
struct Function<Activation::elu> {
  static constexpr bool kFromOutput = true;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] static void apply(V (&z)[Count]) noexcept {
    V below[Count];
    std::copy_n(z, Count, below);
    elementary::expm1(below);
    for (int i = 0; i < Count; ++i) z[i] = z[i] < V{} ? below[i] : z[i];
  }
  template <LaneVector V>
  static V derivative(V a) noexcept {
    return a > V{} ? splat<V>(1) : a + splat<V>(1);
  }
};

template <>
struct Function<Activation::selu> {
  static constexpr bool kFromOutput = true;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] static void apply(V (&z)[Count]) noexcept {
    using T = typename ScalarOf<V>::T;
    V below[Count];
    std::copy_n(z, Count, below);
    elementary::expm1(below);
    for (int i = 0; i < Count; ++i)
      z[i] =
          splat<V>(static_cast<T>(kSeluScale)) * (z[i] < V{} ? splat<V>(static_cast<T>(kSeluAlpha)) * below[i] : z[i]);
  }
  template <LaneVector V>
  static V derivative(V a) noexcept {
    using T = typename ScalarOf<V>::T;
    const V below = a + splat<V>(static_cast<T>(kSeluScale * kSeluAlpha));
    return a > V{} ? splat<V>(static_cast<T>(kSeluScale)) : below;
  }
};

template <>
struct Function<Activation::gelu> {
  static constexpr bool kFromOutput = false;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] static void apply(V (&z)[Count], V (&slopes)[Count]) noexcept {
    V probability[Count], density[Count];
    std::copy_n(z, Count, probability);
    elementary::normal_cdf(probability, density);
    for (int i = 0; i < Count; ++i) slopes[i] = probability[i] + z[i] * density[i];
    for (int i = 0; i < Count; ++i) z[i] *= probability[i];
  }
};

template <>
struct Function<Activation::silu> {
  static constexpr bool kFromOutput = false;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] static void apply(V (&z)[Count], V (&slopes)[Count]) noexcept {
    V s[Count];
    std::copy_n(z, Count, s);
    elementary::sigmoid(s);
    for (int i = 0; i < Count; ++i) slopes[i] = s[i] * (splat<V>(1) + z[i] * (splat<V>(1) - s[i]));
    for (int i = 0; i < Count; ++i) z[i] *= s[i];
  }
};

template <>
struct Function<Activation::tanh> {
  static constexpr bool kFromOutput = true;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] static void apply(V (&z)[Count]) noexcept {
    elementary::tanh(z);
  }
  template <LaneVector V>
  static V derivative(V a) noexcept {
    return splat<V>(1) - a * a;
  }
};

template <>
struct Function<Activation::sigmoid> {
  static constexpr bool kFromOutput = true;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] static void apply(V (&z)[Count]) noexcept {
    elementary::sigmoid(z);
  }
  template <LaneVector V>
  static V derivative(V a) noexcept {
    return a * (splat<V>(1) - a);
  }
};

template <>
struct Function<Activation::linear> {
  static constexpr bool kFromOutput = true;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] static void apply(V (&)[Count]) noexcept {}
  template <LaneVector V>
  static V derivative(V) noexcept {
    return splat<V>(1);
  }
};

template <>
struct Function<Activation::sine> {
  static constexpr bool kFromOutput = false;
  double frequency = kSineFrequency;
  template <int Count, LaneVector V>
  [[gnu::always_inline]] void apply(V (&z)[Count], V (&slopes)[Count]) const noexcept {
    const V factor = splat<V>(static_cast<typename ScalarOf<V>::T>(frequency));
    for (V& each : z) each *= factor;
    elementary::sine(z, slopes);
    for (V& slope : slopes) slope *= factor;
  }
};

/// An activation's function with its parameter, which most activations do not have.
template <Activation A>
constexpr Function<A> make_function(double parameter) noexcept {
  if constexpr (A == Activation::leaky_relu || A == Activation::sine)
    return {parameter};
  else
    return {};
}

/// The activation and the derivative of one vector of z.
template <class F, LaneVector V>
inline Activated<V> activated(F function, V z) noexcept {
  V a[] = {z};
  if constexpr (F::kFromOutput) {
    function.apply(a);
    return {a[0], function.derivative(a[0])};
  } else {
    V slope[1];
    function.apply(a, slope);
    return {a[0], slope[0]};
  }
}

/// Calls `visit(function)` with the inlined code of an activation that is known only at run time.
template <class Visit>
auto with_function(Activation activation, double parameter, Visit&& visit) {
  switch (activation) {
    case Activation::relu:
      return visit(make_function<Activation::relu>(parameter));
    case Activation::leaky_relu:
      return visit(make_function<Activation::leaky_relu>(parameter));
    case Activation::elu:
      return visit(make_function<Activation::elu>(parameter));
    case Activation::selu:
      return visit(make_function<Activation::selu>(parameter));
    case Activation::gelu:
      return visit(make_function<Activation::gelu>(parameter));
    case Activation::silu:
      return visit(make_function<Activation::silu>(parameter));
    case Activation::tanh:
      return visit(make_function<Activation::tanh>(parameter));
    case Activation::sigmoid:
      return visit(make_function<Activation::sigmoid>(parameter));
    case Activation::sine:
      return visit(make_function<Activation::sine>(parameter));
    case Activation::linear:
      break;
  }
  return visit(make_function<Activation::linear>(parameter));
}

}  // namespace init_lab
