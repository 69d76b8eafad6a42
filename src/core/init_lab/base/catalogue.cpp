#include "init_lab/base/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace init_lab {

namespace {

const ParameterInfo* find(std::span<const ParameterInfo> known, std::string_view name) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const auto& info) { return info.name == name; });
  return found == known.end() ? nullptr : &*found;
}

std::vector<std::string> names_of(std::span<const ParameterInfo> known) {
  std::vector<std::string> names;
  for (const auto& info : known) names.emplace_back(info.name);
  return names;
}

/// The value as an error reports it.
Found found(const ParameterValue& value) {
  if (const double* number = value.number()) return *number;
  if (const std::string* text = value.text()) return shortened(*text);
  return FoundType{"array"};
}

void check_number(const ParameterInfo& info, const ParameterValue& value, const std::string& path) {
  const bool integer = info.kind == ParameterKind::integer;
  const Expected expected = integer ? expected::integer(info.min, info.max) : expected::number(info.min, info.max);
  const double* number = value.number();
  if (number == nullptr) throw SpecError(ErrorCode::wrong_type, path, found(value), expected);
  if (!std::isfinite(*number)) throw SpecError(ErrorCode::not_finite, path, *number, expected);
  if (integer && *number != std::floor(*number)) throw SpecError(ErrorCode::not_an_integer, path, *number, expected);
  if (*number < info.min || *number > info.max) throw SpecError(ErrorCode::out_of_range, path, *number, expected);
}

void check_name(const ParameterInfo& info, const ParameterValue& value, const std::string& path) {
  const std::string* text = value.text();
  const bool known = text != nullptr && std::find(info.names.begin(), info.names.end(), *text) != info.names.end();
  if (known) return;
  const ErrorCode code = text == nullptr ? ErrorCode::wrong_type : ErrorCode::unknown_name;
  throw SpecError(code, path, found(value), expected::one_of({info.names.begin(), info.names.end()}));
}

void check_numbers(const ParameterValue& value, const std::string& path) {
  const std::vector<double>* numbers = value.numbers();
  if (numbers == nullptr) throw SpecError(ErrorCode::wrong_type, path, found(value), expected::type("numbers"));
  for (std::size_t i = 0; i < numbers->size(); ++i)
    if (!std::isfinite((*numbers)[i]))
      throw SpecError(ErrorCode::not_finite, path + '[' + std::to_string(i) + ']', (*numbers)[i],
                      expected::finite_number());
}

void check(const ParameterInfo& info, const ParameterValue& value, const std::string& path) {
  switch (info.kind) {
    case ParameterKind::number:
    case ParameterKind::integer:
      return check_number(info, value, path);
    case ParameterKind::name:
      return check_name(info, value, path);
    case ParameterKind::text:
      if (value.text() == nullptr) throw SpecError(ErrorCode::wrong_type, path, found(value), expected::type("string"));
      return;
    case ParameterKind::numbers:
      return check_numbers(value, path);
  }
}

ParameterValue default_of(const ParameterInfo& info) {
  switch (info.kind) {
    case ParameterKind::name:
    case ParameterKind::text:
      return std::string(info.text);
    case ParameterKind::numbers:
      return std::vector<double>{};
    case ParameterKind::number:
    case ParameterKind::integer:
      break;
  }
  return info.value;
}

[[noreturn]] void missing(std::string_view kind, std::string_view name) {
  throw std::logic_error("no " + std::string(kind) + " parameter " + std::string(name));
}

}  // namespace

std::string_view parameter_kind_name(ParameterKind kind) noexcept {
  constexpr std::array<std::string_view, 5> kNames{"number", "integer", "name", "text", "numbers"};
  static_assert(kNames.size() == static_cast<std::size_t>(ParameterKind::numbers) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

double value_of(const Parameters& complete, std::string_view name) {
  const auto entry = complete.find(name);
  const double* const number = entry == complete.end() ? nullptr : entry->second.number();
  if (number == nullptr) missing("number", name);
  return *number;
}

double value_or(const Parameters& complete, std::string_view name, double otherwise) {
  const auto entry = complete.find(name);
  const double* const number = entry == complete.end() ? nullptr : entry->second.number();
  return number == nullptr ? otherwise : *number;
}

const std::string& text_of(const Parameters& complete, std::string_view name) {
  const auto entry = complete.find(name);
  if (entry == complete.end() || entry->second.text() == nullptr) missing("text", name);
  return *entry->second.text();
}

const std::vector<double>& numbers_of(const Parameters& complete, std::string_view name) {
  const auto entry = complete.find(name);
  if (entry == complete.end() || entry->second.numbers() == nullptr) missing("list", name);
  return *entry->second.numbers();
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
      throw SpecError(ErrorCode::unknown_parameter, path, found(value), expected::one_of(names_of(known)));
    check(*info, value, path);
  }
  Parameters complete;
  for (const auto& info : known) {
    const auto given = parameters.find(info.name);
    complete.emplace(info.name, given == parameters.end() ? default_of(info) : given->second);
  }
  return complete;
}

}  // namespace init_lab
