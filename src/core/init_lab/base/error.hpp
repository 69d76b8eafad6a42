// The one error that a caller of the core can cause: a field of the experiment that does not hold what it must.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace init_lab {

/// What kind of rule a field broke; the bindings turn `type` into a TypeError and the rest into a RangeError.
enum class ErrorKind { type, range };

/// Names the field (a path such as "init.std"), the value found and what was expected.
/// `code` is stable across releases ("out-of-range", "unknown-name", …), the message is for people.
class SpecError : public std::invalid_argument {
 public:
  SpecError(ErrorKind kind, std::string code, std::string field, std::string value, std::string expected)
      : std::invalid_argument(field + " is " + value + "; expected " + expected),
        kind_(kind),
        code_(std::move(code)),
        field_(std::move(field)),
        value_(std::move(value)),
        expected_(std::move(expected)) {}

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& code() const noexcept { return code_; }
  [[nodiscard]] const std::string& field() const noexcept { return field_; }
  [[nodiscard]] const std::string& value() const noexcept { return value_; }
  [[nodiscard]] const std::string& expected() const noexcept { return expected_; }

 private:
  ErrorKind kind_;
  std::string code_, field_, value_, expected_;
};

}  // namespace init_lab
