// The table of the fields of an experiment. Reading, writing, the JSON schema, `init-lab schema`
// and the documentation follow from it. A new field of a type that is listed here needs its member
// in spec.hpp, its row in fields.cpp and its line in src/js/types.ts; a rule for it goes into
// spec.cpp.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "init_lab/base/parameters.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {

/// Stands for the members of the data set: its choice, the caller's points, whether to standardize.
struct DatasetMember {};

/// The member of Spec that a field sets. Its type decides how the field is read and written.
using SpecMember =
    std::variant<DatasetMember, int Spec::*, std::vector<int> Spec::*, Choice Spec::*, std::vector<Choice> Spec::*,
                 std::optional<SkipSpec> Spec::*, InitSpec Spec::*, Output Spec::*, Precision Spec::*>;

struct SpecField {
  std::string_view name;   ///< in an experiment: "iterations"
  std::string_view shape;  ///< how the schema describes it: "integer", "widths", …
  std::string_view help;   ///< one sentence
  SpecMember member;
  double low = 0;  ///< closed range of a number, or of each entry of a list
  double high = 0;
  /// whether a complete experiment holds the field even if it has its default
  bool always_written = true;
};

/// The fields, in the order of a complete experiment.
std::span<const SpecField> spec_fields();

}  // namespace init_lab
