#include "init_lab/training/kernel.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <type_traits>

#include "init_lab/network/activation_functions.hpp"

namespace init_lab {

namespace {

/// Inputs that a product reads at a time: 128 rows of a group are 8 KiB.
constexpr std::size_t kInputChunk = 128;
/// What the activations of a block may take: with examples and weights they fill a first-level cache of 48 KiB.
/// (Smaller ones read the weights more often: 24 KiB measured up to 10 % slower.)
constexpr int kBlockBytes = 40 * 1024;
/// Inputs of a first layer that stay in registers: the coordinates of the plane, in which the lab trains.
constexpr int kFewInputs = 2;

/// Of each of two vectors: all bits if it holds none in any lane, else none.
template <class V>
inline U64x2 no_bit(V a_, V b_) noexcept {
  const auto a = reinterpret_cast<U64x2>(a_);
  const auto b = reinterpret_cast<U64x2>(b_);
  const U64x2 any = __builtin_shufflevector(a, b, 0, 2) | __builtin_shufflevector(a, b, 1, 3);
  return reinterpret_cast<U64x2>(any == U64x2{});
}

template <class V>
inline V with_bits(V a, V b) noexcept {
  using Bits = typename Lanes<typename ScalarOf<V>::T>::Bits;
  return reinterpret_cast<V>(reinterpret_cast<Bits>(a) | reinterpret_cast<Bits>(b));
}

/// What the first product of a sum is added to: the bias of its row, nothing, or what the target holds.
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

/// What becomes of an accumulated sum before it is stored.
struct Keep {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*, std::ptrdiff_t) const noexcept {
    return sum;
  }
};
/// ReLU, which sees whether other units are alive than those that are listed: `done` hears of each two rows (a silent
/// one goes with an odd last one) the bits that they hold in any lane.
struct Rectify {
  AliveUnits::Mark* silent;  ///< as listed; then as seen
  U64x2 changed{};
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*, std::ptrdiff_t) const noexcept {
    return activated(Function<Activation::relu>{}, sum).value;
  }
  template <class V>
  void done(int unit, V first, V second) noexcept {
    U64x2 listed;
    std::memcpy(&listed, silent + unit, sizeof listed);
    const U64x2 seen = no_bit(first, second);
    std::memcpy(silent + unit, &seen, sizeof seen);
    changed |= seen ^ listed;
  }
};
/// dJ/da to dJ/dz of a ReLU, whose activation the target holds.
struct Gate {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* target, std::ptrdiff_t offset) const noexcept {
    return where(load<V>(target + offset) > V{}, sum);
  }
};
/// dJ/da to dJ/dz of any other activation, whose derivatives lie at this distance from the target.
struct Scale {
  std::ptrdiff_t to_derivatives;
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* target, std::ptrdiff_t offset) const noexcept {
    return sum * load<V>(target + to_derivatives + offset);
  }
};

/// The same, for an activation that gives its derivative, from the activation that the target holds.
template <class Function>
struct Slope {
  Function function;
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* target, std::ptrdiff_t offset) const noexcept {
    return sum * function.derivative(load<V>(target + offset));
  }
};

/// The rows of a layer (or of the inputs) for the groups of a block: group g lies at `at + g * stride`.
template <class T>
struct Rows {
  T* at;
  std::ptrdiff_t stride;
};

/// Units or inputs, each as its distance from the first one in a row of weights, in bytes: all other distances are
/// multiples, and the compiler need not make them of a number in the innermost loops.
using Places = std::span<const int>;
template <class T>
constexpr int kStep = sizeof(T);

/// What lies `times` as far behind `first`: a row of a group kGroup times, the sums of a weight's gradient kCount
/// times.
template <class T>
inline T* at(T* first, int place, std::ptrdiff_t times = 1) noexcept {
  using Byte = std::conditional_t<std::is_const_v<T>, const char, char>;
  return reinterpret_cast<T*>(reinterpret_cast<Byte*>(first) + place * times);
}

/// Finishes and stores a row of a group, of which `sum(v)` gives the vectors. Gives the bits that it holds in any lane.
template <class T, class Sum, class Finish>
[[gnu::always_inline]] inline typename Lanes<T>::V finish_row(T* row, Sum sum, const Finish& finish) noexcept {
  typename Lanes<T>::V bits{};
  for (int v = 0; v < kGroupVectors; ++v) {
    const auto value = finish(sum(v), row, v * Lanes<T>::kCount);
    store(row + v * Lanes<T>::kCount, value);
    bits = with_bits(bits, value);
  }
  return bits;
}

/// Lets `finish` hear of the bits that two rows hold, if it cares.
template <class V, class Finish>
[[gnu::always_inline]] inline void tell(Finish& finish, int row, V first, V second) noexcept {
  if constexpr (requires { finish.done(row, first, second); }) finish.done(row, first, second);
}

/// All rows of a group, two by two: `finished(row)` does one and gives its bits.
template <class T, class Finished, class Finish>
[[gnu::always_inline]] inline void by_two(int rows, Finished finished, Finish& finish) noexcept {
  for (int row = 0; row < rows; row += 2) {
    const auto first = finished(row);
    tell(finish, row, first, row + 1 < rows ? finished(row + 1) : typename Lanes<T>::V{});
  }
}

/// `Count` rows of target = finish(start + W source) for one group; of the source only the rows `inputs` count, of
/// which there is at least one. Of row r the weights begin at `weights[r]`, each `stride` behind the one before, and
/// the target at `out[r]`.
template <std::size_t Count, class T, class Stride, class Start, class Finish>
[[gnu::always_inline]] inline void product_tile(const T* const (&weights)[Count], Stride stride, Places inputs,
                                                const T* source, T* const (&out)[Count], int row, Start start,
                                                Finish& finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  const int* input = inputs.data();
  const int* const end = input + inputs.size();
  V broadcast[Count];
  V sum[Count][kGroupVectors];
  const auto with = [&](auto add) {
    for (std::size_t r = 0; r < Count; ++r) broadcast[r] = splat<V>(*at(weights[r], *input, stride));
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = load<V>(at(source, *input, kGroup<T>) + v * kLanes);
      for (std::size_t r = 0; r < Count; ++r) add(r, v, broadcast[r] * x);
    }
  };
  with([&](std::size_t r, int v, V product) {
    sum[r][v] = start(row + static_cast<int>(r), out[r] + v * kLanes, product);
  });
  while (++input != end) with([&](std::size_t r, int v, V product) { sum[r][v] += product; });
  V bits[2] = {};
  for (std::size_t r = 0; r < Count; ++r)
    bits[r] = finish_row(
        out[r], [&](int v) { return sum[r][v]; }, finish);
  tell(finish, row, bits[0], bits[1]);
}

/// All rows of target = finish(start + W source) for one group. W is stored row by row, of `width` weights each.
template <class T, class Start, class Finish>
[[gnu::always_inline]] inline void product(const T* w, std::ptrdiff_t width, int rows, Places inputs, const T* source,
                                           T* target, Start start, Finish& finish) noexcept {
  constexpr std::integral_constant<std::ptrdiff_t, 1> kBeside;
  int row = 0;
  for (; row + 2 <= rows; row += 2, w += 2 * width, target += 2 * kGroup<T>)
    product_tile<2>({w, w + width}, kBeside, inputs, source, {target, target + kGroup<T>}, row, start, finish);
  if (row < rows) product_tile<1>({w}, kBeside, inputs, source, {target}, row, start, finish);
}

/// All rows of target = biases + W source for one group, chunk by chunk of the inputs. Not inlined, as what is seldom
/// wide would take registers from what is always narrow.
template <class T>
[[gnu::noinline]] void wide_product(const T* w, std::ptrdiff_t width, const T* biases, int rows, Places inputs,
                                    const T* source, T* target) noexcept {
  for (int row = 0; row < rows; ++row) std::fill_n(target + row * kGroup<T>, kGroup<T>, biases[row]);
  Keep keep;
  for (std::size_t done = 0; done < inputs.size(); done += kInputChunk)
    product(w, width, rows, inputs.subspan(done, std::min(kInputChunk, inputs.size() - done)), source, target,
            FromTarget{}, keep);
}

/// The rows `rows` of target = finish(W^T source) for one group, W as above.
template <class T, class Finish>
void transposed_product(const T* w, std::ptrdiff_t width, Places rows, Places inputs, const T* source, T* target,
                        Finish finish) noexcept {
  const auto out = [&](int row) { return at(target, row, kGroup<T>); };
  for (; rows.size() >= 2; rows = rows.subspan(2))
    product_tile<2>({at(w, rows[0]), at(w, rows[1])}, width, inputs, source, {out(rows[0]), out(rows[1])}, 0,
                    FromZero{}, finish);
  if (!rows.empty()) product_tile<1>({at(w, rows[0])}, width, inputs, source, {out(rows[0])}, 0, FromZero{}, finish);
}

/// The first layer for one group where the inputs are few: they stay in registers.
template <int Inputs, class T, class Finish>
void narrow_product(const T* w, const T* biases, int rows, const T* source, T* target, Finish& finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V inputs[Inputs][kGroupVectors];
  for (int i = 0; i < Inputs; ++i)
    for (int v = 0; v < kGroupVectors; ++v) inputs[i][v] = load<V>(source + i * kGroup<T> + v * kLanes);
  by_two<T>(
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

/// Sums a vector up in memory.
template <class V>
inline void add(typename ScalarOf<V>::T* sum, V addend) noexcept {
  store(sum, load<V>(sum) + addend);
}

/// The output layer's gradient and its delta, back to the units below that are alive, in one pass.
template <class T, class Finish>
void back_from_output(const Layer& layer, const T* parameters, const AliveUnits& alive, Rows<const T> delta,
                      Rows<T> target, int groups, T* sums, Finish finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  const T* const weights = parameters + layer.weights;
  T* const weight_sums = sums + layer.weights * kLanes;
  for (int g = 0; g < groups; ++g, delta.at += delta.stride, target.at += target.stride) {
    V d[kGroupVectors];
    for (int v = 0; v < kGroupVectors; ++v) d[v] = load<V>(delta.at + v * kLanes);
    add(sums + layer.biases * kLanes, (d[0] + d[1]) + (d[2] + d[3]));
    for (const int unit : alive.units_in(g)) {
      const V weight = splat<V>(*at(weights, unit));
      T* const a = at(target.at, unit, kGroup<T>);
      V sum{};
      for (int v = 0; v < kGroupVectors; ++v) {
        const V product = d[v] * load<V>(a + v * kLanes);
        sum = v == 0 ? product : sum + product;
        store(a + v * kLanes, finish(weight * d[v], a, v * kLanes));
      }
      add(at(weight_sums, unit, kLanes), sum);
    }
  }
}

/// What a group adds to the gradient of `Count` units' weights of these `inputs`, delta a^T, and to that of their
/// biases if there are any. Of the sums, a vector for each weight, the units' lie `stride` vectors apart.
template <std::size_t Count, class T>
inline void outer_tile(const int* units, Places inputs, const T* delta, const T* source, T* sums, std::ptrdiff_t stride,
                       T* biases) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V factor[Count][kGroupVectors];
  T* row[Count];
  for (std::size_t r = 0; r < Count; ++r) {
    for (int v = 0; v < kGroupVectors; ++v) factor[r][v] = load<V>(at(delta, units[r], kGroup<T>) + v * kLanes);
    row[r] = at(sums, units[r], stride * kLanes);
    if (biases) add(at(biases, units[r], kLanes), (factor[r][0] + factor[r][1]) + (factor[r][2] + factor[r][3]));
  }
  for (const int input : inputs) {
    const T* const a = at(source, input, kGroup<T>);
    V sum[Count];
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = load<V>(a + v * kLanes);
      for (std::size_t r = 0; r < Count; ++r) sum[r] = v == 0 ? factor[r][v] * x : sum[r] + factor[r][v] * x;
    }
    for (std::size_t r = 0; r < Count; ++r) add(at(row[r], input, kLanes), sum[r]);
  }
}

/// The gradient of a layer, of which the units `units_in(group)` and the inputs `inputs_in(group)` count. All groups do
/// a chunk of inputs before the next one, so that its sums stay in the cache.
template <class T, class UnitsIn, class InputsIn>
void layer_gradient(const Layer& layer, UnitsIn units_in, InputsIn inputs_in, Rows<const T> delta, Rows<const T> source,
                    int groups, T* sums) noexcept {
  T* const weights = sums + layer.weights * Lanes<T>::kCount;
  T* const biases = sums + layer.biases * Lanes<T>::kCount;
  for (std::size_t chunk = 0; chunk < static_cast<std::size_t>(layer.in); chunk += kInputChunk)
    for (int g = 0; g < groups; ++g) {
      const Places all = inputs_in(g);
      // Units may be alive by their biases alone: the first chunk is done where it is empty, too.
      if (chunk > 0 && all.size() <= chunk) continue;
      const Places inputs = all.subspan(chunk, std::min(kInputChunk, all.size() - chunk));
      const Places units = units_in(g);
      const T* const d = delta.at + g * delta.stride;
      const T* const a = source.at + g * source.stride;
      const int* unit = units.data();
      const int* const end = unit + units.size();
      T* const b = chunk == 0 ? biases : nullptr;
      for (; end - unit >= 2; unit += 2) outer_tile<2>(unit, inputs, d, a, weights, layer.in, b);
      if (unit != end) outer_tile<1>(unit, inputs, d, a, weights, layer.in, b);
    }
}

/// The gradient of the first layer where the inputs are few: those of a group stay in registers.
template <int Inputs, class T>
void narrow_gradient(const AliveUnits& alive, const Layer& layer, Rows<const T> delta, Rows<const T> source, int groups,
                     T* sums) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  T* const biases = sums + layer.biases * kLanes;
  for (int g = 0; g < groups; ++g, delta.at += delta.stride, source.at += source.stride) {
    V inputs[Inputs][kGroupVectors];
    for (int i = 0; i < Inputs; ++i)
      for (int v = 0; v < kGroupVectors; ++v) inputs[i][v] = load<V>(source.at + i * kGroup<T> + v * kLanes);
    for (const int unit : alive.units_in(g)) {
      const T* const d = at(delta.at, unit, kGroup<T>);
      T* const target = at(sums, unit, Inputs * kLanes);
      T* const bias = at(biases, unit, kLanes);
      V total = load<V>(d);
      V sum[Inputs];
      for (int i = 0; i < Inputs; ++i) sum[i] = total * inputs[i][0];
      for (int v = 1; v < kGroupVectors; ++v) {
        const V factor = load<V>(d + v * kLanes);
        for (int i = 0; i < Inputs; ++i) sum[i] += factor * inputs[i][v];
        total += factor;
      }
      for (int i = 0; i < Inputs; ++i) add(target + i * kLanes, sum[i]);
      add(bias, total);
    }
  }
}

/// a = phi(z) in place of z, and phi'(z) at `to_derivatives` behind it where a alone does not give it.
template <class T>
void activate(const Layer& layer, Rows<T> a, std::ptrdiff_t to_derivatives, int groups) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  with_function(layer.activation, layer.parameter, [=, units = layer.out](auto function) {
    for (int unit = 0; unit < units; ++unit) {
      T* at = a.at + static_cast<std::ptrdiff_t>(unit) * kGroup<T>;
      for (int g = 0; g < groups; ++g, at += a.stride) {
        V z[kGroupVectors];
        for (int v = 0; v < kGroupVectors; ++v) z[v] = load<V>(at + v * kLanes);
        // All are loaded before one is stored, or clang does one after the other and each waits for itself.
        asm volatile("" ::: "memory");
        if constexpr (decltype(function)::kFromOutput) {
          function.apply(z);
        } else {
          V slopes[kGroupVectors];
          function.apply(z, slopes);
          for (int v = 0; v < kGroupVectors; ++v) store(at + v * kLanes + to_derivatives, slopes[v]);
        }
        for (int v = 0; v < kGroupVectors; ++v) store(at + v * kLanes, z[v]);
      }
    }
  });
}

/// phi'(z) in place of a, for activations whose a gives it.
template <class T>
void differentiate(const Layer& layer, Rows<T> a, int groups) noexcept {
  using V = typename Lanes<T>::V;
  with_function(layer.activation, layer.parameter, [&](auto function) {
    if constexpr (decltype(function)::kFromOutput)
      for (int g = 0; g < groups; ++g, a.at += a.stride)
        for (int i = 0; i < layer.out * kGroup<T>; i += Lanes<T>::kCount)
          store(a.at + i, function.derivative(load<V>(a.at + i)));
  });
}

}  // namespace

template <class T>
Kernel<T>::Kernel(const Network& network) : network_(network) {
  std::ptrdiff_t size = 0;
  for (const Layer& layer : network_.layers) {
    const std::ptrdiff_t panel = static_cast<std::ptrdiff_t>(layer.out) * kGroup<T>;
    const bool keeps_derivatives = with_function(layer.activation, layer.parameter,
                                                 [](auto function) { return !decltype(function)::kFromOutput; });
    panels_.push_back({size, keeps_derivatives ? panel : 0});
    size += (keeps_derivatives ? 2 : 1) * panel;
  }
  group_size_ = size;
  const auto bytes = static_cast<int>(std::max<std::ptrdiff_t>(size, 1) * static_cast<std::ptrdiff_t>(sizeof(T)));
  block_groups_ = std::max(kBlockBytes / bytes, 1);
  alive_ = AliveUnitsOfBlocks(network_, block_groups_, kStep<T>);
  workspace_.resize(static_cast<std::size_t>(size * block_groups_));
  // As many more as a whole vector of parameters may lack.
  sums_.resize((network_.parameters + Lanes<T>::kCount) * Lanes<T>::kCount);
  for (int input = 0; input < network_.layers.front().in; ++input) every_.push_back(input * kStep<T>);
}

template <class T>
void Kernel<T>::forward_block(const T* parameters, const PackedExamples<T>& examples, int first_group, int groups,
                              int last_layer, AliveUnits* alive_units) noexcept {
  using V = typename Lanes<T>::V;
  Rows<const T> source{examples.group(first_group), examples.stride()};
  for (int l = 0; l <= last_layer; ++l) {
    const auto depth = static_cast<std::size_t>(l);
    const Layer& layer = network_.layers[depth];
    const Panel& panel = panels_[depth];
    AliveUnits& alive = alive_units[depth];
    const Rows<T> a{workspace_.data() + panel.at, group_size_};
    const T* const w = parameters + layer.weights;
    const T* const biases = parameters + layer.biases;
    const bool relu = layer.activation == Activation::relu;
    for (int g = 0; g < groups; ++g) {
      const T* const x = source.at + g * source.stride;
      T* const z = a.at + g * a.stride;
      const Places inputs = l == 0 ? Places(every_) : alive_units[depth - 1].units_in(g);
      const auto forward = [&](auto finish) {
        if (l == 0 && layer.in == kFewInputs) {
          narrow_product<kFewInputs>(w, biases, layer.out, x, z, finish);
        } else if (inputs.size() <= kInputChunk) {
          product(w, layer.in, layer.out, inputs, x, z, FromBiases<T>{biases}, finish);
        } else {
          wide_product(w, layer.in, biases, layer.out, inputs, x, z);
          by_two<T>(
              layer.out,
              [&](int row) {
                T* const sums = z + row * kGroup<T>;
                return finish_row(
                    sums, [sums](int v) { return load<V>(sums + v * Lanes<T>::kCount); }, finish);
              },
              finish);
        }
        return finish;
      };
      if (!relu)
        forward(Keep{});
      else if (any_bit(forward(Rectify{alive.silent_in(g)}).changed))
        alive.list(g);
    }
    if (!relu) activate(layer, a, panel.to_derivatives, groups);
    source = {a.at, a.stride};
  }
}

template <class T>
void Kernel<T>::backward_block(const T* parameters, const PackedExamples<T>& examples, int first_group, int groups,
                               int padding, const AliveUnits* alive_units) noexcept {
  using V = typename Lanes<T>::V;
  T* output = workspace_.data() + panels_.back().at;
  const T* labels = examples.labels(first_group);
  for (int g = 0; g < groups; ++g, output += group_size_, labels += kGroup<T>)
    for (int i = 0; i < kGroup<T>; i += Lanes<T>::kCount) {
      const V a = load<V>(output + i);
      const V difference = a - load<V>(labels + i);
      // With cross-entropy the derivatives of cost and sigmoid cancel to a - y, as the course has it.
      store(output + i,
            network_.output == Output::sigmoid ? difference : difference * Function<Activation::tanh>{}.derivative(a));
    }
  std::fill(output - group_size_ + kGroup<T> - padding, output - group_size_ + kGroup<T>, T{0});

  for (std::size_t l = network_.layers.size() - 1; l > 0; --l) {
    const Layer& layer = network_.layers[l];
    const Activation activation = network_.layers[l - 1].activation;
    const AliveUnits& alive = alive_units[l - 1];
    const Panel& below = panels_[l - 1];
    const Rows<const T> delta{workspace_.data() + panels_[l].at, group_size_};
    const Rows<T> target{workspace_.data() + below.at, group_size_};
    const bool is_output = l == network_.layers.size() - 1;
    // Below the output of most networks stands one of these two; the others are not worth the bytes.
    if (is_output && activation == Activation::relu) {
      back_from_output(layer, parameters, alive, delta, target, groups, sums_.data(), Gate{});
      continue;
    }
    if (is_output && activation == Activation::tanh) {
      back_from_output(layer, parameters, alive, delta, target, groups, sums_.data(),
                       Slope<Function<Activation::tanh>>{{}});
      continue;
    }
    layer_gradient<T>(
        layer, [&](int g) { return alive_units[l].units_in(g); }, [&](int g) { return alive.units_in(g); }, delta,
        {target.at, target.stride}, groups, sums_.data());
    const auto back = [&](auto finish) {
      for (int g = 0; g < groups; ++g)
        transposed_product(parameters + layer.weights, layer.in, alive.units_in(g), alive_units[l].units_in(g),
                           delta.at + g * delta.stride, target.at + g * target.stride, finish);
    };
    if (activation == Activation::relu) {
      back(Gate{});
    } else {
      differentiate(network_.layers[l - 1], target, groups);
      back(Scale{below.to_derivatives});
    }
  }
  const Layer& first = network_.layers.front();
  const Rows<const T> delta{workspace_.data() + panels_.front().at, group_size_};
  const Rows<const T> source{examples.group(first_group), examples.stride()};
  if (first.in == kFewInputs)
    narrow_gradient<kFewInputs>(alive_units[0], first, delta, source, groups, sums_.data());
  else
    layer_gradient<T>(
        first, [&](int g) { return alive_units[0].units_in(g); }, [&](int) { return Places(every_); }, delta, source,
        groups, sums_.data());
}

template <class T>
void Kernel<T>::gradient(const T* parameters, const PackedExamples<T>& examples, const Batch& batch, T scale,
                         T* gradient) {
  using V = typename Lanes<T>::V;
  constexpr std::size_t kLanes = Lanes<T>::kCount;
  const int blocks = (batch.groups + block_groups_ - 1) / block_groups_;
  int done = 0;
  for (int b = 0; b < blocks; ++b) {
    // Even blocks: a short last one would pay a tile's fixed cost for little.
    const int groups = (batch.groups - done + blocks - b - 1) / (blocks - b);
    const int first = batch.first_group + done;
    const int padding = b == blocks - 1 ? batch.groups * kGroup<T> - batch.examples : 0;
    AliveUnits* const alive_units = alive_.of(b);
    forward_block(parameters, examples, first, groups, static_cast<int>(network_.layers.size()) - 1, alive_units);
    backward_block(parameters, examples, first, groups, padding, alive_units);
    done += groups;
  }
  // As many parameters at a time as a vector has lanes; what is read is left at zero.
  T* sum = sums_.data();
  const auto next = [&] {
    V sums[kLanes];
    for (V& each : sums) {
      each = load<V>(sum);
      store(sum, V{});
      sum += kLanes;
    }
    return sum_lanes(sums) * splat<V>(scale);
  };
  std::size_t i = 0;
  for (; i + kLanes <= network_.parameters; i += kLanes) store(gradient + i, next());
  const V last = next();
  for (std::size_t lane = 0; i < network_.parameters; ++i, ++lane) gradient[i] = last[lane];
}

template class Kernel<double>;
template class Kernel<float>;

}  // namespace init_lab
