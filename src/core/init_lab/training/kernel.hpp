// The hot loop: forward and backward pass of a network over packed examples.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "init_lab/network/network.hpp"
#include "init_lab/numerics/aligned.hpp"
#include "init_lab/training/alive_units.hpp"
#include "init_lab/training/packed_examples.hpp"
#include "init_lab/training/product_tiles.hpp"

namespace init_lab {

/// Forward and backward passes of one network in the arithmetic of T (double or float).
///
/// SIMD lanes run across examples. A block of groups of examples goes forward and backward through
/// all layers before the next block, so that its activations stay in the first-level cache. The
/// backward pass overwrites them with its deltas. Batch normalization needs all examples of a
/// batch at a layer: then the whole batch is one block. Every sum has one order, whatever the
/// machine and the size of a block.
///
/// The kernel skips silent units, which are zero on a whole group. A silent unit adds nothing to
/// the units above or to the gradient of their weights, gets no gradient and passes none on. (If a
/// whole layer is silent, one unit is computed anyway.) Silent units are frequent if neighbouring
/// examples share a group (data/locality.hpp): half of all units on the circles. The skipped
/// products have a factor that is exactly zero, so results with finite numbers are the same.
///
/// A kernel is for one thread: even the forward pass writes to its workspace.
template <class T>
class Kernel {
 public:
  explicit Kernel(const Network& network);

  /// Writes `scale` times the gradient, summed over the batch's examples, to `gradient`, which is
  /// as long as `parameters` and in their order. The L2 term is not included.
  void gradient(std::span<const T> parameters, const PackedExamples<T>& examples, const Batch& batch, T scale,
                std::span<T> gradient);

  /// The statistics of batch normalization that the last gradient() or forward() computed from its
  /// batch, in the order of the network's statistics: means and variances by unit.
  [[nodiscard]] std::span<const T> batch_statistics() const noexcept { return batch_statistics_; }

  /// Takes the batch forward as far as `last_layer` and calls `visit(layer, group, rows)` for every
  /// layer and group (counted from the batch's first). `rows` holds the layer's activations, width
  /// by kGroup, and is valid during the call. A softmax is not applied: its rows hold z. Padding
  /// lanes hold values without meaning.
  /// @param statistics for batch normalization (network.statistics long); if empty, those of this
  ///   batch
  template <class Visit>
  void forward(std::span<const T> parameters, std::span<const T> statistics, const PackedExamples<T>& examples,
               const Batch& batch, int last_layer, Visit&& visit) {
    const bool whole = needs_whole_batch(statistics);
    const int block = whole ? batch.groups : block_groups_;
    prepare(parameters, block);
    for (int first = 0; first < batch.groups; first += block) {
      const int groups = std::min(block, batch.groups - first);
      const int padding = first + groups == batch.groups ? batch.groups * kGroup<T> - batch.examples : 0;
      forward_block({parameters.data(), statistics.data(), examples, batch.first_group + first, groups, padding},
                    last_layer, alive_.shared());
      for (int l = 0; l <= last_layer; ++l)
        for (int g = 0; g < groups; ++g)
          visit(l, first + g, workspace_.data() + panels_[static_cast<std::size_t>(l)].activations + g * group_size_);
    }
  }

  /// Groups of examples in a block.
  [[nodiscard]] int block_groups() const noexcept { return block_groups_; }

 private:
  /// Offsets of a layer's rows in the workspace of a group. Rows that a layer does not need have
  /// the offset of its activations.
  struct Panel {
    std::ptrdiff_t activations;   ///< a; the backward pass replaces it by dJ/dz
    std::ptrdiff_t z;             ///< separate only for normalization and skip connections
    std::ptrdiff_t standardized;  ///< of normalization
    std::ptrdiff_t inverse;       ///< of layer normalization, one row
    std::ptrdiff_t derivatives;   ///< phi'(n), if it does not follow from a
    [[nodiscard]] std::ptrdiff_t to_derivatives() const noexcept { return derivatives - activations; }
  };

  /// The arguments of a pass over one block.
  struct Block {
    const T* parameters;
    const T* statistics;  ///< if null, those of the block, which is then the whole batch
    const PackedExamples<T>& examples;
    int first_group, groups;
    int padding;  ///< lanes of the last group
    T scale = 0;  ///< of the gradient
    /// The gradient, if the block is the whole batch: large layers then write their part directly.
    T* direct = nullptr;
  };

  [[nodiscard]] bool needs_whole_batch(std::span<const T> statistics) const noexcept {
    return network_.statistics > 0 && statistics.empty();
  }
  /// Makes room for a block and scales the branches of skip connections.
  void prepare(std::span<const T> parameters, int groups);
  /// The parameters from which a pass reads the layer's weights and biases: those of a branch are
  /// scaled by s.
  [[nodiscard]] const T* branch_of(const Layer& layer, const T* parameters) const noexcept {
    return layer.skip.present ? scaled_.data() : parameters;
  }
  [[nodiscard]] T branch_scale(const Layer& layer, const T* parameters) const noexcept;
  [[nodiscard]] bool skip_into(std::size_t layer) const noexcept {
    return layer < network_.layers.size() && network_.layers[layer].skip.present;
  }
  /// Whether silent units of the layer can have a nonzero delta.
  [[nodiscard]] bool has_every_delta(std::size_t layer) const noexcept {
    return skip_into(layer + 1) || network_.layers[layer].normalized();
  }
  /// The units of a layer whose delta may not be 0 in a group.
  [[nodiscard]] std::span<const int> delta_units(std::size_t layer, const AliveUnits* alive, int group) const noexcept {
    return has_every_delta(layer) ? every_unit(layer) : alive[layer].units_in(group);
  }
  [[nodiscard]] std::span<const int> every_unit(std::size_t layer) const noexcept {
    return std::span<const int>(every_).first(static_cast<std::size_t>(network_.layers[layer].out));
  }
  [[nodiscard]] std::span<const int> every_input() const noexcept {
    return std::span<const int>(every_).first(static_cast<std::size_t>(network_.inputs()));
  }

  /// Writes the gradient of a layer's weights and adds that of its biases to the sums.
  void write_gradient(std::size_t layer, const Block& block, kernel::Rows<const T> delta,
                      kernel::Rows<const T> source) noexcept;
  void forward_block(const Block& block, int last_layer, AliveUnits* alive) noexcept;
  // Not inlined: normalization's registers would be missing in the passes over other layers.
  [[gnu::noinline]] void normalize_block(std::size_t layer, const Block& block) noexcept;
  [[gnu::noinline]] void normalize_block_backward(std::size_t layer, const Block& block) noexcept;
  void backward_block(const Block& block, const AliveUnits* alive) noexcept;
  void backward_layer(std::size_t layer, const Block& block, const AliveUnits* alive) noexcept;
  /// Whether so many units of a layer are alive in the block that skipping the others saves little.
  [[nodiscard]] bool mostly_alive(std::size_t layer, const Block& block, const AliveUnits* alive) const noexcept;
  void reduce_sums(T scale, std::span<T> gradient, std::size_t begin, std::size_t end) noexcept;

  Network network_;
  std::vector<Panel> panels_;
  std::ptrdiff_t group_size_ = 0;  ///< of the workspace of one group, in Ts
  int block_groups_ = 1;
  int room_ = 0;  ///< groups that the workspace and the lists of alive units hold
  AliveUnitsOfBlocks alive_;
  std::vector<int> every_;  ///< byte offsets of all units or inputs of the widest layer
  AlignedVector<T> workspace_;
  AlignedVector<T> sums_;  ///< of the gradient: a vector for each parameter, in their order
  AlignedVector<T> scaled_;
  std::vector<T> batch_statistics_;
  AlignedVector<T> wide_sums_;  ///< of a wide layer's transposed product
  AlignedVector<T> packed_;     ///< a tile of weights, transposed
  std::vector<char> written_;   ///< by layer: 1 if the batch wrote its weights' gradient directly
};

extern template class Kernel<double>;
extern template class Kernel<float>;

}  // namespace init_lab
