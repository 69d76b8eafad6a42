// How data sets, initializers and optimizers describe themselves: a name, words for people, and numeric parameters.
// One description serves the validation, the page's controls, the command line's help and the documentation.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"

namespace init_lab {

/// One numeric parameter of a catalogue entry. The range is closed: min <= value <= max.
struct ParameterInfo {
  std::string_view name;   ///< as it stands in a spec, camelCase: "learningRate"
  std::string_view label;  ///< for a form: "learning rate"
  std::string_view help;   ///< one sentence, with the unit where there is one
  double value;            ///< default
  double min;
  double max;
  bool integer = false;
};

/// The parameters that a caller set; those left out have their default.
using Parameters = std::map<std::string, double, std::less<>>;

/// A named entry of a catalogue with its parameters: what a spec holds under "dataset", "init" and "optimizer".
struct Choice {
  std::string name;
  Parameters parameters{};
  friend bool operator==(const Choice&, const Choice&) = default;
};

/// A parameter of a complete set. Throws std::logic_error where there is none of this name.
double value_of(const Parameters& complete, std::string_view name);
/// A parameter that not every entry of a catalogue has.
double value_or(const Parameters& complete, std::string_view name, double otherwise);

/// `parameters` with every default filled in. Throws SpecError for a parameter that is not known, not finite,
/// outside its range, or fractional where a whole number is asked for; `field` is the path to report.
Parameters complete_parameters(const Parameters& parameters, std::span<const ParameterInfo> known,
                               std::string_view field);

/// The beginning of a text that a caller made up, cut between two UTF-8 characters.
std::string shortened(std::string_view text);
/// A text as an error message shows it: shortened, in quotes.
std::string show_text(std::string_view text);

/// The row of a table that has this name. Throws SpecError naming `field` and every name there is.
template <class Row>
const Row& find_row(std::span<const Row> rows, std::string_view name, std::string_view field) {
  std::string names;
  for (const Row& row : rows) {
    if (row.name == name) return row;
    names += names.empty() ? "one of " : ", ";
    names += row.name;
  }
  throw SpecError(ErrorKind::range, "unknown-name", std::string(field), show_text(name), names);
}

/// A number as an error message shows it: shortest text that reads back to the same double. In show_number.cpp; the
/// WebAssembly module has its own in src/bindings.
std::string show_number(double value);

}  // namespace init_lab
