#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "init_lab/base/catalogue.hpp"

namespace init_lab {

std::string show_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  char text[40];
  // %g would show the limits of most parameters as people do not write them: 1e+04.
  if (value == std::floor(value) && std::fabs(value) < 1e15) {
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
  }
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  std::string shortest = text;
  // C writes 1e-08 where JavaScript writes 1e-8.
  const std::size_t exponent = shortest.find('e');
  if (exponent != std::string::npos && shortest[exponent + 2] == '0') shortest.erase(exponent + 2, 1);
  return shortest;
}

}  // namespace init_lab
