// Which units of a layer hold anything but zeros: what a ReLU has silenced needs no arithmetic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "init_lab/network/network.hpp"

namespace init_lab {

/// For one layer and one block of groups of examples: the units that are alive in a group (not zero on all of their
/// examples), which rise. From one iteration to the next they are mostly the same.
class AliveUnits {
 public:
  /// Of a unit in a group: all bits are set where it is silent, none where it is alive.
  using Mark = std::uint64_t;

  /// All are alive until they are listed anew. Lists hold a unit's number times `step`.
  AliveUnits(int units, int groups, int step = 1);

  /// At least one: where all are silent, the first stands for them, so that no loop over them needs to ask.
  [[nodiscard]] std::span<const int> units_in(int group) const noexcept {
    const auto g = static_cast<std::size_t>(group);
    return {units_.data() + g * width_, counts_[g]};
  }

  /// The marks of a group's units, in pairs: an odd layer has one more, which is silent. Whoever changes them lists the
  /// group anew.
  [[nodiscard]] Mark* silent_in(int group) noexcept {
    return silent_.data() + static_cast<std::size_t>(group) * (width_ + width_ % 2);
  }

  /// Lists the units of a group as they are marked.
  void list(int group) noexcept {
    const auto g = static_cast<std::size_t>(group);
    int* const units = units_.data() + g * width_;
    const Mark* const silent = silent_in(group);
    std::size_t count = 0;
    for (std::size_t unit = 0; unit < width_; ++unit) {
      units[count] = static_cast<int>(unit) * step_;
      count += silent[unit] == 0 ? 1 : 0;
    }
    if (count == 0) units[count++] = 0;
    counts_[g] = count;
  }

 private:
  int step_;
  std::size_t width_;
  std::vector<int> units_;           ///< a list of `width_` for each group
  std::vector<std::size_t> counts_;  ///< of these lists
  std::vector<Mark> silent_;
};

/// The alive units of each layer for every block of a batch, which the next iteration mostly finds as they are to be.
class AliveUnitsOfBlocks {
 public:
  AliveUnitsOfBlocks() = default;
  /// Blocks of this many groups; `step` as above.
  AliveUnitsOfBlocks(const Network& network, int groups, int step);

  /// Of each layer, in this block of a batch.
  [[nodiscard]] AliveUnits* of(int block);
  /// Those for whatever else is asked: whoever takes them finds them as the last one left them.
  [[nodiscard]] AliveUnits* other() noexcept { return lists_.front().data(); }

 private:
  std::vector<std::vector<AliveUnits>> lists_;
};

}  // namespace init_lab
