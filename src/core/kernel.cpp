#include "core/kernel.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <type_traits>

#include "core/activation_functions.hpp"

namespace init_lab {

namespace {

/// Inputs that a product reads at a time: 128 rows of a group are 8 KiB.
constexpr std::size_t kInputChunk = 128;
/// What the activations of a block may take: with examples and weights they fill a first-level cache of 48 KiB.
/// (Smaller ones read the weights more often: 24 KiB measured up to 10 % slower.)
constexpr int kBlockBytes = 40 * 1024;

/// Inputs of a first layer that stay in registers: the coordinates of the plane, in which the lab trains.
constexpr int kFewInputs = 2;

/// Where an accumulated sum starts: at the bias of its row, at zero, or at what the target holds.
template <class T>
struct FromBiases {
  const T* biases;
  template <class V>
  V at(int row, const T*) const noexcept {
    return splat<V>(biases[row]);
  }
};
struct FromZero {
  template <class V>
  V at(int, const typename ScalarOf<V>::T*) const noexcept {
    return V{};
  }
};
struct FromTarget {
  template <class V>
  V at(int, const typename ScalarOf<V>::T* target) const noexcept {
    return load<V>(target);
  }
};

/// What becomes of an accumulated sum before it is stored. `done` then hears in which groups a row holds any bit.
struct Keep {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*, std::ptrdiff_t) const noexcept {
    return sum;
  }
  void done(int, GroupSet) const noexcept {}
};
/// ReLU, which tells where units are alive.
struct Rectify {
  GroupSet* alive;  ///< of each unit
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*, std::ptrdiff_t) const noexcept {
    return activated<Function<Activation::relu>>(sum).value;
  }
  void done(int unit, GroupSet groups) const noexcept { alive[unit] |= groups; }
};
/// dJ/da to dJ/dz of a ReLU, whose activation the target holds.
struct Gate {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* target, std::ptrdiff_t offset) const noexcept {
    return where(load<V>(target + offset) > V{}, sum);
  }
  void done(int, GroupSet) const noexcept {}
};
/// dJ/da to dJ/dz of any other activation, whose derivatives lie at this distance from the target.
struct Scale {
  std::ptrdiff_t to_derivatives;
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* target, std::ptrdiff_t offset) const noexcept {
    return sum * load<V>(target + to_derivatives + offset);
  }
  void done(int, GroupSet) const noexcept {}
};

/// The same, for an activation that gives its derivative, from the activation that the target holds.
template <class Function>
struct Slope {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T* target, std::ptrdiff_t offset) const noexcept {
    return sum * Function::derivative(load<V>(target + offset));
  }
};

template <class V>
inline V with_bits(V a, V b) noexcept {
  using Bits = typename Lanes<typename ScalarOf<V>::T>::Bits;
  return reinterpret_cast<V>(reinterpret_cast<Bits>(a) | reinterpret_cast<Bits>(b));
}

/// A matrix column by column, so that the weights of neighbouring rows lie side by side: the transposed copy of W going
/// forward, W itself (of which a row is a column of the transpose) going backward.
template <class T>
struct Weights {
  const T* at;
  std::ptrdiff_t stride;  ///< from column to column
};

/// The rows of a layer (or of the inputs) for the groups of a block: group g lies at `at + g * stride`.
template <class T>
struct Rows {
  T* at;
  std::ptrdiff_t stride;
};

using Indices = std::span<const int>;
/// The indices from `first` up to `end`: as good as a list of them.
struct Range {
  int first, end;
  [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(end - first); }
  int operator[](std::size_t i) const noexcept { return first + static_cast<int>(i); }
  [[nodiscard]] Range subspan(std::size_t count) const noexcept { return {first + static_cast<int>(count), end}; }
};

/// `Count` of the rows of target = finish(start + W source) for one group; of the source only the rows `inputs` count.
template <std::size_t Count, class T, class Start, class RowIndices, class Finish>
inline void product_tile(Weights<T> w, Start start, RowIndices rows, Indices inputs, int group, const T* source,
                         T* target, Finish finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  T* out[Count];
  const T* column[Count];
  V sum[Count][kGroupVectors];
  for (std::size_t r = 0; r < Count; ++r) {
    out[r] = target + static_cast<std::ptrdiff_t>(rows[r]) * kGroup<T>;
    column[r] = w.at + rows[r];
    for (int v = 0; v < kGroupVectors; ++v) sum[r][v] = start.template at<V>(rows[r], out[r] + v * kLanes);
  }
  const int* input = inputs.data();
  const int* const end = input + inputs.size();
  if constexpr (std::is_same_v<Start, FromZero>) {
    // The first product needs no sum.
    if (input != end) {
      V broadcast[Count];
      for (std::size_t r = 0; r < Count; ++r) broadcast[r] = splat<V>(column[r][*input * w.stride]);
      for (int v = 0; v < kGroupVectors; ++v) {
        const V x = load<V>(source + static_cast<std::ptrdiff_t>(*input) * kGroup<T> + v * kLanes);
        for (std::size_t r = 0; r < Count; ++r) sum[r][v] = broadcast[r] * x;
      }
      ++input;
    }
  }
  for (; input != end; ++input) {
    V broadcast[Count];
    for (std::size_t r = 0; r < Count; ++r) broadcast[r] = splat<V>(column[r][*input * w.stride]);
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = load<V>(source + static_cast<std::ptrdiff_t>(*input) * kGroup<T> + v * kLanes);
      for (std::size_t r = 0; r < Count; ++r) sum[r][v] += broadcast[r] * x;
    }
  }
  for (std::size_t r = 0; r < Count; ++r) {
    V bits{};
    for (int v = 0; v < kGroupVectors; ++v) {
      const V value = finish(sum[r][v], out[r], v * kLanes);
      store(out[r] + v * kLanes, value);
      bits = with_bits(bits, value);
    }
    finish.done(rows[r], GroupSet::of(group, any_bit(bits)));
  }
}

template <class T, class Start, class RowIndices, class Finish>
void product(Weights<T> w, Start start, RowIndices rows, Indices inputs, int group, const T* source, T* target,
             Finish finish) noexcept {
  for (; rows.size() >= 2; rows = rows.subspan(2))
    product_tile<2>(w, start, rows, inputs, group, source, target, finish);
  if (rows.size() != 0) product_tile<1>(w, start, rows, inputs, group, source, target, finish);
}

/// Rows [row, row + Count) of the first layer where the inputs are few, over all groups: the weights stay in registers.
template <int Inputs, int Count, class T, class Finish>
inline void narrow_tile(Weights<T> w, const T* biases, int row, Rows<const T> source, Rows<T> target, int groups,
                        Finish finish) noexcept {
  using V = typename Lanes<T>::V;
  V weight[Count][Inputs];
  V bias[Count];
  for (int r = 0; r < Count; ++r) {
    bias[r] = splat<V>(biases[row + r]);
    for (int i = 0; i < Inputs; ++i) weight[r][i] = splat<V>(w.at[i * w.stride + row + r]);
  }
  const T* x = source.at;
  T* out = target.at + static_cast<std::ptrdiff_t>(row) * kGroup<T>;
  GroupSet alive[Count];
  for (int g = 0; g < groups; ++g, x += source.stride, out += target.stride) {
    V bits[Count] = {};
    for (int v = 0; v < kGroupVectors; ++v) {
      const std::ptrdiff_t lane = v * Lanes<T>::kCount;
      V inputs[Inputs];
      for (int i = 0; i < Inputs; ++i) inputs[i] = load<V>(x + i * kGroup<T> + lane);
      for (int r = 0; r < Count; ++r) {
        V sum = bias[r];
        for (int i = 0; i < Inputs; ++i) sum += weight[r][i] * inputs[i];
        const std::ptrdiff_t at = r * kGroup<T> + lane;
        const V value = finish(sum, out, at);
        store(out + at, value);
        bits[r] = with_bits(bits[r], value);
      }
    }
    for (int r = 0; r < Count; ++r) alive[r] |= GroupSet::of(g, any_bit(bits[r]));
  }
  for (int r = 0; r < Count; ++r) finish.done(row + r, alive[r]);
}

template <int Inputs, class T, class Finish>
void narrow_product(Weights<T> w, const T* biases, int rows, Rows<const T> source, Rows<T> target, int groups,
                    Finish finish) noexcept {
  int row = 0;
  for (; row + 2 <= rows; row += 2) narrow_tile<Inputs, 2>(w, biases, row, source, target, groups, finish);
  if (row < rows) narrow_tile<Inputs, 1>(w, biases, row, source, target, groups, finish);
}

/// Sums a vector up in memory.
template <class V>
inline void add(typename ScalarOf<V>::T* sum, V addend) noexcept {
  store(sum, load<V>(sum) + addend);
}

/// The sum of a row over the examples of a block.
template <class T>
typename Lanes<T>::V sum_examples(Rows<const T> row, int groups) noexcept {
  using V = typename Lanes<T>::V;
  V sum[kGroupVectors] = {};
  for (int g = 0; g < groups; ++g, row.at += row.stride)
    for (int v = 0; v < kGroupVectors; ++v) sum[v] += load<V>(row.at + v * Lanes<T>::kCount);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/// The output's delta, back through one of its weights to the unit below, in the groups where that is alive. Gives the
/// gradient of this weight, which reads what the delta replaces.
template <class T, class Finish>
inline typename Lanes<T>::V gradient_and_back(T weight_, GroupSet groups, Rows<const T> delta, Rows<T> unit,
                                              Finish finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  const V weight = splat<V>(weight_);
  V sum[kGroupVectors] = {};
  groups.for_each([&](int g) {
    const T* const d = delta.at + g * delta.stride;
    T* const a = unit.at + g * unit.stride;
    for (int v = 0; v < kGroupVectors; ++v) {
      const V difference = load<V>(d + v * kLanes);
      sum[v] += difference * load<V>(a + v * kLanes);
      store(a + v * kLanes, finish(weight * difference, a, v * kLanes));
    }
  });
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/// The output layer's gradient and its delta, back to the layer below, in one pass.
template <class T, class Finish>
void back_from_output(const Layer& layer, const T* parameters, const AliveUnits& alive, Rows<const T> delta,
                      Rows<T> target, int groups, T* sums, Finish finish) noexcept {
  constexpr int kLanes = Lanes<T>::kCount;
  const T* weight = parameters + layer.weights;
  T* sum = sums + layer.weights * kLanes;
  for (int unit = 0; unit < layer.in; ++unit, ++weight, sum += kLanes, target.at += kGroup<T>)
    add(sum, gradient_and_back(*weight, alive.groups_of(unit), delta, target, finish));
  add(sums + layer.biases * kLanes, sum_examples(delta, groups));
}

/// What a group adds to the gradient of `Count` units' weights of these `inputs`, delta a^T, and to that of their
/// biases if there are any. Of the sums, a vector for each weight, the units' lie `stride` vectors apart.
template <std::size_t Count, class T>
inline void outer_tile(const int* units, Indices inputs, const T* delta, const T* source, T* sums,
                       std::ptrdiff_t stride, T* biases) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V factor[Count][kGroupVectors];
  T* row[Count];
  for (std::size_t r = 0; r < Count; ++r) {
    for (int v = 0; v < kGroupVectors; ++v)
      factor[r][v] = load<V>(delta + static_cast<std::ptrdiff_t>(units[r]) * kGroup<T> + v * kLanes);
    row[r] = sums + units[r] * stride * kLanes;
    if (biases)
      add(biases + static_cast<std::ptrdiff_t>(units[r]) * kLanes,
          (factor[r][0] + factor[r][1]) + (factor[r][2] + factor[r][3]));
  }
  for (const int input : inputs) {
    const T* const a = source + static_cast<std::ptrdiff_t>(input) * kGroup<T>;
    V sum[Count];
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = load<V>(a + v * kLanes);
      for (std::size_t r = 0; r < Count; ++r) sum[r] = v == 0 ? factor[r][v] * x : sum[r] + factor[r][v] * x;
    }
    for (std::size_t r = 0; r < Count; ++r) add(row[r] + static_cast<std::ptrdiff_t>(input) * kLanes, sum[r]);
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
      const Indices all = inputs_in(g);
      // Units may be alive by their biases alone: the first chunk is done where it is empty, too.
      if (chunk > 0 && all.size() <= chunk) continue;
      const Indices inputs = all.subspan(chunk, std::min(kInputChunk, all.size() - chunk));
      const Indices units = units_in(g);
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
  for (int g = 0; g < groups; ++g, delta.at += delta.stride, source.at += source.stride) {
    V inputs[Inputs][kGroupVectors];
    for (int i = 0; i < Inputs; ++i)
      for (int v = 0; v < kGroupVectors; ++v) inputs[i][v] = load<V>(source.at + i * kGroup<T> + v * kLanes);
    for (const int unit : alive.units_in(g)) {
      const T* const d = delta.at + static_cast<std::ptrdiff_t>(unit) * kGroup<T>;
      T* const target = sums + static_cast<std::ptrdiff_t>(unit) * Inputs * kLanes;
      T* const bias = sums + static_cast<std::ptrdiff_t>(layer.biases + static_cast<std::size_t>(unit)) * kLanes;
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
void activate(Activation activation, int units, Rows<T> a, std::ptrdiff_t to_derivatives, int groups) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  with_function(activation, [=](auto function) {
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
void differentiate(Activation activation, int units, Rows<T> a, int groups) noexcept {
  using V = typename Lanes<T>::V;
  with_function(activation, [&](auto function) {
    if constexpr (decltype(function)::kFromOutput)
      for (int g = 0; g < groups; ++g, a.at += a.stride)
        for (int i = 0; i < units * kGroup<T>; i += Lanes<T>::kCount)
          store(a.at + i, function.derivative(load<V>(a.at + i)));
  });
}

}  // namespace

template <class T>
Kernel<T>::Kernel(const Network& network) : network_(network) {
  std::ptrdiff_t size = 0;
  for (const Layer& layer : network_.layers) {
    const std::ptrdiff_t panel = static_cast<std::ptrdiff_t>(layer.out) * kGroup<T>;
    const bool keeps_derivatives =
        with_function(layer.activation, [](auto function) { return !decltype(function)::kFromOutput; });
    panels_.push_back({size, keeps_derivatives ? panel : 0});
    size += (keeps_derivatives ? 2 : 1) * panel;
  }
  group_size_ = size;
  const auto bytes = static_cast<int>(std::max<std::ptrdiff_t>(size, 1) * static_cast<std::ptrdiff_t>(sizeof(T)));
  block_groups_ = std::clamp(kBlockBytes / bytes, 1, GroupSet::kMost);
  for (int list = 0; list < kLists; ++list)
    for (const Layer& layer : network_.layers)
      alive_.emplace_back(layer.out, block_groups_, layer.activation == Activation::relu);
  workspace_.resize(static_cast<std::size_t>(size * block_groups_));
  transposed_.resize(network_.parameters);
  sums_.resize(network_.parameters * Lanes<T>::kCount);
  every_.resize(static_cast<std::size_t>(network_.layers.front().in));
  std::iota(every_.begin(), every_.end(), 0);
}

template <class T>
void Kernel<T>::transpose(const T* parameters) noexcept {
  for (const Layer& layer : network_.layers) {
    const T* from = parameters + layer.weights;
    T* const to = transposed_.data() + layer.weights;
    for (std::ptrdiff_t row = 0; row < layer.out; ++row)
      for (std::ptrdiff_t column = 0; column < layer.in; ++column) to[column * layer.out + row] = *from++;
  }
}

template <class T>
void Kernel<T>::forward_block(const T* parameters, const PackedExamples<T>& examples, int first_group, int groups,
                              int last_layer, AliveUnits* alive_units) noexcept {
  Rows<const T> source{examples.group(first_group), examples.stride()};
  for (int l = 0; l <= last_layer; ++l) {
    const auto at = static_cast<std::size_t>(l);
    const Layer& layer = network_.layers[at];
    const Panel& panel = panels_[at];
    AliveUnits& alive = alive_units[at];
    const Rows<T> a{workspace_.data() + panel.at, group_size_};
    const Weights<T> w{transposed_.data() + layer.weights, layer.out};
    const T* const biases = parameters + layer.biases;
    const bool relu = layer.activation == Activation::relu;
    const Rectify rectify{alive.begin(groups)};
    if (l == 0 && layer.in == kFewInputs) {
      relu ? narrow_product<kFewInputs>(w, biases, layer.out, source, a, groups, rectify)
           : narrow_product<kFewInputs>(w, biases, layer.out, source, a, groups, Keep{});
    } else {
      const Range rows{0, layer.out};
      for (int g = 0; g < groups; ++g) {
        const T* const x = source.at + g * source.stride;
        T* const z = a.at + g * a.stride;
        Indices inputs = l == 0 ? Indices(every_) : alive_units[at - 1].units_in(g);
        if (inputs.size() <= kInputChunk && relu) {
          product(w, FromBiases<T>{biases}, rows, inputs, g, x, z, rectify);
          continue;
        }
        Indices chunk = inputs.first(std::min(kInputChunk, inputs.size()));
        product(w, FromBiases<T>{biases}, rows, chunk, g, x, z, Keep{});
        while (chunk.size() < inputs.size()) {
          inputs = inputs.subspan(chunk.size());
          chunk = inputs.first(std::min(kInputChunk, inputs.size()));
          if (relu && chunk.size() == inputs.size())
            product(w, FromTarget{}, rows, chunk, g, x, z, rectify);
          else
            product(w, FromTarget{}, rows, chunk, g, x, z, Keep{});
        }
      }
    }
    alive.list();
    if (!relu) activate(layer.activation, layer.out, a, panel.to_derivatives, groups);
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
            network_.output == Output::sigmoid ? difference : difference * Function<Activation::tanh>::derivative(a));
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
                       Slope<Function<Activation::tanh>>{});
      continue;
    }
    layer_gradient<T>(
        layer, [&](int g) { return alive_units[l].units_in(g); }, [&](int g) { return alive.units_in(g); }, delta,
        {target.at, target.stride}, groups, sums_.data());
    const Weights<T> transpose{parameters + layer.weights, layer.in};
    const auto back = [&](auto finish) {
      for (int g = 0; g < groups; ++g)
        product(transpose, FromZero{}, alive.units_in(g), alive_units[l].units_in(g), g, delta.at + g * delta.stride,
                target.at + g * target.stride, finish);
    };
    if (activation == Activation::relu) {
      back(Gate{});
    } else {
      differentiate(activation, layer.in, target, groups);
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
        first, [&](int g) { return alive_units[0].units_in(g); }, [&](int) { return Indices(every_); }, delta, source,
        groups, sums_.data());
}

template <class T>
void Kernel<T>::gradient(const T* parameters, const PackedExamples<T>& examples, const Batch& batch,
                         T* gradient) noexcept {
  using V = typename Lanes<T>::V;
  transpose(parameters);
  std::fill(sums_.begin(), sums_.end(), T{0});
  const int blocks = (batch.groups + block_groups_ - 1) / block_groups_;
  int done = 0;
  for (int b = 0; b < blocks; ++b) {
    // Even blocks: a short last one would pay a tile's fixed cost for little.
    const int groups = (batch.groups - done + blocks - b - 1) / (blocks - b);
    const int first = batch.first_group + done;
    const int padding = b == blocks - 1 ? batch.groups * kGroup<T> - batch.examples : 0;
    forward_block(parameters, examples, first, groups, static_cast<int>(network_.layers.size()) - 1, alive(b));
    backward_block(parameters, examples, first, groups, padding, alive(b));
    done += groups;
  }
  for (std::size_t i = 0; i < network_.parameters; ++i)
    gradient[i] = sum_lanes(load<V>(sums_.data() + i * Lanes<T>::kCount));
}

template class Kernel<double>;
template class Kernel<float>;

}  // namespace init_lab
