#include "init_lab/base/catalogue.hpp"

#include <algorithm>
#include <cmath>
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

double value_of(const Parameters& complete, std::string_view name) {
  const auto found = complete.find(name);
  if (found == complete.end()) throw std::logic_error("no parameter " + std::string(name));
  return found->second;
}

double value_or(const Parameters& complete, std::string_view name, double otherwise) {
  const auto found = complete.find(name);
  return found == complete.end() ? otherwise : found->second;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kMost = 60;
  if (text.size() <= kMost) return std::string(text);
  std::size_t end = kMost - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

std::string show_text(std::string_view text) { return '"' + shortened(text) + '"'; }

Parameters complete_parameters(const Parameters& parameters, std::span<const ParameterInfo> known,
                               std::string_view field) {
  for (const auto& [name, value] : parameters) {
    const std::string path = std::string(field) + '.' + shortened(name);
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
  for (const auto& info : known) complete.emplace(info.name, value_or(parameters, info.name, info.value));
  return complete;
}

}  // namespace init_lab
