#include "init_lab/data/points.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "init_lab/base/check.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"

namespace init_lab {

namespace {

bool is_label(double y, LabelKind kind) {
  if (kind == LabelKind::two_classes) return y == 0 || y == 1;
  if (kind == LabelKind::classes) return y >= 0 && y < kMostUnits && y == std::floor(y);
  return std::isfinite(y);
}

Expected expected_label(LabelKind kind) {
  if (kind == LabelKind::two_classes) return expected::one_of({"0", "1"});
  if (kind == LabelKind::classes) return expected::integer(0, kMostUnits - 1);
  return expected::finite_number();
}

}  // namespace

void check_points(const Points& points, LabelKind kind, const std::string& field) {
  const auto m = points.y.size();
  if (points.features < 1)
    out_of_range(field + ".features", static_cast<double>(points.features), expected::at_least(1));
  if (points.x.size() > kMostPointValues)
    wrong_count(field + ".x", static_cast<double>(points.x.size()),
                expected::at_most(static_cast<double>(kMostPointValues), "numbers"));
  // 64 bits: with the 32 of WebAssembly's size_t the product could wrap round to the size.
  const auto values = static_cast<std::uint64_t>(m) * static_cast<std::uint64_t>(points.features);
  if (points.x.size() != values)
    wrong_count(field + ".x", static_cast<double>(points.x.size()),
                {ExpectedKind::product, static_cast<double>(m), static_cast<double>(points.features)});
  for (std::size_t i = 0; i < points.x.size(); ++i)
    if (!std::isfinite(points.x[i]))
      throw SpecError(ErrorCode::not_finite, field + ".x[" + std::to_string(i) + "]", points.x[i],
                      expected::finite_number());
  for (std::size_t i = 0; i < m; ++i)
    if (!is_label(points.y[i], kind))
      out_of_range(field + ".y[" + std::to_string(i) + "]", points.y[i], expected_label(kind));
}

int count_classes(const Points& points) {
  const auto largest = std::max_element(points.y.begin(), points.y.end());
  return largest == points.y.end() ? 2 : std::max(2, 1 + static_cast<int>(*largest));
}

}  // namespace init_lab
