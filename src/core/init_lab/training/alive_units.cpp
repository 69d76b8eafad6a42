#include "init_lab/training/alive_units.hpp"

#include <cstddef>

namespace init_lab {

namespace {

/// Number of blocks that have their own lists, about 1 MiB together. Later blocks use the shared
/// lists.
constexpr std::size_t kMostBlocks = 128;

}  // namespace

AliveUnits::AliveUnits(int units, int groups, int step)
    : step_(step),
      width_(static_cast<std::size_t>(units)),
      units_(width_ * static_cast<std::size_t>(groups)),
      counts_(static_cast<std::size_t>(groups), width_),
      silent_((width_ + width_ % 2) * static_cast<std::size_t>(groups)) {
  for (std::size_t i = 0; i < units_.size(); ++i) units_[i] = static_cast<int>(i % width_) * step_;
  if (width_ % 2 == 1)
    for (std::size_t i = width_; i < silent_.size(); i += width_ + 1) silent_[i] = ~Mark{0};
}

AliveUnitsOfBlocks::AliveUnitsOfBlocks(const Network& network, int groups, int step) {
  lists_.emplace_back();
  for (const Layer& layer : network.layers) lists_.front().emplace_back(layer.out, groups, step);
}

AliveUnits* AliveUnitsOfBlocks::in_block(int block) {
  const auto list = static_cast<std::size_t>(block) + 1;
  if (list > kMostBlocks) return shared();
  if (list == lists_.size()) lists_.push_back(lists_.front());
  return lists_[list].data();
}

}  // namespace init_lab
