// The error for a field of an experiment with a value that is not accepted: the only error that
// callers of the core can cause. It is data; src/js/error-sentences.js and web/texts have the
// sentences.
#pragma once

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace init_lab {

/// Which rule a field broke. The names (see code_names()) are stable across releases.
enum class ErrorCode {
  wrong_type,
  unknown_field,
  unknown_name,
  unknown_parameter,
  not_finite,
  not_an_integer,
  out_of_range,
  wrong_count,
  bad_formula,
  bad_snapshot,
  wrong_labels,     ///< a data set whose labels do not fit the output layer
  data_not_loaded,  ///< a data set whose file the caller has not provided
  wrong_file,       ///< a file with other content than this version's
};
/// "wrong-type", …, in the order of the enum.
std::span<const std::string_view> code_names() noexcept;

/// What is accepted. The kind decides which members of Expected are set.
enum class ExpectedKind {
  number,   ///< a number; low and high if it is bounded
  integer,  ///< a whole number; low and high if it is bounded
  one_of,   ///< one of `names`; no name is accepted if the list is empty
  /// a value of a type: names[0] is "object", "string", "number", "boolean", "array", …
  type,
  count,      ///< a length from low to high (each may be missing); names[0] is what is counted
  equal,      ///< the number `low`, which is the value of the field `names[0]`
  product,    ///< a length of `low` labels times `high` features
  per_layer,  ///< one entry for all, or one for each of `low` hidden layers
  formula,    ///< a formula of variables and functions `names`; low: position of the mistake
  snapshot,   ///< a snapshot of a session with this network, optimizer and precision
  /// a rule between fields; names[0] is its stable name, names[1…] fields or names in it
  rule,
};
/// "number", …, in the order of the enum.
std::span<const std::string_view> expected_kind_names() noexcept;

struct Expected {
  ExpectedKind kind;
  std::optional<double> low{};
  std::optional<double> high{};
  std::vector<std::string> names{};
  friend bool operator==(const Expected&, const Expected&) = default;
};

/// Writes an Expected as a call: `expected::number(0, 1)`.
namespace expected {
inline Expected number(double low, double high) { return {ExpectedKind::number, low, high}; }
inline Expected finite_number() { return {ExpectedKind::number}; }
inline Expected integer(double low, double high) { return {ExpectedKind::integer, low, high}; }
inline Expected at_least(double low) { return {ExpectedKind::integer, low}; }
inline Expected one_of(std::vector<std::string> names) { return {ExpectedKind::one_of, {}, {}, std::move(names)}; }
inline Expected type(std::string name) { return {ExpectedKind::type, {}, {}, {std::move(name)}}; }
inline Expected at_most(double high, std::string of) { return {ExpectedKind::count, {}, high, {std::move(of)}}; }
inline Expected exactly(double count, std::string of) { return {ExpectedKind::count, count, count, {std::move(of)}}; }
inline Expected equal(double value, std::string field) { return {ExpectedKind::equal, value, {}, {std::move(field)}}; }
/// A rule between fields, by its stable name; the tables of sentences have a sentence for each
/// rule.
inline Expected rule(std::string name, std::vector<std::string> of = {}) {
  of.insert(of.begin(), std::move(name));
  return {ExpectedKind::rule, {}, {}, std::move(of)};
}
}  // namespace expected

/// The type of a value that is neither a number nor a string nor a boolean.
struct FoundType {
  std::string name;  ///< "null", "undefined", "object", "array", "function", …
  friend bool operator==(const FoundType&, const FoundType&) = default;
};
/// The value found: a number (or the wrong length), a string, a boolean, or a type.
using Found = std::variant<double, std::string, bool, FoundType>;
/// A value as describe() shows it: -1, "rose", true, array.
std::string show(const Found& value);

/// The error for a field (a path such as "init.std"), with the value found and what is accepted.
/// what() returns field and code, "init.std: out-of-range"; the tables have the sentence for
/// people.
class SpecError : public std::invalid_argument {
 public:
  SpecError(ErrorCode code, std::string field, Found value, Expected expected);

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] std::string_view code_name() const noexcept;
  /// Whether JavaScript gets a TypeError; otherwise it gets a RangeError.
  [[nodiscard]] bool is_type_error() const noexcept;
  [[nodiscard]] const std::string& field() const noexcept { return field_; }
  [[nodiscard]] const Found& value() const noexcept { return value_; }
  [[nodiscard]] const Expected& expected() const noexcept { return expected_; }

 private:
  ErrorCode code_;
  std::string field_;
  Found value_;
  Expected expected_;
};

/// The error with its value, for C++ callers and tests: "init.std (-1): out-of-range". Not part of
/// what(), because writing a number would add 4 KB of printf to the WebAssembly file.
std::string describe(const SpecError& error);

}  // namespace init_lab
