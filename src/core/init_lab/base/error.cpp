#include "init_lab/base/error.hpp"

#include <array>
#include <cstddef>

#include "init_lab/base/catalogue.hpp"

namespace init_lab {

namespace {

constexpr std::array<std::string_view, 13> kCodes{"wrong-type",  "unknown-field",  "unknown-name", "unknown-parameter",
                                                  "not-finite",  "not-an-integer", "out-of-range", "wrong-count",
                                                  "bad-formula", "bad-snapshot",   "wrong-labels", "data-not-loaded",
                                                  "wrong-file"};
static_assert(kCodes.size() == static_cast<std::size_t>(ErrorCode::wrong_file) + 1);

constexpr std::array<std::string_view, 11> kKinds{"number",  "integer",   "one-of",  "type",     "count", "equal",
                                                  "product", "per-layer", "formula", "snapshot", "rule"};
static_assert(kKinds.size() == static_cast<std::size_t>(ExpectedKind::rule) + 1);

std::string summary(ErrorCode code, const std::string& field) {
  return field + ": " + std::string(kCodes[static_cast<std::size_t>(code)]);
}

}  // namespace

std::span<const std::string_view> code_names() noexcept { return kCodes; }
std::span<const std::string_view> expected_kind_names() noexcept { return kKinds; }

std::string show(const Found& value) {
  if (const auto* number = std::get_if<double>(&value)) return show_number(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return show_text(*text);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  return std::get<FoundType>(value).name;
}

std::string describe(const SpecError& error) {
  return error.field() + " (" + show(error.value()) + "): " + std::string(error.code_name());
}

SpecError::SpecError(ErrorCode code, std::string field, Found value, Expected expected)
    : std::invalid_argument(summary(code, field)),
      code_(code),
      field_(std::move(field)),
      value_(std::move(value)),
      expected_(std::move(expected)) {}

std::string_view SpecError::code_name() const noexcept { return kCodes[static_cast<std::size_t>(code_)]; }

bool SpecError::is_type_error() const noexcept {
  return code_ == ErrorCode::wrong_type || code_ == ErrorCode::unknown_field;
}

}  // namespace init_lab
