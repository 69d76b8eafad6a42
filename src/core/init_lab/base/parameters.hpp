// Parameters of the entries of a catalogue: what each accepts, and the values that a caller gave.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace init_lab {

/// What a parameter holds.
enum class ParameterKind {
  number,   ///< a double in a closed range
  integer,  ///< a whole number in a closed range
  name,     ///< one of a fixed list of names
  text,     ///< free text, such as a formula
  numbers,  ///< a list of numbers
};
/// "number", …
std::string_view parameter_kind_name(ParameterKind kind) noexcept;

/// One parameter of a catalogue entry. Tables write a number as {name, label, help, default, min,
/// max}, a whole number with `ParameterKind::integer` (or `true`) after it, and other kinds with
/// name_parameter, text_parameter and numbers_parameter.
struct ParameterInfo {
  /// Lets the tables write `true` for a whole number.
  struct Kind {
    constexpr Kind(ParameterKind kind_) : kind(kind_) {}                                              // NOLINT
    constexpr Kind(bool integer) : kind(integer ? ParameterKind::integer : ParameterKind::number) {}  // NOLINT
    constexpr operator ParameterKind() const { return kind; }                                         // NOLINT
    ParameterKind kind;
  };

  std::string_view name;   ///< in a spec, camelCase: "learningRate"
  std::string_view label;  ///< in a form: "learning rate"
  std::string_view help;   ///< one sentence, with the unit if there is one
  double value = 0;        ///< default of a number
  double min = 0;          ///< range of a number, or of each of `numbers`
  double max = 0;
  Kind kind = ParameterKind::number;
  std::span<const std::string_view> names{};  ///< of the kind `name`: the accepted names
  std::string_view text{};                    ///< default of the kinds `name` and `text`
};

/// A parameter that takes one of `names`, a constant array; the first one is the default.
constexpr ParameterInfo name_parameter(std::string_view name, std::string_view label, std::string_view help,
                                       std::span<const std::string_view> names) {
  return {name, label, help, 0, 0, 0, ParameterKind::name, names, names.front()};
}
/// A parameter that takes any text.
constexpr ParameterInfo text_parameter(std::string_view name, std::string_view label, std::string_view help,
                                       std::string_view standard) {
  return {name, label, help, 0, 0, 0, ParameterKind::text, {}, standard};
}
/// A parameter that takes a list of finite numbers; empty by default.
constexpr ParameterInfo numbers_parameter(std::string_view name, std::string_view label, std::string_view help) {
  return {name, label, help, 0, 0, 0, ParameterKind::numbers};
}

/// The value of a parameter: a number, a text (names included) or a list of numbers. Converts from
/// each of them, so that `{{"std", 0.01}, {"mode", "fan_in"}}` writes Parameters.
class ParameterValue {
 public:
  ParameterValue() : value_(0.0) {}
  // NOLINTBEGIN(google-explicit-constructor)
  template <class Number>
  requires std::is_arithmetic_v<Number> ParameterValue(Number number) : value_(static_cast<double>(number)) {}
  ParameterValue(const char* text) : value_(std::string(text)) {}
  ParameterValue(std::string text) : value_(std::move(text)) {}
  ParameterValue(std::vector<double> numbers) : value_(std::move(numbers)) {}
  // NOLINTEND(google-explicit-constructor)

  /// Null if the value has another type.
  [[nodiscard]] const double* number() const noexcept { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* text() const noexcept { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const std::vector<double>* numbers() const noexcept {
    return std::get_if<std::vector<double>>(&value_);
  }
  friend bool operator==(const ParameterValue&, const ParameterValue&) = default;

 private:
  std::variant<double, std::string, std::vector<double>> value_;
};

/// The parameters that a caller set; the others have their defaults.
using Parameters = std::map<std::string, ParameterValue, std::less<>>;

/// A named entry of a catalogue with its parameters: what a spec holds under "dataset", "init",
/// "optimizer" and the like.
struct Choice {
  Choice(std::string name_, Parameters parameters_ = {})  // NOLINT: {"flower"} is a Choice
      : name(std::move(name_)), parameters(std::move(parameters_)) {}
  Choice(const char* name_) : name(name_) {}  // NOLINT: so that {"relu", "tanh"} is a list of them

  std::string name;
  Parameters parameters;
  friend bool operator==(const Choice&, const Choice&) = default;
};

/// A number of a complete set. Throws std::logic_error if there is no number of this name.
double value_of(const Parameters& complete, std::string_view name);
/// A number of a complete set, or `otherwise` if there is no number of this name.
double value_or(const Parameters& complete, std::string_view name, double otherwise);
/// A text or name of a complete set. Throws std::logic_error if there is none.
const std::string& text_of(const Parameters& complete, std::string_view name);
/// A list of numbers of a complete set. Throws std::logic_error if there is none.
const std::vector<double>& numbers_of(const Parameters& complete, std::string_view name);

/// `parameters` with every default filled in. Throws SpecError for a parameter that is not known,
/// of another type than its row says, not finite, outside its range, fractional where a whole
/// number is needed, or a name that is not in the list; `field` is the path to report.
Parameters complete_parameters(const Parameters& parameters, std::span<const ParameterInfo> known,
                               std::string_view field);

}  // namespace init_lab
