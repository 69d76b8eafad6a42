#include "init_lab/initializers/formula.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "init_lab/numerics/elementary.hpp"

namespace init_lab {

namespace {

constexpr std::array<std::string_view, 5> kFunctions{"sqrt", "log", "exp", "min", "max"};

/// Largest nesting of parentheses, signs and powers, because each takes a stack frame.
constexpr int kDeepest = 100;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

double whole_power(double base, int exponent) {
  double result = 1;
  for (int left = exponent < 0 ? -exponent : exponent; left > 0; left /= 2) {
    if (left % 2 == 1) result *= base;
    base *= base;
  }
  return exponent < 0 ? 1 / result : result;
}

double power(double base, double exponent) {
  constexpr double kLargestWhole = 1024;
  if (exponent == std::floor(exponent) && std::fabs(exponent) <= kLargestWhole)
    return whole_power(base, static_cast<int>(exponent));
  return base == 0 && exponent > 0 ? 0 : elementary::exp(exponent * elementary::log(base));
}

class Parser {
 public:
  Parser(std::string_view text, std::span<const FormulaVariable> variables) : text_(text), variables_(variables) {}

  double value() {
    const double result = sum();
    if (position_ < text_.size()) fail(position_);
    return result;
  }

 private:
  [[noreturn]] static void fail(std::size_t position) { throw FormulaError(position + 1); }

  void skip_spaces() {
    while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\t')) ++position_;
  }

  /// Skips the character if it is the next one, and tells whether it was.
  bool accept(char character) {
    skip_spaces();
    if (position_ == text_.size() || text_[position_] != character) return false;
    ++position_;
    skip_spaces();
    return true;
  }

  void expect(char character) {
    if (!accept(character)) fail(position_);
  }

  double sum() {
    double result = product();
    for (;;) {
      if (accept('+'))
        result += product();
      else if (accept('-'))
        result -= product();
      else
        return result;
    }
  }

  double product() {
    double result = signed_power();
    for (;;) {
      if (accept('*'))
        result *= signed_power();
      else if (accept('/'))
        result /= signed_power();
      else
        return result;
    }
  }

  double signed_power() {
    skip_spaces();
    if (++depth_ > kDeepest) fail(position_);
    double result = 0;
    if (accept('-')) {
      result = -signed_power();
    } else {
      result = operand();
      if (accept('^')) result = power(result, signed_power());
    }
    --depth_;
    return result;
  }

  double operand() {
    if (accept('(')) {
      const double result = sum();
      expect(')');
      return result;
    }
    if (position_ == text_.size()) fail(position_);
    if (is_letter(text_[position_])) return named();
    return number();
  }

  double number() {
    const std::size_t first = position_;
    int digits = skip_digits();
    if (position_ < text_.size() && text_[position_] == '.') {
      ++position_;
      digits += skip_digits();
    }
    if (digits == 0) fail(first);
    if (position_ < text_.size() && (text_[position_] == 'e' || text_[position_] == 'E')) {
      ++position_;
      if (position_ < text_.size() && (text_[position_] == '-' || text_[position_] == '+')) ++position_;
      if (skip_digits() == 0) fail(position_);
    }
    return std::strtod(std::string(text_.substr(first, position_ - first)).c_str(), nullptr);
  }

  int skip_digits() {
    int count = 0;
    for (; position_ < text_.size() && is_digit(text_[position_]); ++position_) ++count;
    return count;
  }

  double named() {
    const std::size_t first = position_;
    while (position_ < text_.size() && (is_letter(text_[position_]) || is_digit(text_[position_]))) ++position_;
    const std::string_view name = text_.substr(first, position_ - first);
    for (const FormulaVariable& variable : variables_)
      if (variable.name == name) return variable.value;
    for (const std::string_view function : kFunctions)
      if (function == name) return call(name);
    fail(first);
  }

  double call(std::string_view name) {
    expect('(');
    const double first = sum();
    double result = 0;
    if (name == "min" || name == "max") {
      expect(',');
      const double second = sum();
      result = (name == "min") == (second < first) ? second : first;
    } else if (name == "sqrt") {
      result = std::sqrt(first);
    } else {
      result = name == "log" ? elementary::log(first) : elementary::exp(first);
    }
    expect(')');
    return result;
  }

  std::string_view text_;
  std::span<const FormulaVariable> variables_;
  std::size_t position_ = 0;
  int depth_ = 0;
};

}  // namespace

std::span<const std::string_view> formula_functions() noexcept { return kFunctions; }

FormulaError::FormulaError(std::size_t position)
    : std::invalid_argument("not a formula at character " + std::to_string(position)), position_(position) {}

double evaluate_formula(std::string_view text, std::span<const FormulaVariable> variables) {
  return Parser(text, variables).value();
}

}  // namespace init_lab
