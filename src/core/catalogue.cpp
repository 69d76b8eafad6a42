#include "core/catalogue.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace init_lab {

namespace {

const ParameterInfo* find(std::span<const ParameterInfo> known, std::string_view name) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const auto& info) { return info.name == name; });
  return found == known.end() ? nullptr : &*found;
}

std::string names_of(std::span<const ParameterInfo> known) {
  std::string names;
  for (const auto& info : known) names += (names.empty() ? "one of " : ", ") + std::string(info.name);
  return names.empty() ? "no parameter here" : names;
}

}  // namespace

double parameter(const Parameters& parameters, std::span<const ParameterInfo> known, std::string_view name) {
  const ParameterInfo* info = find(known, name);
  if (info == nullptr) throw std::logic_error("no parameter " + std::string(name));
  const auto set = parameters.find(name);
  return set == parameters.end() ? info->value : set->second;
}

Parameters complete_parameters(const Parameters& parameters, std::span<const ParameterInfo> known,
                               std::string_view field) {
  for (const auto& [name, value] : parameters) {
    const std::string path = std::string(field) + '.' + name;
    const ParameterInfo* info = find(known, name);
    if (info == nullptr)
      throw SpecError(ErrorKind::range, "unknown-parameter", path, show_number(value), names_of(known));
    const std::string expected = (info->integer ? "a whole number from " : "a number from ") + show_number(info->min) +
                                 " to " + show_number(info->max);
    if (!std::isfinite(value)) throw SpecError(ErrorKind::range, "not-finite", path, show_number(value), expected);
    if (info->integer && value != std::floor(value))
      throw SpecError(ErrorKind::range, "not-an-integer", path, show_number(value), expected);
    if (value < info->min || value > info->max)
      throw SpecError(ErrorKind::range, "out-of-range", path, show_number(value), expected);
  }
  Parameters complete;
  for (const auto& info : known) complete.emplace(info.name, parameter(parameters, known, info.name));
  return complete;
}

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
  return text;
}

}  // namespace init_lab
