// The hot loop: forward and backward pass of a network over packed examples.
#pragma once

#include <algorithm>
#include <vector>

#include "init_lab/network/network.hpp"
#include "init_lab/numerics/aligned.hpp"
#include "init_lab/training/alive_units.hpp"
#include "init_lab/training/packed_examples.hpp"

namespace init_lab {

/// Forward and backward passes of one network in the arithmetic of T (double or float).
///
/// Lanes run across examples. A block of groups of examples goes forward and backward through all layers before the
/// next one, so that its activations, in whose place their gradients are written, stay in the first-level cache;
/// weights are broadcast. A product is done in tiles of two units by one group: eight accumulators, which with the
/// operands fill the 16 vector registers. So is the gradient of the weights, whose eight factors stay in registers; it
/// grows in memory, lane by lane, and is summed over the lanes at the end. Every sum has one order, whatever the
/// machine. Layers of more inputs than kInputChunk are done chunk by chunk, so that a chunk of the examples and of the
/// weights stays in the cache (the picture network's first layer has 12,288).
///
/// What ReLU has silenced is left out: a unit that is zero on a whole group adds nothing to the units above nor to the
/// gradient of their weights, gets no gradient and passes none on. (Where a whole layer is silent, one of its units is
/// done all the same.) Such groups are many where neighbours share a group (locality.hpp): on the circles half of all.
/// What is left out are products with exact zeros, so that finite numbers lose nothing.
template <class T>
class Kernel {
 public:
  explicit Kernel(const Network& network);

  /// Writes `scale` times the gradient, summed over the batch's examples, to `gradient`, which is as long as
  /// `parameters` and in their order. Without the L2 term.
  void gradient(const T* parameters, const PackedExamples<T>& examples, const Batch& batch, T scale, T* gradient);

  /// Takes the batch forward as far as `last_layer`. `use(layer, group, rows)` is told where the activations of each of
  /// these layers lie for each group (counted from the batch's first): width by kGroup, until it returns. Padding lanes
  /// hold values without meaning.
  template <class Use>
  void forward(const T* parameters, const PackedExamples<T>& examples, const Batch& batch, int last_layer,
               Use&& use) noexcept {
    for (int first = 0; first < batch.groups; first += block_groups_) {
      const int groups = std::min(block_groups_, batch.groups - first);
      forward_block(parameters, examples, batch.first_group + first, groups, last_layer, alive_.other());
      for (int l = 0; l <= last_layer; ++l)
        for (int g = 0; g < groups; ++g)
          use(l, first + g, workspace_.data() + panels_[static_cast<std::size_t>(l)].at + g * group_size_);
    }
  }

 private:
  /// Where a layer's rows lie in the workspace of a group. They hold a going forward; going back, once the gradient of
  /// the weights above has read them, dJ/dz.
  struct Panel {
    std::ptrdiff_t at;
    std::ptrdiff_t to_derivatives;  ///< to phi'(z), which activations whose a does not give it keep going forward
  };

  void forward_block(const T* parameters, const PackedExamples<T>& examples, int first_group, int groups,
                     int last_layer, AliveUnits* alive) noexcept;
  void backward_block(const T* parameters, const PackedExamples<T>& examples, int first_group, int groups, int padding,
                      const AliveUnits* alive) noexcept;

  Network network_;
  std::vector<Panel> panels_;
  std::ptrdiff_t group_size_ = 0;  ///< of the workspace of one group, in Ts
  int block_groups_ = 1;
  AliveUnitsOfBlocks alive_;
  std::vector<int> every_;  ///< the places of all inputs of the first layer
  AlignedVector<T> workspace_;
  AlignedVector<T> sums_;  ///< the gradient as it grows: a vector for each parameter, at its place
};

extern template class Kernel<double>;
extern template class Kernel<float>;

}  // namespace init_lab
