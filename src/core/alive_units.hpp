// Which units of a layer hold anything but zeros: what a ReLU has silenced needs no arithmetic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace init_lab {

/// For one layer and one block of groups of examples: the units that are alive in a group (not zero on all of their
/// examples), which rise. From one iteration to the next they are mostly the same.
class AliveUnits {
 public:
  /// Of a unit in a group: all bits are set where it is silent, none where it is alive.
  using Mark = std::uint64_t;

  /// All are alive until they are listed anew. Lists hold a unit's number times `step`.
  AliveUnits(int units, int groups, int step = 1)
      : step_(step),
        width_(static_cast<std::size_t>(units)),
        units_(width_ * static_cast<std::size_t>(groups)),
        counts_(static_cast<std::size_t>(groups), width_),
        silent_((width_ + width_ % 2) * static_cast<std::size_t>(groups)) {
    for (std::size_t i = 0; i < units_.size(); ++i) units_[i] = static_cast<int>(i % width_) * step_;
    if (width_ % 2 == 1)
      for (std::size_t i = width_; i < silent_.size(); i += width_ + 1) silent_[i] = ~Mark{0};
  }

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

}  // namespace init_lab
