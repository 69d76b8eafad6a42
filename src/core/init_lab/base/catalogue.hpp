// How data sets, initializers and optimizers describe themselves: a name, words for people, and
// parameters. One description serves validation, controls, the command line's help and
// documentation.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"

namespace init_lab {

/// The beginning of a text from a caller, cut between two UTF-8 characters.
std::string shortened(std::string_view text);
/// A text as an error message shows it: shortened and in quotes.
std::string show_text(std::string_view text);

/// Returns the row of a table with this name. Throws SpecError with `field` and all names of the
/// table.
template <class Row>
const Row& find_row(std::span<const Row> rows, std::string_view name, std::string_view field) {
  std::vector<std::string> names;
  for (const Row& row : rows) {
    if (row.name == name) return row;
    names.emplace_back(row.name);
  }
  throw SpecError(ErrorCode::unknown_name, std::string(field), shortened(name), expected::one_of(std::move(names)));
}

/// A number as describe() shows it: the shortest text that reads back to the same double.
std::string show_number(double value);

}  // namespace init_lab
