// SIMD lanes: the compiler's 16-byte vectors, the width that WebAssembly and the SSE2 baseline of x86-64 share.
// Operators work lane by lane as IEEE 754 has it, so the same expression gives the same bits in both.
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>

namespace init_lab {

using F64x2 = double __attribute__((vector_size(16)));
using F32x4 = float __attribute__((vector_size(16)));
using U64x2 = std::uint64_t __attribute__((vector_size(16)));
using U32x4 = std::uint32_t __attribute__((vector_size(16)));

/// The lanes that go with a scalar type: `Lanes<double>::V` holds `Lanes<double>::kCount` doubles.
template <class T>
struct Lanes;

template <>
struct Lanes<double> {
  using V = F64x2;
  using Bits = U64x2;
  static constexpr int kCount = 2;
};

template <>
struct Lanes<float> {
  using V = F32x4;
  using Bits = U32x4;
  static constexpr int kCount = 4;
};

/// The scalar type of a vector type.
template <class V>
struct ScalarOf;
template <>
struct ScalarOf<F64x2> {
  using T = double;
};
template <>
struct ScalarOf<F32x4> {
  using T = float;
};

template <class V>
concept LaneVector = std::same_as<V, F64x2> || std::same_as<V, F32x4>;

/// The same value in every lane. (`x - V{}` is one instruction; filling lane by lane goes through memory in clang 14.)
template <class V>
inline V splat(typename ScalarOf<V>::T x) noexcept {
  return x - V{};
}

template <class V>
inline V load(const typename ScalarOf<V>::T* from) noexcept {
  V v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

template <class V>
inline void store(typename ScalarOf<V>::T* to, V v) noexcept {
  std::memcpy(to, &v, sizeof v);
}

/// |x|.
template <LaneVector V>
inline V magnitude(V x) noexcept {
  using Bits = typename Lanes<typename ScalarOf<V>::T>::Bits;
  return reinterpret_cast<V>(reinterpret_cast<Bits>(x) & ~reinterpret_cast<Bits>(-V{}));
}

/// `x`, but not less than `low` (not more than `high`); NaN passes. WebAssembly has an instruction for just this, but
/// clang 14 makes of the comparison another one, which V8 expands to eight.
template <LaneVector V>
inline V at_least(V x, V low) noexcept {
#ifdef __wasm_simd128__
  if constexpr (std::same_as<V, F64x2>)
    return __builtin_wasm_pmax_f64x2(x, low);
  else
    return __builtin_wasm_pmax_f32x4(x, low);
#else
  return x < low ? low : x;
#endif
}
template <LaneVector V>
inline V at_most(V x, V high) noexcept {
#ifdef __wasm_simd128__
  if constexpr (std::same_as<V, F64x2>)
    return __builtin_wasm_pmin_f64x2(x, high);
  else
    return __builtin_wasm_pmin_f32x4(x, high);
#else
  return x > high ? high : x;
#endif
}

/// `x` in the lanes where a comparison of two vectors `holds`, +0 in the others. (Of `holds ? x : V{}` V8 makes twice
/// the instructions.)
template <LaneVector V, class Comparison>
inline V where(Comparison holds, V x) noexcept {
#ifdef __wasm_simd128__
  asm("" : "+r"(holds));  // or clang makes the choice of it again
#endif
  return reinterpret_cast<V>(holds & reinterpret_cast<Comparison>(x));
}

/// Whether any lane holds anything but +0.
template <class V>
inline bool any_bit(V x) noexcept {
#ifdef __wasm_simd128__
  return __builtin_wasm_any_true_v128(x);
#else
  const auto bits = reinterpret_cast<U64x2>(x);
  return (bits[0] | bits[1]) != 0;
#endif
}

/// The sums of the lanes of as many vectors as these have lanes, always in the same order.
inline F64x2 sum_lanes(const F64x2 (&v)[2]) noexcept {
  return __builtin_shufflevector(v[0], v[1], 0, 2) + __builtin_shufflevector(v[0], v[1], 1, 3);
}
inline F32x4 sum_lanes(const F32x4 (&v)[4]) noexcept {
  const auto by_two = [](F32x4 a, F32x4 b) {
    return __builtin_shufflevector(a, b, 0, 2, 4, 6) + __builtin_shufflevector(a, b, 1, 3, 5, 7);
  };
  return by_two(by_two(v[0], v[1]), by_two(v[2], v[3]));
}

}  // namespace init_lab
