// What is said of a value that is not in its range.
#pragma once

#include <string>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/error.hpp"

namespace init_lab {

[[noreturn]] inline void out_of_range(const std::string& field, const std::string& value, const std::string& expected) {
  throw SpecError(ErrorKind::range, "out-of-range", field, value, expected);
}

/// Throws SpecError unless low <= value <= high.
inline void check_between(const std::string& field, double value, double low, double high) {
  if (!(value >= low && value <= high))
    out_of_range(field, show_number(value), "a whole number from " + show_number(low) + " to " + show_number(high));
}

}  // namespace init_lab
