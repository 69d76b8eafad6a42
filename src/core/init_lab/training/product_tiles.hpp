// The kernel's matrix products, done in tiles of two rows by one group of examples.
//
// A tile has eight accumulators, which with their operands fill the 16 vector registers. Every sum
// runs over its terms in ascending order, whatever the tiling, so tiling changes no bit of a
// result.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

#include "init_lab/network/activation_functions.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/training/alive_units.hpp"
#include "init_lab/training/packed_examples.hpp"

namespace init_lab::kernel {

/// Inputs that a product reads at a time: 128 rows of a group are 8 KiB.
inline constexpr std::size_t kInputChunk = 128;

/// The rows of a layer (or of the inputs) for consecutive groups.
template <class T>
struct Rows {
  T* first;                  ///< row 0 of group 0
  std::ptrdiff_t per_group;  ///< distance between groups, in Ts
  [[nodiscard]] T* group(int g) const noexcept { return first + g * per_group; }
};

/// Indices of units or inputs as byte offsets (index * sizeof(T)), in ascending order. With them
/// the inner loops need no multiplication.
using ByteOffsets = std::span<const int>;

/// Returns the element at `times` the byte offset from `first`. `times` is kGroup for a row of a
/// group, and Lanes::kCount for the vector of sums of a weight's gradient.
template <class T>
inline T* behind(T* first, int byte_offset, std::ptrdiff_t times = 1) noexcept {
  using Byte = std::conditional_t<std::is_const_v<T>, const char, char>;
  return reinterpret_cast<T*>(reinterpret_cast<Byte*>(first) + byte_offset * times);
}

/// For each of two vectors: all bits set if every lane holds +0, else none.
template <class V>
inline U64x2 all_zero(V first, V second) noexcept {
  const auto a = reinterpret_cast<U64x2>(first);
  const auto b = reinterpret_cast<U64x2>(second);
  const U64x2 any = __builtin_shufflevector(a, b, 0, 2) | __builtin_shufflevector(a, b, 1, 3);
  return reinterpret_cast<U64x2>(any == U64x2{});
}

template <class V>
inline V bitwise_or(V a, V b) noexcept {
  using Bits = typename Lanes<typename ScalarOf<V>::T>::Bits;
  return reinterpret_cast<V>(reinterpret_cast<Bits>(a) | reinterpret_cast<Bits>(b));
}

// --- Starts of a sum: what its first product is added to -----------------------------------------

template <class T>
struct FromBiases {
  const T* biases;
  template <class V>
  V operator()(int row, const T*, V product) const noexcept {
    return splat<V>(biases[row]) + product;
  }
};
struct FromZero {
  template <class V>
  V operator()(int, const typename ScalarOf<V>::T*, V product) const noexcept {
    return product;
  }
};
struct FromTarget {
  template <class V>
  V operator()(int, const typename ScalarOf<V>::T* target, V product) const noexcept {
    return load<V>(target) + product;
  }
};

// --- Finishes of a sum before it is stored -------------------------------------------------------
//
// `finish(sum, row, offset)` gets the row and the offset at which the sum is stored.

struct Keep {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*, std::ptrdiff_t) const noexcept {
    return sum;
  }
};

/// ReLU that also detects changes of the alive-unit list. `done` receives two rows at a time (an
/// odd last row is paired with a zero row) and compares their nonzero masks with the list.
struct Rectify {
  AliveUnits::Mark* silent;  ///< marks of the current list; replaced by those found
  U64x2 changed{};
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*, std::ptrdiff_t) const noexcept {
    return activated(Function<Activation::relu>{}, sum).value;
  }
  template <class V>
  void done(int unit, V first, V second) noexcept {
    U64x2 listed;
    std::memcpy(&listed, silent + unit, sizeof listed);
    const U64x2 found = all_zero(first, second);
    std::memcpy(silent + unit, &found, sizeof found);
    changed |= found ^ listed;
  }
};

/// From dJ/da to dJ/dz of a ReLU. The row holds its activation.
struct Gate {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* row, std::ptrdiff_t offset) const noexcept {
    return where(load<V>(row + offset) > V{}, sum);
  }
};

/// From dJ/da to dJ/dz of any activation, with its derivatives at this distance from the row.
struct Scale {
  std::ptrdiff_t to_derivatives;
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* row, std::ptrdiff_t offset) const noexcept {
    return sum * load<V>(row + to_derivatives + offset);
  }
};

/// From dJ/da to dJ/dz of an activation whose derivative follows from its value, which the row
/// holds.
template <class Function>
struct Slope {
  Function function;
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* row, std::ptrdiff_t offset) const noexcept {
    return sum * function.derivative(load<V>(row + offset));
  }
};

/// Finishes and stores a row of a group whose vectors are `sum(v)`. Returns the OR of their bits.
template <class T, class Sum, class Finish>
[[gnu::always_inline]] inline typename Lanes<T>::V finish_row(T* row, Sum sum, const Finish& finish) noexcept {
  typename Lanes<T>::V bits{};
  for (int v = 0; v < kGroupVectors; ++v) {
    const auto value = finish(sum(v), row, v * Lanes<T>::kCount);
    store(row + v * Lanes<T>::kCount, value);
    bits = bitwise_or(bits, value);
  }
  return bits;
}

/// Passes the OR of two rows' bits to `finish.done`, if it has one.
template <class V, class Finish>
[[gnu::always_inline]] inline void report(Finish& finish, int row, V first, V second) noexcept {
  if constexpr (requires { finish.done(row, first, second); }) finish.done(row, first, second);
}

/// Finishes all rows of a group in pairs: `finish_one(row)` finishes one row and returns the OR of
/// its bits.
template <class T, class FinishOne, class Finish>
[[gnu::always_inline]] inline void finish_in_pairs(int rows, FinishOne finish_one, Finish& finish) noexcept {
  for (int row = 0; row < rows; row += 2) {
    const auto first = finish_one(row);
    report(finish, row, first, row + 1 < rows ? finish_one(row + 1) : typename Lanes<T>::V{});
  }
}

/// Adds the rows of a skip connection. A separate pass, so that plain products have no code for it.
template <class T>
[[gnu::noinline]] void add_rows(Rows<T> target, Rows<const T> addend, int rows, int groups) noexcept {
  using V = typename Lanes<T>::V;
  for (int g = 0; g < groups; ++g)
    for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(rows) * kGroup<T>; i += Lanes<T>::kCount)
      store(target.group(g) + i, load<V>(target.group(g) + i) + load<V>(addend.group(g) + i));
}

/// Computes `Count` rows of target = finish(start + W source) for one group, summed over the source
/// rows `inputs` (at least one). The weights of row r begin at `weights[r]` and lie `stride` apart.
/// Row r is stored at `out[r]`.
template <std::size_t Count, class T, class Stride, class Start, class Finish>
[[gnu::always_inline]] inline void product_tile(const T* const (&weights)[Count], Stride stride, ByteOffsets inputs,
                                                const T* source, T* const (&out)[Count], int row, Start start,
                                                Finish& finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  const int* input = inputs.data();
  const int* const end = input + inputs.size();
  V broadcast[Count];
  V sum[Count][kGroupVectors];
  const auto accumulate = [&](auto add) {
    for (std::size_t r = 0; r < Count; ++r) broadcast[r] = splat<V>(*behind(weights[r], *input, stride));
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = load<V>(behind(source, *input, kGroup<T>) + v * kLanes);
      for (std::size_t r = 0; r < Count; ++r) add(r, v, broadcast[r] * x);
    }
  };
  accumulate([&](std::size_t r, int v, V product) {
    sum[r][v] = start(row + static_cast<int>(r), out[r] + v * kLanes, product);
  });
  while (++input != end) accumulate([&](std::size_t r, int v, V product) { sum[r][v] += product; });
  V bits[2] = {};
  for (std::size_t r = 0; r < Count; ++r)
    bits[r] = finish_row(
        out[r], [&](int v) { return sum[r][v]; }, finish);
  report(finish, row, bits[0], bits[1]);
}

/// Computes all rows of target = finish(start + W source) for one group. W is stored row by row,
/// with `width` weights each.
template <class T, class Start, class Finish>
[[gnu::always_inline]] inline void product(const T* w, std::ptrdiff_t width, int rows, ByteOffsets inputs,
                                           const T* source, T* target, Start start, Finish& finish) noexcept {
  constexpr std::integral_constant<std::ptrdiff_t, 1> kAdjacent;
  int row = 0;
  for (; row + 2 <= rows; row += 2, w += 2 * width, target += 2 * kGroup<T>)
    product_tile<2>({w, w + width}, kAdjacent, inputs, source, {target, target + kGroup<T>}, row, start, finish);
  if (row < rows) product_tile<1>({w}, kAdjacent, inputs, source, {target}, row, start, finish);
}

/// Computes all rows of target = biases + W source for one group, one chunk of inputs after the
/// other. Not inlined, because its registers would be missing in the loops over narrow layers.
template <class T>
[[gnu::noinline]] void chunked_product(const T* w, std::ptrdiff_t width, const T* biases, int rows, ByteOffsets inputs,
                                       const T* source, T* target) noexcept {
  for (int row = 0; row < rows; ++row) std::fill_n(target + row * kGroup<T>, kGroup<T>, biases[row]);
  Keep keep;
  for (std::size_t done = 0; done < inputs.size(); done += kInputChunk)
    product(w, width, rows, inputs.subspan(done, std::min(kInputChunk, inputs.size() - done)), source, target,
            FromTarget{}, keep);
}

/// Computes the rows `rows` of target = finish(W^T source) for one group, with W as above.
template <class T, class Finish>
[[gnu::always_inline]] inline void transposed_product(const T* w, std::ptrdiff_t width, ByteOffsets rows,
                                                      ByteOffsets inputs, const T* source, T* target,
                                                      Finish finish) noexcept {
  const auto out = [&](int row) { return behind(target, row, kGroup<T>); };
  for (; rows.size() >= 2; rows = rows.subspan(2))
    product_tile<2>({behind(w, rows[0]), behind(w, rows[1])}, width, inputs, source, {out(rows[0]), out(rows[1])}, 0,
                    FromZero{}, finish);
  if (!rows.empty())
    product_tile<1>({behind(w, rows[0])}, width, inputs, source, {out(rows[0])}, 0, FromZero{}, finish);
}

/// Computes a first layer with so few inputs that those of a group stay in registers, for one
/// group.
template <int Inputs, class T, class Finish>
[[gnu::always_inline]] inline void narrow_product(const T* w, const T* biases, int rows, const T* source, T* target,
                                                  Finish& finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V inputs[Inputs][kGroupVectors];
  for (int i = 0; i < Inputs; ++i)
    for (int v = 0; v < kGroupVectors; ++v) inputs[i][v] = load<V>(source + i * kGroup<T> + v * kLanes);
  finish_in_pairs<T>(
      rows,
      [&](int row) {
        const V bias = splat<V>(biases[row]);
        V weight[Inputs];
        for (int i = 0; i < Inputs; ++i) weight[i] = splat<V>(w[row * Inputs + i]);
        return finish_row(
            target + row * kGroup<T>,
            [&](int v) {
              V sum = bias;
              for (int i = 0; i < Inputs; ++i) sum += weight[i] * inputs[i][v];
              return sum;
            },
            finish);
      },
      finish);
}

}  // namespace init_lab::kernel
