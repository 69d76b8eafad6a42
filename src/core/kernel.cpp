#include "core/kernel.hpp"

#include <algorithm>
#include <type_traits>

#include "core/activation_functions.hpp"

namespace init_lab {

namespace {

/// Inputs that a product reads at a time: 128 rows of a group are 8 KiB.
constexpr int kInputChunk = 128;
/// What the activations and deltas of a block may take, so that they and the weights share a 32 KiB cache.
constexpr int kBlockBytes = 20 * 1024;
/// In the first-level cache a block gains nothing from more groups than these.
constexpr int kMostBlockGroups = 16;

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

/// What becomes of an accumulated sum before it is stored.
struct Keep {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*, std::ptrdiff_t) const noexcept {
    return sum;
  }
};
template <Activation A>
struct Activate {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*, std::ptrdiff_t) const noexcept {
    return Function<A>::value(sum);
  }
};
/// Gates a gradient by the ReLU whose activation lies at the same place of `activations`.
template <class T>
struct Gate {
  std::ptrdiff_t to_activations;  ///< from the place in the target to that in the activations
  template <class V>
  V operator()(V sum, const T* base, std::ptrdiff_t offset) const noexcept {
    return load<V>(base + to_activations + offset) > V{} ? sum : V{};
  }
};

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

/// Rows [row, row + Count) of target = finish(start + W source) for one group.
template <int Count, class T, class Start, class Finish>
inline void product_tile(Weights<T> w, Start start, int row, int inputs, const T* source, T* target,
                         Finish finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  T* const out = target + static_cast<std::ptrdiff_t>(row) * kGroup<T>;
  V sum[Count][kGroupVectors];
  for (int r = 0; r < Count; ++r)
    for (int v = 0; v < kGroupVectors; ++v) sum[r][v] = start.template at<V>(row + r, out + r * kGroup<T> + v * kLanes);
  const T* weight = w.at + row;
  const T* const end = source + static_cast<std::ptrdiff_t>(inputs) * kGroup<T>;
  if constexpr (std::is_same_v<Start, FromZero>) {
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = load<V>(source + v * kLanes);
      for (int r = 0; r < Count; ++r) sum[r][v] = splat<V>(weight[r]) * x;
    }
    weight += w.stride;
    source += kGroup<T>;
  }
  for (; source != end; weight += w.stride, source += kGroup<T>) {
    V broadcast[Count];
    for (int r = 0; r < Count; ++r) broadcast[r] = splat<V>(weight[r]);
    for (int v = 0; v < kGroupVectors; ++v) {
      const V x = load<V>(source + v * kLanes);
      for (int r = 0; r < Count; ++r) sum[r][v] += broadcast[r] * x;
    }
  }
  for (int r = 0; r < Count; ++r)
    for (int v = 0; v < kGroupVectors; ++v) {
      const std::ptrdiff_t at = r * kGroup<T> + v * kLanes;
      store(out + at, finish(sum[r][v], out, at));
    }
}

/// The same for the few inputs of a layer in the plane, over all groups: the weights stay in registers.
template <int Inputs, int Count, class T, class Start, class Finish>
inline void narrow_tile(Weights<T> w, Start start, int row, Rows<const T> source, Rows<T> target, int groups,
                        Finish finish) noexcept {
  using V = typename Lanes<T>::V;
  V weight[Count][Inputs];
  V first[Count];
  for (int r = 0; r < Count; ++r) {
    first[r] = start.template at<V>(row + r, nullptr);
    for (int i = 0; i < Inputs; ++i) weight[r][i] = splat<V>(w.at[i * w.stride + row + r]);
  }
  const T* x = source.at;
  T* out = target.at + static_cast<std::ptrdiff_t>(row) * kGroup<T>;
  for (int g = 0; g < groups; ++g, x += source.stride, out += target.stride)
    for (int v = 0; v < kGroupVectors; ++v) {
      const std::ptrdiff_t lane = v * Lanes<T>::kCount;
      for (int r = 0; r < Count; ++r) {
        constexpr bool kZero = std::is_same_v<Start, FromZero>;
        V sum = kZero ? weight[r][0] * load<V>(x + lane) : first[r];
        for (int i = kZero ? 1 : 0; i < Inputs; ++i) sum += weight[r][i] * load<V>(x + i * kGroup<T> + lane);
        const std::ptrdiff_t at = r * kGroup<T> + lane;
        store(out + at, finish(sum, out, at));
      }
    }
}

template <int Inputs, class T, class Start, class Finish>
void narrow_product(Weights<T> w, Start start, int rows, Rows<const T> source, Rows<T> target, int groups,
                    Finish finish) noexcept {
  int row = 0;
  for (; row + 2 <= rows; row += 2) narrow_tile<Inputs, 2>(w, start, row, source, target, groups, finish);
  if (row < rows) narrow_tile<Inputs, 1>(w, start, row, source, target, groups, finish);
}

template <class T, class Start, class Finish>
void product(Weights<T> w, Start start, int rows, int inputs, Rows<const T> source, Rows<T> target, int groups,
             Finish finish) noexcept {
  if constexpr (!std::is_same_v<Start, FromTarget>) {
    if (inputs == 1) return narrow_product<1>(w, start, rows, source, target, groups, finish);
    if (inputs == 2) return narrow_product<2>(w, start, rows, source, target, groups, finish);
  }
  for (int g = 0; g < groups; ++g, source.at += source.stride, target.at += target.stride) {
    int row = 0;
    for (; row + 2 <= rows; row += 2) product_tile<2>(w, start, row, inputs, source.at, target.at, finish);
    if (row < rows) product_tile<1>(w, start, row, inputs, source.at, target.at, finish);
  }
}

/// Adds rows [row, row + Count) by columns [column, column + Columns) of the sum over a block of delta a^T to the
/// gradient.
template <int Count, int Columns, class T>
inline void gradient_tile(Rows<const T> delta, Rows<const T> source, int groups, int row, int column, int columns,
                          T* gradient) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V sum[Count][Columns] = {};
  delta.at += static_cast<std::ptrdiff_t>(row) * kGroup<T>;
  source.at += static_cast<std::ptrdiff_t>(column) * kGroup<T>;
  for (int g = 0; g < groups; ++g, delta.at += delta.stride, source.at += source.stride)
    for (int v = 0; v < kGroupVectors; ++v) {
      V a[Columns];
      for (int c = 0; c < Columns; ++c) a[c] = load<V>(source.at + c * kGroup<T> + v * kLanes);
      for (int r = 0; r < Count; ++r) {
        const V d = load<V>(delta.at + r * kGroup<T> + v * kLanes);
        for (int c = 0; c < Columns; ++c) sum[r][c] += d * a[c];
      }
    }
  for (int r = 0; r < Count; ++r)
    for (int c = 0; c < Columns; ++c)
      gradient[static_cast<std::ptrdiff_t>(row + r) * columns + column + c] += sum_lanes(sum[r][c]);
}

/// Tiles of a strip of columns over all rows: the strip's part of the examples is read once and stays in the cache.
template <int Columns, class T>
void gradient_strip(Rows<const T> delta, Rows<const T> source, int groups, int rows, int column, int columns,
                    T* gradient) noexcept {
  int row = 0;
  for (; row + 5 <= rows; row += 5) gradient_tile<5, Columns>(delta, source, groups, row, column, columns, gradient);
  for (; row + 2 <= rows; row += 2) gradient_tile<2, Columns>(delta, source, groups, row, column, columns, gradient);
  if (row < rows) gradient_tile<1, Columns>(delta, source, groups, row, column, columns, gradient);
}

template <class T>
void weight_gradient(Rows<const T> delta, Rows<const T> source, int groups, int rows, int columns,
                     T* gradient) noexcept {
  int column = 0;
  // The output's one row fills the registers with columns instead.
  if (rows == 1)
    for (; column + 5 <= columns; column += 5) gradient_tile<1, 5>(delta, source, groups, 0, column, columns, gradient);
  for (; column + 2 <= columns; column += 2) gradient_strip<2>(delta, source, groups, rows, column, columns, gradient);
  if (column < columns) gradient_strip<1>(delta, source, groups, rows, column, columns, gradient);
}

template <class T>
void bias_gradient(Rows<const T> delta, int groups, int rows, T* gradient) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  for (int r = 0; r < rows; ++r) {
    V sum[kGroupVectors] = {};
    const T* at = delta.at + static_cast<std::ptrdiff_t>(r) * kGroup<T>;
    for (int g = 0; g < groups; ++g, at += delta.stride)
      for (int v = 0; v < kGroupVectors; ++v) sum[v] += load<V>(at + v * kLanes);
    gradient[r] += sum_lanes((sum[0] + sum[1]) + (sum[2] + sum[3]));
  }
}

/// a = phi(z) in place of z, and phi'(z) at `to_derivatives` behind it where a alone does not give it.
template <class T>
void activate(Activation activation, int units, Rows<T> a, std::ptrdiff_t to_derivatives, int groups) noexcept {
  using V = typename Lanes<T>::V;
  with_function(activation, [&](auto function) {
    for (int g = 0; g < groups; ++g, a.at += a.stride)
      for (int i = 0; i < units * kGroup<T>; i += Lanes<T>::kCount) {
        T* const at = a.at + i;
        const V z = load<V>(at);
        const V value = function.value(z);
        store(at, value);
        if constexpr (!decltype(function)::kFromOutput) store(at + to_derivatives, function.derivative(z, value));
      }
  });
}

/// delta = dJ/da * phi'(z), in place of dJ/da; the activations and kept derivatives lie at these distances from it.
template <class T>
void differentiate(Activation activation, int units, Rows<T> delta, std::ptrdiff_t to_activations,
                   std::ptrdiff_t to_derivatives, int groups) noexcept {
  using V = typename Lanes<T>::V;
  with_function(activation, [&](auto function) {
    for (int g = 0; g < groups; ++g, delta.at += delta.stride)
      for (int i = 0; i < units * kGroup<T>; i += Lanes<T>::kCount) {
        T* const at = delta.at + i;
        if constexpr (decltype(function)::kFromOutput)
          store(at, load<V>(at) * function.derivative(V{}, load<V>(at + to_activations)));
        else
          store(at, load<V>(at) * load<V>(at + to_derivatives));
      }
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
    panels_.push_back({size, size + panel, size + 2 * panel});
    size += (keeps_derivatives ? 3 : 2) * panel;
  }
  group_size_ = size;
  const auto bytes = static_cast<int>(std::max<std::ptrdiff_t>(size, 1) * static_cast<std::ptrdiff_t>(sizeof(T)));
  block_groups_ = std::clamp(kBlockBytes / bytes, 1, kMostBlockGroups);
  workspace_.resize(static_cast<std::size_t>(size * block_groups_));
  transposed_.resize(network_.parameters);
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
                              int last_layer) noexcept {
  Rows<const T> source{examples.group(first_group), static_cast<std::ptrdiff_t>(examples.features()) * kGroup<T>};
  for (int l = 0; l <= last_layer; ++l) {
    const Layer& layer = network_.layers[static_cast<std::size_t>(l)];
    const Panel& panel = panels_[static_cast<std::size_t>(l)];
    const Rows<T> a{workspace_.data() + panel.activations, group_size_};
    const Weights<T> w{transposed_.data() + layer.weights, layer.out};
    const FromBiases<T> biases{parameters + layer.biases};
    if (layer.activation == Activation::relu && layer.in <= kInputChunk) {
      product(w, biases, layer.out, layer.in, source, a, groups, Activate<Activation::relu>{});
    } else {
      // Group by group, as the chunks of one group are to stay in the cache.
      for (int g = 0; g < groups; ++g) {
        const Rows<const T> x{source.at + g * source.stride, 0};
        const Rows<T> z{a.at + g * a.stride, 0};
        const int first_inputs = std::min(kInputChunk, layer.in);
        product(w, biases, layer.out, first_inputs, x, z, 1, Keep{});
        for (int i = first_inputs; i < layer.in; i += kInputChunk)
          product(Weights<T>{w.at + i * w.stride, w.stride}, FromTarget{}, layer.out,
                  std::min(kInputChunk, layer.in - i),
                  Rows<const T>{x.at + static_cast<std::ptrdiff_t>(i) * kGroup<T>, 0}, z, 1, Keep{});
      }
      activate(layer.activation, layer.out, a, panel.derivatives - panel.activations, groups);
    }
    source = {a.at, a.stride};
  }
}

template <class T>
void Kernel<T>::backward_block(const T* parameters, const T* labels, int groups, int padding) noexcept {
  using V = typename Lanes<T>::V;
  T* delta = workspace_.data() + panels_.back().deltas;
  const std::ptrdiff_t to_output = panels_.back().activations - panels_.back().deltas;
  for (int g = 0; g < groups; ++g, delta += group_size_, labels += kGroup<T>)
    for (int i = 0; i < kGroup<T>; i += Lanes<T>::kCount) {
      const V output = load<V>(delta + to_output + i);
      const V difference = output - load<V>(labels + i);
      // With cross-entropy the derivatives of cost and sigmoid cancel to a - y, as the course has it.
      store(delta + i, network_.output == Output::sigmoid
                           ? difference
                           : difference * Function<Activation::tanh>::derivative(V{}, output));
    }
  std::fill(delta - group_size_ + kGroup<T> - padding, delta - group_size_ + kGroup<T>, T{0});

  for (std::size_t l = network_.layers.size() - 1; l > 0; --l) {
    const Layer& layer = network_.layers[l];
    const Activation activation = network_.layers[l - 1].activation;
    const Panel& below = panels_[l - 1];
    const Rows<const T> source{workspace_.data() + panels_[l].deltas, group_size_};
    const Rows<T> target{workspace_.data() + below.deltas, group_size_};
    const Weights<T> transpose{parameters + layer.weights, layer.in};
    const std::ptrdiff_t to_activations = below.activations - below.deltas;
    if (activation == Activation::relu) {
      product(transpose, FromZero{}, layer.in, layer.out, source, target, groups, Gate<T>{to_activations});
    } else {
      product(transpose, FromZero{}, layer.in, layer.out, source, target, groups, Keep{});
      differentiate(activation, layer.in, target, to_activations, below.derivatives - below.deltas, groups);
    }
  }
}

template <class T>
void Kernel<T>::gradient_of_block(const T* parameters, const PackedExamples<T>& examples, int first_group, int groups,
                                  int padding, T* gradient) noexcept {
  forward_block(parameters, examples, first_group, groups, static_cast<int>(network_.layers.size()) - 1);
  backward_block(parameters, examples.labels(first_group), groups, padding);
  Rows<const T> source{examples.group(first_group), static_cast<std::ptrdiff_t>(examples.features()) * kGroup<T>};
  for (std::size_t l = 0; l < network_.layers.size(); ++l) {
    const Layer& layer = network_.layers[l];
    const Rows<const T> delta{workspace_.data() + panels_[l].deltas, group_size_};
    weight_gradient(delta, source, groups, layer.out, layer.in, gradient + layer.weights);
    bias_gradient(delta, groups, layer.out, gradient + layer.biases);
    source = {workspace_.data() + panels_[l].activations, group_size_};
  }
}

template <class T>
void Kernel<T>::gradient(const T* parameters, const PackedExamples<T>& examples, const Batch& batch,
                         T* gradient) noexcept {
  transpose(parameters);
  std::fill_n(gradient, network_.parameters, T{0});
  const int blocks = (batch.groups + block_groups_ - 1) / block_groups_;
  const int padding = batch.groups * kGroup<T> - batch.examples;
  int group = 0;
  for (int b = 0; b < blocks; ++b) {
    // Even blocks: a short last one would pay a tile's fixed cost for little.
    const int groups = (batch.groups - group + blocks - b - 1) / (blocks - b);
    gradient_of_block(parameters, examples, batch.first_group + group, groups, b == blocks - 1 ? padding : 0, gradient);
    group += groups;
  }
}

template <class T>
void Kernel<T>::forward(const T* parameters, const PackedExamples<T>& examples, const Batch& batch, int layer,
                        T* target) noexcept {
  const auto l = static_cast<std::size_t>(layer);
  const auto size = static_cast<std::ptrdiff_t>(network_.layers[l].out) * kGroup<T>;
  transpose(parameters);
  for (int first = 0; first < batch.groups; first += block_groups_) {
    const int groups = std::min(block_groups_, batch.groups - first);
    forward_block(parameters, examples, batch.first_group + first, groups, layer);
    for (int g = 0; g < groups; ++g, target += size)
      std::copy_n(workspace_.data() + panels_[l].activations + g * group_size_, size, target);
  }
}

template class Kernel<double>;
template class Kernel<float>;

}  // namespace init_lab
