// An order of examples that places neighbours in space next to each other.
#pragma once

#include <vector>

#include "init_lab/data/points.hpp"

namespace init_lab {

/// Indices of the examples, ordered so that each run of `group` indices is compact in space. The
/// runs are the leaves of a k-d tree, which halves the points along the coordinate with the widest
/// spread (Bentley 1975); ties are broken by index. A ReLU silences neighbours together, and the
/// kernel skips groups that are silent.
[[nodiscard]] std::vector<int> locality_order(const Points& points, int group);

}  // namespace init_lab
