#include "core/catalogue.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#ifdef __EMSCRIPTEN__
#include <emscripten.h>
#else
#include <cstdio>
#include <cstdlib>
#endif

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

#ifdef __EMSCRIPTEN__
namespace {
// JavaScript has a shortest text ready; printf and strtod would be a tenth of the WebAssembly file.
EM_JS(void, init_lab_number_text, (double value, char* target, int size),
      { stringToUTF8(String(value), target, size); });
}  // namespace

std::string show_number(double value) {
  char text[40];
  init_lab_number_text(value, text, sizeof text);
  return text;
}
#else
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
#endif

}  // namespace init_lab
