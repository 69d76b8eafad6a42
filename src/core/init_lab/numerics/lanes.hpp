// SIMD lanes: the compiler's vectors of 16 bytes, the width that WebAssembly and the SSE2 baseline
// of x86-64 share. Operators work lane by lane as IEEE 754 defines them, so one expression gives
// the same bits in both.
#pragma once

#if !defined(__GNUC__)
#error "Init Lab needs a compiler with GNU vector extensions: g++ 12 or newer, clang 14 or newer, or Emscripten"
#endif

#include <cmath>
#include <concepts>
#include <cstdint>
#include <cstring>

namespace init_lab {

using F64x2 = double __attribute__((vector_size(16)));
using F32x4 = float __attribute__((vector_size(16)));
using U64x2 = std::uint64_t __attribute__((vector_size(16)));
using U32x4 = std::uint32_t __attribute__((vector_size(16)));

/// The vector type of a scalar type: `Lanes<double>::V` holds `Lanes<double>::kCount` doubles.
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

/// The same value in every lane. (`x - V{}` is one instruction; clang 14 fills lane by lane through
/// memory.)
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

/// The larger of `x` and `low` (the smaller of `x` and `high`); NaN if `x` is NaN. WebAssembly has
/// an instruction for it, but clang 14 compiles the comparison to another one, which V8 expands to
/// eight.
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

/// `x` in the lanes where a comparison of two vectors `holds`, +0 in the others. (V8 compiles
/// `holds ? x : V{}` to twice the instructions.)
template <LaneVector V, class Comparison>
inline V where(Comparison holds, V x) noexcept {
#if defined(__wasm_simd128__) && __clang_major__ < 19
  // Keeps clang from turning the AND into a selection. LLVM 19 and 20 crash on vectors in inline
  // assembly (https://github.com/llvm/llvm-project/pull/146574), and do not need it.
  asm("" : "+r"(holds));
#endif
  return reinterpret_cast<V>(holds & reinterpret_cast<Comparison>(x));
}

/// The square root in each lane, rounded correctly.
inline F64x2 square_root(F64x2 x) noexcept {
#ifdef __wasm_simd128__
  return __builtin_wasm_sqrt_f64x2(x);
#else
  return F64x2{std::sqrt(x[0]), std::sqrt(x[1])};
#endif
}
inline F32x4 square_root(F32x4 x) noexcept {
#ifdef __wasm_simd128__
  return __builtin_wasm_sqrt_f32x4(x);
#else
  return F32x4{std::sqrt(x[0]), std::sqrt(x[1]), std::sqrt(x[2]), std::sqrt(x[3])};
#endif
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

/// The sum of each vector's lanes, for as many vectors as they have lanes, always in the same
/// order.
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
