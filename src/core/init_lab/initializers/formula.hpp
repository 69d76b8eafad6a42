// Formulas that a person types, such as "sqrt(2 / n_in) * 0.9 ^ layer".
//
//   sum     = product { ("+" | "-") product }
//   product = signed { ("*" | "/") signed }
//   signed  = "-" signed | power
//   power   = operand [ "^" signed ]
//   operand = number | variable | function "(" sum { "," sum } ")" | "(" sum ")"
//
// "^" binds to the right and before a sign: -2 ^ 2 is -4, 2 ^ -1 is 0.5.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string_view>

namespace init_lab {

/// A variable of a formula and its value.
struct FormulaVariable {
  std::string_view name;
  double value;
};

/// sqrt, log, exp (of one argument), min, max (of two arguments).
std::span<const std::string_view> formula_functions() noexcept;

/// The error for a text that is not a formula.
class FormulaError : public std::invalid_argument {
 public:
  explicit FormulaError(std::size_t position);
  /// Position of the first unexpected character, from 1; one more than the length if the text ends
  /// too early.
  [[nodiscard]] std::size_t position() const noexcept { return position_; }

 private:
  std::size_t position_;
};

/// The value of a formula, in double precision: NaN or infinite where the arithmetic is, such as
/// sqrt(-1). A power with a whole exponent up to 1024 is a product; any other is exp(b log(a)).
/// Throws FormulaError.
double evaluate_formula(std::string_view text, std::span<const FormulaVariable> variables);

}  // namespace init_lab
