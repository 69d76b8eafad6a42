// Range checks and their error.
#pragma once

#include <string>
#include <utility>

#include "init_lab/base/error.hpp"

namespace init_lab {

[[noreturn]] inline void out_of_range(const std::string& field, Found value, Expected expected) {
  throw SpecError(ErrorCode::out_of_range, field, std::move(value), std::move(expected));
}
[[noreturn]] inline void wrong_count(const std::string& field, double count, Expected expected) {
  throw SpecError(ErrorCode::wrong_count, field, count, std::move(expected));
}

/// Throws SpecError unless low <= value <= high.
inline void check_between(const std::string& field, double value, double low, double high) {
  if (!(value >= low && value <= high)) out_of_range(field, value, expected::integer(low, high));
}

}  // namespace init_lab
