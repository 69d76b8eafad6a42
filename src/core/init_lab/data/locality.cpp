#include "init_lab/data/locality.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>

namespace init_lab {

namespace {

void halve(const Points& points, std::span<int> part, std::size_t group) {
  if (part.size() <= group) return;
  const auto m = static_cast<std::size_t>(points.size());
  const double* widest = nullptr;
  double spread = -1;
  for (std::size_t f = 0; f < static_cast<std::size_t>(points.features); ++f) {
    const double* const x = points.x.data() + f * m;
    const auto [low, high] = std::minmax_element(part.begin(), part.end(), [&](int a, int b) { return x[a] < x[b]; });
    if (x[*high] - x[*low] > spread) {
      spread = x[*high] - x[*low];
      widest = x;
    }
  }
  // A total order, so that every standard library gives the same result.
  std::sort(part.begin(), part.end(),
            [&](int a, int b) { return widest[a] < widest[b] || (widest[a] == widest[b] && a < b); });
  // The first half holds whole groups, so only the very last group can be short.
  const std::size_t groups = (part.size() + group - 1) / group;
  const std::size_t first = (groups + 1) / 2 * group;
  halve(points, part.first(first), group);
  halve(points, part.subspan(first), group);
}

}  // namespace

std::vector<int> locality_order(const Points& points, int group) {
  std::vector<int> order(static_cast<std::size_t>(points.size()));
  std::iota(order.begin(), order.end(), 0);
  halve(points, order, static_cast<std::size_t>(group));
  return order;
}

}  // namespace init_lab
