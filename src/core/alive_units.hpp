// Which units of a layer hold anything but zeros: what a ReLU has silenced needs no arithmetic.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace init_lab {

/// A set of groups of a block, a bit for each.
class GroupSet {
 public:
  static constexpr int kMost = 64;

  constexpr GroupSet() noexcept = default;
  [[nodiscard]] static constexpr GroupSet first(int count) noexcept {
    return GroupSet(count == kMost ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1);
  }
  /// The group where it `counts`, else none.
  [[nodiscard]] static constexpr GroupSet of(int group, bool counts) noexcept {
    return GroupSet(static_cast<std::uint64_t>(counts) << group);
  }
  constexpr GroupSet& operator|=(GroupSet other) noexcept {
    bits_ |= other.bits_;
    return *this;
  }

  friend constexpr bool operator==(GroupSet, GroupSet) noexcept = default;

  /// Calls `use(group)` for its groups as they rise.
  template <class Use>
  constexpr void for_each(Use&& use) const noexcept {
    for (std::uint64_t left = bits_; left != 0; left &= left - 1) use(std::countr_zero(left));
  }

 private:
  constexpr explicit GroupSet(std::uint64_t bits) noexcept : bits_(bits) {}
  std::uint64_t bits_ = 0;
};

/// For one layer and one block of groups of examples: the groups in which a unit is alive (not zero on all of their
/// examples), and the units that are alive in a group, which rise.
class AliveUnits {
 public:
  /// Of a layer that is `gated` (by ReLU) those units are alive that are said to be; of any other all are, everywhere.
  AliveUnits(int units, int most_groups, bool gated)
      : gated_(gated),
        width_(static_cast<std::size_t>(units)),
        groups_(width_),
        listed_(width_, GroupSet::first(most_groups)),
        units_(width_ * static_cast<std::size_t>(most_groups)),
        counts_(static_cast<std::size_t>(most_groups), width_) {
    for (std::size_t i = 0; i < units_.size(); ++i) units_[i] = static_cast<int>(i % width_);
  }

  /// Begins a block of this many groups: to the sets of a gated layer, unit by unit, are to be added those where it is
  /// alive.
  GroupSet* begin(int groups) noexcept {
    std::fill(groups_.begin(), groups_.end(), GroupSet::first(gated_ ? 0 : groups));
    return groups_.data();
  }

  [[nodiscard]] GroupSet groups_of(int unit) const noexcept { return groups_[static_cast<std::size_t>(unit)]; }

  /// Once all groups are known: lists the units of each. From one iteration to the next they are mostly the same.
  void list() noexcept {
    if (!gated_ || groups_ == listed_) return;
    std::copy(groups_.begin(), groups_.end(), listed_.begin());
    std::fill(counts_.begin(), counts_.end(), 0);
    for (std::size_t unit = 0; unit < width_; ++unit)
      groups_[unit].for_each([&](int group) {
        const auto g = static_cast<std::size_t>(group);
        units_[g * width_ + counts_[g]++] = static_cast<int>(unit);
      });
  }

  [[nodiscard]] std::span<const int> units_in(int group) const noexcept {
    const auto g = static_cast<std::size_t>(group);
    return {units_.data() + g * width_, counts_[g]};
  }

 private:
  bool gated_;
  std::size_t width_;
  std::vector<GroupSet> groups_;     ///< of each unit
  std::vector<GroupSet> listed_;     ///< those that the lists hold
  std::vector<int> units_;           ///< a list of `width_` for each group
  std::vector<std::size_t> counts_;  ///< of these lists
};

}  // namespace init_lab
