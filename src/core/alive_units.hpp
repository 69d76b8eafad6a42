// Which units of a layer hold anything but zeros: what a ReLU has silenced needs no arithmetic.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace init_lab {

/// For one layer and one block of groups of examples: the units that are alive in a group (not zero on all of its
/// examples), and the groups in which a unit is alive. Both lists rise.
class AliveUnits {
 public:
  /// Of a layer that is `gated` (by ReLU) the marked units are alive; of any other all are, everywhere.
  AliveUnits(int units, int most_groups, bool gated)
      : gated_(gated),
        width_(static_cast<std::size_t>(units)),
        most_groups_(static_cast<std::size_t>(most_groups)),
        marks_(width_ * most_groups_),
        units_(width_ * most_groups_),
        unit_counts_(most_groups_, width_),
        groups_(width_ * most_groups_),
        group_counts_(width_, most_groups_) {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      units_[i] = static_cast<int>(i % width_);
      groups_[i] = static_cast<int>(i % most_groups_);
    }
  }

  /// Where the mark of a unit in a group is to be written: 1 where it is alive, else 0.
  [[nodiscard]] int* mark(int unit, int group) noexcept {
    return marks_.data() + static_cast<std::size_t>(group) * width_ + static_cast<std::size_t>(unit);
  }

  /// Lists what has been marked in a block of this many groups.
  void list(int groups_in_block) noexcept {
    const auto groups = static_cast<std::size_t>(groups_in_block);
    if (!gated_) {
      std::fill(group_counts_.begin(), group_counts_.end(), groups);
      return;
    }
    // An entry is written in any case and counted where it holds: a branch on the data would be mispredicted.
    const int* mark = marks_.data();
    int* list = units_.data();
    for (std::size_t g = 0; g < groups; ++g, list += width_, mark += width_) {
      int* end = list;
      for (std::size_t u = 0; u < width_; ++u) {
        *end = static_cast<int>(u);
        end += mark[u];
      }
      unit_counts_[g] = static_cast<std::size_t>(end - list);
    }
    mark = marks_.data();
    list = groups_.data();
    for (std::size_t u = 0; u < width_; ++u, list += most_groups_, ++mark) {
      int* end = list;
      const int* m = mark;
      for (std::size_t g = 0; g < groups; ++g, m += width_) {
        *end = static_cast<int>(g);
        end += *m;
      }
      group_counts_[u] = static_cast<std::size_t>(end - list);
    }
  }

  [[nodiscard]] std::span<const int> units_in(int group) const noexcept {
    const auto g = static_cast<std::size_t>(group);
    return {units_.data() + g * width_, unit_counts_[g]};
  }
  [[nodiscard]] std::span<const int> groups_of(int unit) const noexcept {
    const auto u = static_cast<std::size_t>(unit);
    return {groups_.data() + u * most_groups_, group_counts_[u]};
  }

 private:
  bool gated_;
  std::size_t width_, most_groups_;
  std::vector<int> marks_;  ///< unit by unit for each group
  std::vector<int> units_;  ///< a list of `width_` for each group
  std::vector<std::size_t> unit_counts_;
  std::vector<int> groups_;  ///< a list of `most_groups_` for each unit
  std::vector<std::size_t> group_counts_;
};

}  // namespace init_lab
