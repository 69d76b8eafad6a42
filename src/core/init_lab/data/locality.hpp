// An order of examples in which neighbours in space stand together.
#pragma once

#include <vector>

#include "init_lab/data/datasets.hpp"

namespace init_lab {

/// The examples' indices in an order whose runs of `group` (from the start) are compact in space: a k-d tree's leaves,
/// the points being halved along the coordinate in which they spread most (Bentley 1975), ties by index. Lanes that
/// hold neighbours are silenced by a ReLU together, and what is silent needs no arithmetic.
[[nodiscard]] std::vector<int> locality_order(const Points& points, int group);

}  // namespace init_lab
