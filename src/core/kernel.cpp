#include "core/kernel.hpp"

#include <algorithm>

#include "core/activation_functions.hpp"

namespace init_lab {

namespace {

/// Inputs that a product reads at a time: 128 rows of a group are 8 KiB.
constexpr int kInputChunk = 128;
/// What the activations and deltas of a block may take, so that they and the weights share a 32 KiB cache.
constexpr std::size_t kBlockBytes = 20 * 1024;
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
  V operator()(V sum, const typename ScalarOf<V>::T*) const noexcept {
    return sum;
  }
};
template <Activation A>
struct Activate {
  template <class V>
  V operator()(V sum, const typename ScalarOf<V>::T*) const noexcept {
    return Function<A>::value(sum);
  }
};
/// Gates a gradient by the ReLU whose activation lies at the same place of `activations`.
template <class T>
struct Gate {
  std::ptrdiff_t to_activations;  ///< from the place in the target to that in the activations
  template <class V>
  V operator()(V sum, const T* at) const noexcept {
    return load<V>(at + to_activations) > V{} ? sum : V{};
  }
};

/// A matrix in the parameter vector as a product reads it: W or, with the strides exchanged, its transpose.
template <class T>
struct Weights {
  const T* at;
  std::ptrdiff_t row_stride;
  std::ptrdiff_t column_stride;
};

/// Rows [row, row + Rows) of target = finish(start + W source) for one group.
template <int Rows, class T, class Start, class Finish>
inline void product_tile(Weights<T> w, Start start, int row, int inputs, const T* source, T* target,
                         Finish finish) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V sum[Rows][kGroupVectors];
  T* const out = target + static_cast<std::ptrdiff_t>(row) * kGroup<T>;
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < kGroupVectors; ++v)
      sum[r][v] = start.template at<V>(row + r, out + r * kGroup<T> + v * kLanes);
  const T* weight = w.at + row * w.row_stride;
  for (int i = 0; i < inputs; ++i) {
    V x[kGroupVectors];
    for (int v = 0; v < kGroupVectors; ++v) x[v] = load<V>(source + v * kLanes);
    for (int r = 0; r < Rows; ++r) {
      const V broadcast = splat<V>(weight[r * w.row_stride]);
      for (int v = 0; v < kGroupVectors; ++v) sum[r][v] += broadcast * x[v];
    }
    weight += w.column_stride;
    source += kGroup<T>;
  }
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < kGroupVectors; ++v) {
      T* const at = out + r * kGroup<T> + v * kLanes;
      store(at, finish(sum[r][v], at));
    }
}

template <class T, class Start, class Finish>
void product(Weights<T> w, Start start, int rows, int inputs, const T* source, T* target, Finish finish) noexcept {
  int row = 0;
  for (; row + 2 <= rows; row += 2) product_tile<2>(w, start, row, inputs, source, target, finish);
  if (row < rows) product_tile<1>(w, start, row, inputs, source, target, finish);
}

/// Adds rows [row, row + Rows) by columns [column, column + Columns) of the sum over a block of delta a^T to the gradient.
template <int Rows, int Columns, class T>
inline void gradient_tile(const T* delta, const T* source, std::size_t delta_stride, std::size_t source_stride,
                          int groups, int row, int column, int columns, T* gradient) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  V sum[Rows][Columns] = {};
  delta += static_cast<std::ptrdiff_t>(row) * kGroup<T>;
  source += static_cast<std::ptrdiff_t>(column) * kGroup<T>;
  for (int g = 0; g < groups; ++g) {
    for (int v = 0; v < kGroupVectors; ++v) {
      V d[Rows];
      for (int r = 0; r < Rows; ++r) d[r] = load<V>(delta + r * kGroup<T> + v * kLanes);
      for (int c = 0; c < Columns; ++c) {
        const V a = load<V>(source + c * kGroup<T> + v * kLanes);
        for (int r = 0; r < Rows; ++r) sum[r][c] += d[r] * a;
      }
    }
    delta += delta_stride;
    source += source_stride;
  }
  for (int r = 0; r < Rows; ++r)
    for (int c = 0; c < Columns; ++c)
      gradient[static_cast<std::ptrdiff_t>(row + r) * columns + column + c] += sum_lanes(sum[r][c]);
}

/// Tiles of a strip of columns over all rows: the strip's part of the examples is read once and stays in the cache.
template <int Rows, int Columns, class T>
void gradient_strip(const T* delta, const T* source, std::size_t delta_stride, std::size_t source_stride, int groups,
                    int rows, int column, int columns, T* gradient) noexcept {
  int row = 0;
  for (; row + Rows <= rows; row += Rows)
    gradient_tile<Rows, Columns>(delta, source, delta_stride, source_stride, groups, row, column, columns, gradient);
  for (; row < rows; ++row)
    gradient_tile<1, Columns>(delta, source, delta_stride, source_stride, groups, row, column, columns, gradient);
}

template <class T>
void weight_gradient(const T* delta, const T* source, std::size_t delta_stride, std::size_t source_stride, int groups,
                     int rows, int columns, T* gradient) noexcept {
  int column = 0;
  for (; column + 4 <= columns; column += 4)
    gradient_strip<2, 4>(delta, source, delta_stride, source_stride, groups, rows, column, columns, gradient);
  for (; column + 2 <= columns; column += 2)
    gradient_strip<4, 2>(delta, source, delta_stride, source_stride, groups, rows, column, columns, gradient);
  if (column < columns)
    gradient_strip<4, 1>(delta, source, delta_stride, source_stride, groups, rows, column, columns, gradient);
}

template <class T>
void bias_gradient(const T* delta, std::size_t delta_stride, int groups, int rows, T* gradient) noexcept {
  using V = typename Lanes<T>::V;
  constexpr int kLanes = Lanes<T>::kCount;
  for (int r = 0; r < rows; ++r) {
    V sum[kGroupVectors] = {};
    const T* at = delta + static_cast<std::ptrdiff_t>(r) * kGroup<T>;
    for (int g = 0; g < groups; ++g, at += delta_stride)
      for (int v = 0; v < kGroupVectors; ++v) sum[v] += load<V>(at + v * kLanes);
    gradient[r] += sum_lanes((sum[0] + sum[1]) + (sum[2] + sum[3]));
  }
}

/// a = phi(z) in place of z, and phi'(z) to `derivatives` where a alone does not give it.
template <class T>
void activate(Activation activation, int units, T* a, T* derivatives) noexcept {
  using V = typename Lanes<T>::V;
  with_function(activation, [&](auto function) {
    for (int i = 0; i < units * kGroup<T>; i += Lanes<T>::kCount) {
      const V z = load<V>(a + i);
      const V value = function.value(z);
      store(a + i, value);
      if constexpr (!decltype(function)::kFromOutput)
        store(derivatives + i, function.derivative(z, value));
    }
  });
}

/// delta = dJ/da * phi'(z), in place of dJ/da. `kept` holds phi'(z) where a alone does not give it.
template <class T>
void differentiate(Activation activation, int units, const T* a, const T* kept, T* delta) noexcept {
  using V = typename Lanes<T>::V;
  with_function(activation, [&](auto function) {
    for (int i = 0; i < units * kGroup<T>; i += Lanes<T>::kCount) {
      if constexpr (decltype(function)::kFromOutput)
        store(delta + i, load<V>(delta + i) * function.derivative(V{}, load<V>(a + i)));
      else
        store(delta + i, load<V>(delta + i) * load<V>(kept + i));
    }
  });
}

}  // namespace

template <class T>
Kernel<T>::Kernel(const Network& network) : network_(network) {
  std::size_t size = 0;
  for (const Layer& layer : network_.layers) {
    const std::size_t panel = static_cast<std::size_t>(layer.out) * kGroup<T>;
    const bool keeps_derivatives = with_function(
        layer.activation, [](auto function) { return !decltype(function)::kFromOutput; });
    panels_.push_back({size, size + panel, size + 2 * panel});
    size += (keeps_derivatives ? 3 : 2) * panel;
  }
  group_size_ = size;
  block_groups_ = std::clamp(static_cast<int>(kBlockBytes / (size * sizeof(T))), 1, kMostBlockGroups);
  workspace_.resize(size * static_cast<std::size_t>(block_groups_));
}

template <class T>
void Kernel<T>::forward_group(const T* parameters, const T* x, T* workspace, int last_layer) noexcept {
  const T* source = x;
  for (int l = 0; l <= last_layer; ++l) {
    const Layer& layer = network_.layers[static_cast<std::size_t>(l)];
    const Panel& panel = panels_[static_cast<std::size_t>(l)];
    T* const a = workspace + panel.activations;
    const Weights<T> w{parameters + layer.weights, layer.in, 1};
    const FromBiases<T> biases{parameters + layer.biases};
    const int first_inputs = std::min(kInputChunk, layer.in);
    if (layer.activation == Activation::relu && first_inputs == layer.in) {
      product(w, biases, layer.out, layer.in, source, a, Activate<Activation::relu>{});
    } else {
      product(w, biases, layer.out, first_inputs, source, a, Keep{});
      for (int i = first_inputs; i < layer.in; i += kInputChunk)
        product(Weights<T>{w.at + i, w.row_stride, w.column_stride}, FromTarget{}, layer.out,
                std::min(kInputChunk, layer.in - i), source + static_cast<std::ptrdiff_t>(i) * kGroup<T>, a, Keep{});
      activate(layer.activation, layer.out, a, workspace + panel.derivatives);
    }
    source = a;
  }
}

template <class T>
void Kernel<T>::backward_group(const T* parameters, const T* labels, T* workspace, int padding) noexcept {
  using V = typename Lanes<T>::V;
  const T* const a = workspace + panels_.back().activations;
  T* const delta = workspace + panels_.back().deltas;
  for (int i = 0; i < kGroup<T>; i += Lanes<T>::kCount) {
    const V output = load<V>(a + i);
    const V difference = output - load<V>(labels + i);
    // With cross-entropy the derivatives of cost and sigmoid cancel to a - y, as the course has it.
    store(delta + i, network_.output == Output::sigmoid
                         ? difference
                         : difference * Function<Activation::tanh>::derivative(V{}, output));
  }
  std::fill(delta + kGroup<T> - padding, delta + kGroup<T>, T{0});

  for (std::size_t l = network_.layers.size() - 1; l > 0; --l) {
    const Layer& layer = network_.layers[l];
    const Activation activation = network_.layers[l - 1].activation;
    const Panel& below = panels_[l - 1];
    const T* const source = workspace + panels_[l].deltas;
    T* const target = workspace + below.deltas;
    const Weights<T> transpose{parameters + layer.weights, 1, layer.in};
    if (activation == Activation::relu) {
      const auto to_activations =
          static_cast<std::ptrdiff_t>(below.activations) - static_cast<std::ptrdiff_t>(below.deltas);
      product(transpose, FromZero{}, layer.in, layer.out, source, target, Gate<T>{to_activations});
    } else {
      product(transpose, FromZero{}, layer.in, layer.out, source, target, Keep{});
      differentiate(activation, layer.in, workspace + below.activations, workspace + below.derivatives, target);
    }
  }
}

// A function of its own, called for every block, and not a loop within one long call: V8 exchanges a WebAssembly
// function for its optimized code only between calls.
template <class T>
[[gnu::noinline]] void Kernel<T>::gradient_of_block(const T* parameters, const PackedExamples<T>& examples,
                                                    int first_group, int groups, int padding, T* gradient) noexcept {
  const int last_layer = static_cast<int>(network_.layers.size()) - 1;
  T* workspace = workspace_.data();
  for (int g = 0; g < groups; ++g, workspace += group_size_) {
    forward_group(parameters, examples.group(first_group + g), workspace, last_layer);
    backward_group(parameters, examples.labels(first_group + g), workspace, g == groups - 1 ? padding : 0);
  }
  const T* source = examples.group(first_group);
  auto source_stride = static_cast<std::size_t>(examples.features() * kGroup<T>);
  for (std::size_t l = 0; l < network_.layers.size(); ++l) {
    const Layer& layer = network_.layers[l];
    const T* const delta = workspace_.data() + panels_[l].deltas;
    weight_gradient(delta, source, group_size_, source_stride, groups, layer.out, layer.in, gradient + layer.weights);
    bias_gradient(delta, group_size_, groups, layer.out, gradient + layer.biases);
    source = workspace_.data() + panels_[l].activations;
    source_stride = group_size_;
  }
}

template <class T>
void Kernel<T>::gradient(const T* parameters, const PackedExamples<T>& examples, const Batch& batch,
                         T* gradient) noexcept {
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
  const auto size = static_cast<std::size_t>(network_.layers[l].out * kGroup<T>);
  for (int g = 0; g < batch.groups; ++g, target += size) {
    forward_group(parameters, examples.group(batch.first_group + g), workspace_.data(), layer);
    std::copy_n(workspace_.data() + panels_[l].activations, size, target);
  }
}

template class Kernel<double>;
template class Kernel<float>;

}  // namespace init_lab
