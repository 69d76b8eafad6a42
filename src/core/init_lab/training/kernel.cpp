// The passes of the kernel. Tiles: product_tiles.hpp, gradient_tiles.hpp, normalization.hpp;
// activations: activation_passes.hpp.
#include "init_lab/training/kernel.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

#include "init_lab/network/activation_functions.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/training/activation_passes.hpp"
#include "init_lab/training/gradient_tiles.hpp"
#include "init_lab/training/normalization.hpp"
#include "init_lab/training/output_deltas.hpp"
#include "init_lab/training/product_tiles.hpp"
#include "init_lab/training/wide_layers.hpp"

namespace init_lab {

using kernel::ByteOffsets;
using kernel::NormalizedRows;
using kernel::Rows;

namespace {

/// Bytes of a block's activations: with examples and weights they fill a first-level cache of 48
/// KiB. (Smaller blocks read the weights more often: 24 KiB measured up to 10 % slower.)
constexpr int kBlockBytes = 40 * 1024;
/// Inputs of a first layer that stay in registers: the two coordinates of most data sets.
constexpr int kFewInputs = 2;

/// Whether the functions of wide_layers.hpp compute a layer. For a gradient of 64 by 64 weights
/// they measured a tenth slower.
bool is_wide(const Layer& layer) noexcept {
  return layer.in > static_cast<int>(kernel::kInputChunk) && layer.out >= 64;
}

}  // namespace

template <class T>
Kernel<T>::Kernel(const Network& network) : network_(network), batch_statistics_(network.statistics) {
  std::ptrdiff_t size = 0;
  int widest = network_.inputs();
  const auto take = [&](std::ptrdiff_t rows) {
    const std::ptrdiff_t first = size;
    size += rows * kGroup<T>;
    return first;
  };
  for (std::size_t l = 0; l < network_.layers.size(); ++l) {
    const Layer& layer = network_.layers[l];
    const bool keeps_derivatives = with_function(layer.activation, layer.parameter,
                                                 [](auto function) { return !decltype(function)::kFromOutput; });
    const bool keeps_z = layer.normalized() || layer.skip.present || skip_into(l + 1);
    Panel panel{};
    panel.activations = take(layer.out);
    panel.derivatives = keeps_derivatives ? take(layer.out) : panel.activations;
    panel.z = keeps_z ? take(layer.out) : panel.activations;
    panel.standardized = layer.normalized() ? take(layer.out) : panel.activations;
    panel.inverse = layer.normalizer.kind == Normalization::layer ? take(1) : panel.activations;
    panels_.push_back(panel);
    widest = std::max(widest, layer.out);
  }
  group_size_ = size;
  const auto bytes = static_cast<int>(std::max<std::ptrdiff_t>(size, 1) * static_cast<std::ptrdiff_t>(sizeof(T)));
  block_groups_ = std::max(kBlockBytes / bytes, 1);
  // A wide layer's weights take more of the cache than its activations, so more groups share one
  // reading of the weights.
  if (std::any_of(network_.layers.begin(), network_.layers.end(), is_wide)) {
    block_groups_ = std::max(block_groups_, kernel::kWideGroups);
    packed_.resize(static_cast<std::size_t>(kernel::kPackedColumns) * static_cast<std::size_t>(kernel::wide_chunk(1)));
  }
  written_.resize(network_.layers.size());
  // Room to read the last vector of parameters whole.
  sums_.resize((network_.parameters + Lanes<T>::kCount) * Lanes<T>::kCount);
  if (std::any_of(network_.layers.begin(), network_.layers.end(), [](const Layer& l) { return l.skip.present; }))
    scaled_.resize(network_.parameters);
  for (int i = 0; i < widest; ++i) every_.push_back(i * static_cast<int>(sizeof(T)));
}

template <class T>
T Kernel<T>::branch_scale(const Layer& layer, const T* parameters) const noexcept {
  return layer.skip.learned ? parameters[layer.scale] : static_cast<T>(layer.skip.scale);
}

template <class T>
void Kernel<T>::prepare(std::span<const T> parameters, int groups) {
  if (groups > room_) {
    room_ = groups;
    workspace_.resize(static_cast<std::size_t>(group_size_) * static_cast<std::size_t>(groups));
    alive_ = AliveUnitsOfBlocks(network_, groups, sizeof(T));
    std::size_t sums = 0;
    for (const Layer& layer : network_.layers)
      if (is_wide(layer)) sums = std::max(sums, static_cast<std::size_t>(layer.in));
    wide_sums_.resize(sums * static_cast<std::size_t>(kGroup<T>) * static_cast<std::size_t>(groups));
  }
  for (const Layer& layer : network_.layers) {
    if (!layer.skip.present) continue;
    const T scale = branch_scale(layer, parameters.data());
    for (std::size_t i = layer.weights; i < layer.gains; ++i) scaled_[i] = scale * parameters[i];
  }
}

template <class T>
void Kernel<T>::forward_block(const Block& block, int last_layer, AliveUnits* alive_units) noexcept {
  Rows<const T> source{block.examples.group(block.first_group), block.examples.stride()};
  for (int l = 0; l <= last_layer; ++l) {
    const auto depth = static_cast<std::size_t>(l);
    const Layer& layer = network_.layers[depth];
    const Panel& panel = panels_[depth];
    AliveUnits& alive = alive_units[depth];
    const Rows<T> a{workspace_.data() + panel.activations, group_size_};
    const Rows<T> z{workspace_.data() + panel.z, group_size_};
    const T* const w = branch_of(layer, block.parameters) + layer.weights;
    const T* const biases = branch_of(layer, block.parameters) + layer.biases;
    const bool relu = layer.activation == Activation::relu;
    const int in = layer.in;
    const int out = layer.out;
    const int groups = block.groups;
    const bool in_place = panel.z == panel.activations;
    // Branches on the layer's kind, outside the loop over the groups: inside it the branches took a
    // tenth of the time of a small network.
    const auto for_groups = [&](auto multiply) __attribute__((always_inline)) {
      if (relu && in_place) {
        for (int g = 0; g < groups; ++g) {
          kernel::Rectify finish{alive.silent_in(g)};
          multiply(g, finish);
          if (any_bit(finish.changed)) alive.list(g);
        }
      } else {
        kernel::Keep finish;
        for (int g = 0; g < groups; ++g) multiply(g, finish);
      }
    };
    if (is_wide(layer) && (l == 0 || mostly_alive(depth - 1, block, alive_units))) {
      kernel::wide_product(w, in, biases, out, ByteOffsets(every_), source, z, groups);
      for_groups([&](int g, auto& finish) { kernel::finish_rows(out, z.group(g), finish); });
    } else if (l == 0 && in == kFewInputs) {
      for_groups([&](int g, auto& finish) __attribute__((always_inline)) {
        kernel::narrow_product<kFewInputs>(w, biases, out, source.group(g), z.group(g), finish);
      });
    } else {
      for_groups([&](int g, auto& finish) __attribute__((always_inline)) {
        const ByteOffsets inputs = l == 0 ? every_input() : ByteOffsets(alive_units[depth - 1].units_in(g));
        if (inputs.size() <= kernel::kInputChunk) {
          kernel::product(w, in, out, inputs, source.group(g), z.group(g), kernel::FromBiases<T>{biases}, finish);
        } else {
          kernel::chunked_product(w, in, biases, out, inputs, source.group(g), z.group(g));
          kernel::finish_rows(out, z.group(g), finish);
        }
      });
    }
    if (layer.skip.present)
      kernel::add_rows(z, Rows<const T>{workspace_.data() + panels_[depth - 1].z, group_size_}, layer.out,
                       block.groups);
    if (layer.normalized()) normalize_block(depth, block);
    // Normalization has written n to the activations' rows.
    const std::ptrdiff_t to_source = layer.normalized() ? 0 : panel.z - panel.activations;
    if (!relu)
      kernel::activate(layer, a, to_source, panel.to_derivatives(), block.groups);
    else if (!in_place)
      for (int g = 0; g < block.groups; ++g) kernel::rectify(layer, a.group(g), to_source, alive, g);
    source = {a.first, a.per_group};
  }
}

template <class T>
NormalizedRows<T> normalized_rows(const Layer& layer, const T* parameters, T* z, T* standardized, T* normalized,
                                  T* inverse, std::ptrdiff_t per_group) noexcept {
  return {{z, per_group},
          {standardized, per_group},
          {normalized, per_group},
          {inverse, per_group},
          parameters + layer.gains,
          parameters + layer.shifts,
          layer.out,
          static_cast<T>(layer.normalizer.epsilon)};
}

template <class T>
void Kernel<T>::normalize_block(std::size_t l, const Block& block) noexcept {
  const Layer& layer = network_.layers[l];
  const Panel& panel = panels_[l];
  T* const base = workspace_.data();
  const auto rows = normalized_rows(layer, block.parameters, base + panel.z, base + panel.standardized,
                                    base + panel.activations, base + panel.inverse, group_size_);
  if (layer.normalizer.kind == Normalization::layer) {
    for (int g = 0; g < block.groups; ++g) kernel::normalize_over_units(rows, g);
  } else if (block.statistics != nullptr) {
    const T* const means = block.statistics + layer.statistics;
    for (int g = 0; g < block.groups; ++g) kernel::normalize_with(rows, g, means, means + layer.out);
  } else {
    T* const means = batch_statistics_.data() + layer.statistics;
    kernel::normalize_over_batch(rows, block.groups, block.padding, means, means + layer.out);
  }
}

template <class T>
bool Kernel<T>::mostly_alive(std::size_t l, const Block& block, const AliveUnits* alive_units) const noexcept {
  const Layer& layer = network_.layers[l];
  if (layer.activation != Activation::relu) return true;
  std::size_t alive = 0;
  for (int g = 0; g < block.groups; ++g) alive += alive_units[l].units_in(g).size();
  return 4 * alive >= 3 * static_cast<std::size_t>(layer.out) * static_cast<std::size_t>(block.groups);
}

template <class T>
void Kernel<T>::write_gradient(std::size_t l, const Block& block, kernel::Rows<const T> delta,
                               kernel::Rows<const T> source) noexcept {
  const Layer& layer = network_.layers[l];
  kernel::wide_gradient(layer.out, layer.in, delta, source, block.groups, block.scale, block.direct + layer.weights);
  kernel::bias_gradient(layer.out, delta, block.groups, sums_.data() + layer.biases * Lanes<T>::kCount);
  written_[l] = 1;
}

template <class T>
void Kernel<T>::backward_layer(std::size_t l, const Block& block, const AliveUnits* alive_units) noexcept {
  const Layer& layer = network_.layers[l];
  const Layer& layer_below = network_.layers[l - 1];
  const Activation activation = layer_below.activation;
  const AliveUnits& alive = alive_units[l - 1];
  const Panel& below = panels_[l - 1];
  const T* const weights = branch_of(layer, block.parameters) + layer.weights;
  const Rows<const T> delta{workspace_.data() + panels_[l].activations, group_size_};
  const Rows<T> target{workspace_.data() + below.activations, group_size_};
  const bool single_output = l + 1 == network_.layers.size() && layer.out == 1 && !layer_below.normalized();
  // Most networks have one of these two activations below their output. Code for the others would
  // add bytes to the module for few networks.
  if (single_output && activation == Activation::relu)
    return kernel::back_from_single_output(layer, weights, alive, delta, target, block.groups, sums_.data(),
                                           kernel::Gate{});
  if (single_output && activation == Activation::tanh)
    return kernel::back_from_single_output(layer, weights, alive, delta, target, block.groups, sums_.data(),
                                           kernel::Slope<Function<Activation::tanh>>{{}});
  const bool dense = is_wide(layer) && mostly_alive(l - 1, block, alive_units) && mostly_alive(l, block, alive_units);
  const Rows<const T> a_below{target.first, target.per_group};
  const bool every_delta = has_every_delta(l);
  const ByteOffsets all_above = every_unit(l);
  const auto units_above = [&](int g) { return every_delta ? all_above : ByteOffsets(alive_units[l].units_in(g)); };
  if (dense && block.direct != nullptr)
    write_gradient(l, block, delta, a_below);
  else
    kernel::layer_gradient<T>(
        layer, units_above, [&](int g) { return alive.units_in(g); }, delta, a_below, block.groups, sums_.data());
  const ByteOffsets every_below = every_unit(l - 1);
  const auto go_back = [&](auto finish) __attribute__((always_inline)) {
    if (dense)
      return kernel::wide_back(layer, weights, ByteOffsets(every_), delta, target, block.groups, wide_sums_.data(),
                               packed_.data(), finish);
    for (int g = 0; g < block.groups; ++g)
      kernel::transposed_product(weights, layer.in, layer.skip.present ? every_below : ByteOffsets(alive.units_in(g)),
                                 units_above(g), delta.group(g), target.group(g), finish);
  };
  if (activation == Activation::relu) {
    go_back(kernel::Gate{});
  } else {
    kernel::differentiate(layer_below, target, block.groups);
    go_back(kernel::Scale{below.to_derivatives()});
  }
  if (layer_below.normalized()) normalize_block_backward(l - 1, block);
  // The skip connection's derivative is added to dz, after normalization if there is any.
  if (layer.skip.present) kernel::add_rows(target, delta, layer_below.out, block.groups);
}

template <class T>
void Kernel<T>::normalize_block_backward(std::size_t l, const Block& block) noexcept {
  const Layer& layer = network_.layers[l];
  const Panel& panel = panels_[l];
  T* const base = workspace_.data();
  const auto rows = normalized_rows(layer, block.parameters, base + panel.z, base + panel.standardized,
                                    base + panel.activations, base + panel.inverse, group_size_);
  T* const gain_sums = sums_.data() + layer.gains * Lanes<T>::kCount;
  T* const shift_sums = sums_.data() + layer.shifts * Lanes<T>::kCount;
  if (layer.normalizer.kind == Normalization::layer) {
    for (int g = 0; g < block.groups; ++g) kernel::normalize_over_units_backward(rows, g, gain_sums, shift_sums);
  } else {
    const T* const variances = batch_statistics_.data() + layer.statistics + layer.out;
    kernel::normalize_over_batch_backward(rows, block.groups, block.padding, variances, gain_sums, shift_sums);
  }
}

template <class T>
void Kernel<T>::backward_block(const Block& block, const AliveUnits* alive_units) noexcept {
  const Rows<T> output{workspace_.data() + panels_.back().activations, group_size_};
  for (int g = 0; g < block.groups; ++g)
    kernel::output_deltas(network_.output, network_.outputs(), output.group(g),
                          block.examples.labels(block.first_group + g));
  if (block.padding > 0)
    for (int unit = 0; unit < network_.outputs(); ++unit) {
      T* const end = output.group(block.groups - 1) + (static_cast<std::ptrdiff_t>(unit) + 1) * kGroup<T>;
      std::fill(end - block.padding, end, T{0});
    }

  for (std::size_t l = network_.layers.size() - 1; l > 0; --l) backward_layer(l, block, alive_units);

  const Layer& first = network_.layers.front();
  const Rows<const T> delta{workspace_.data() + panels_.front().activations, group_size_};
  const Rows<const T> source{block.examples.group(block.first_group), block.examples.stride()};
  if (block.direct != nullptr && is_wide(first) && mostly_alive(0, block, alive_units))
    write_gradient(0, block, delta, source);
  else if (first.in == kFewInputs && !has_every_delta(0))
    kernel::narrow_gradient<kFewInputs>(first, alive_units[0], delta, source, block.groups, sums_.data());
  else
    kernel::layer_gradient<T>(
        first, [&](int g) { return delta_units(0, alive_units, g); }, [&](int) { return every_input(); }, delta, source,
        block.groups, sums_.data());
}

template <class T>
void Kernel<T>::reduce_sums(T scale, std::span<T> gradient, std::size_t begin, std::size_t end) noexcept {
  using V = typename Lanes<T>::V;
  constexpr std::size_t kLanes = Lanes<T>::kCount;
  // Reduces as many parameters at a time as a vector has lanes, and resets the sums to zero for the
  // next batch.
  T* sum = sums_.data() + begin * kLanes;
  std::size_t i = begin;
  for (; i + kLanes <= end; i += kLanes) {
    V sums[kLanes];
    for (V& each : sums) {
      each = load<V>(sum);
      store(sum, V{});
      sum += kLanes;
    }
    store(gradient.data() + i, sum_lanes(sums) * splat<V>(scale));
  }
  for (; i < end; ++i, sum += kLanes) {
    V sums[kLanes] = {load<V>(sum)};
    store(sum, V{});
    gradient[i] = (sum_lanes(sums) * splat<V>(scale))[0];
  }
}

template <class T>
void Kernel<T>::gradient(std::span<const T> parameters, const PackedExamples<T>& examples, const Batch& batch, T scale,
                         std::span<T> gradient) {
  const int most = needs_whole_batch({}) ? batch.groups : block_groups_;
  prepare(parameters, most);
  const int blocks = (batch.groups + most - 1) / most;
  std::fill(written_.begin(), written_.end(), char{0});
  int done = 0;
  for (int b = 0; b < blocks; ++b) {
    // Blocks of nearly equal size: a short last block would have a tile's fixed cost for little
    // work.
    const int groups = (batch.groups - done + blocks - b - 1) / (blocks - b);
    const int padding = b == blocks - 1 ? batch.groups * kGroup<T> - batch.examples : 0;
    const Block block{parameters.data(),
                      nullptr,
                      examples,
                      batch.first_group + done,
                      groups,
                      padding,
                      scale,
                      blocks == 1 ? gradient.data() : nullptr};
    AliveUnits* const alive_units = alive_.in_block(b);
    forward_block(block, static_cast<int>(network_.layers.size()) - 1, alive_units);
    backward_block(block, alive_units);
    done += groups;
  }
  std::size_t begin = 0;
  for (std::size_t l = 0; l < network_.layers.size(); ++l) {
    if (written_[l] == 0) continue;
    reduce_sums(scale, gradient, begin, network_.layers[l].weights);
    begin = network_.layers[l].biases;
  }
  reduce_sums(scale, gradient, begin, gradient.size());
  // The branch W a + b enters z with the factor s. Its derivative by s is the sum over the examples
  // of dz (W a + b), which is the scalar product of W and b with their gradients for s = 1.
  for (const Layer& layer : network_.layers) {
    if (!layer.skip.present) continue;
    const T s = branch_scale(layer, parameters.data());
    T by_scale = 0;
    for (std::size_t i = layer.weights; i < layer.gains; ++i) {
      by_scale += parameters[i] * gradient[i];
      gradient[i] *= s;
    }
    if (layer.skip.learned) gradient[layer.scale] = by_scale;
  }
}

template class Kernel<double>;
template class Kernel<float>;

}  // namespace init_lab
