// The units of a layer with a nonzero activation: units that ReLU has silenced need no arithmetic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "init_lab/network/network.hpp"

namespace init_lab {

/// For one layer and one block of groups: the units with a nonzero activation on some example of
/// the group, in increasing order. The list rarely changes between iterations.
class AliveUnits {
 public:
  /// Per unit and group: ~0 if the unit is silent, 0 if it is alive.
  using Mark = std::uint64_t;

  /// All units are alive at first. The lists hold a unit's number times `step`.
  AliveUnits(int units, int groups, int step = 1);

  /// The alive units of a group, at least one: if all are silent, the first one is listed, so that
  /// loops need no check for an empty list.
  [[nodiscard]] std::span<const int> units_in(int group) const noexcept {
    const auto g = static_cast<std::size_t>(group);
    return {units_.data() + g * width_, counts_[g]};
  }

  /// The marks of a group's units, padded to an even number by a silent mark. Call list() after
  /// changing them.
  [[nodiscard]] Mark* silent_in(int group) noexcept {
    return silent_.data() + static_cast<std::size_t>(group) * (width_ + width_ % 2);
  }

  /// Rebuilds the list of a group from its marks.
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
  std::vector<int> units_;           ///< for each group a list with room for `width_` units
  std::vector<std::size_t> counts_;  ///< lengths of these lists
  std::vector<Mark> silent_;
};

/// The alive units of each layer for every block of a batch, kept between iterations because they
/// rarely change.
class AliveUnitsOfBlocks {
 public:
  AliveUnitsOfBlocks() = default;
  /// Lists for blocks of `groups` groups; `step` as in AliveUnits.
  AliveUnitsOfBlocks(const Network& network, int groups, int step);

  /// The lists of each layer in this block of a batch.
  [[nodiscard]] AliveUnits* in_block(int block);
  /// Shared scratch lists for every other caller. Contents are whatever the previous caller left.
  [[nodiscard]] AliveUnits* shared() noexcept { return lists_.front().data(); }

 private:
  std::vector<std::vector<AliveUnits>> lists_;  ///< the shared ones, then those of the blocks
};

}  // namespace init_lab
