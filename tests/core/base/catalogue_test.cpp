#include "init_lab/base/catalogue.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<ParameterInfo, 2> kKnown{{
    {"noise", "noise", "Standard deviation.", 0.2, 0, 5},
    {"samples", "samples", "Examples.", 400, 2, 10000, true},
}};

/// What complete_parameters says against `parameters`.
SpecError refusal(const Parameters& parameters) {
  try {
    complete_parameters(parameters, kKnown, "dataset");
  } catch (const SpecError& error) {
    return error;
  }
  throw std::logic_error("the parameters were taken");
}

TEST(Catalogue, fills_in_the_default_of_every_parameter_that_is_left_out) {
  EXPECT_EQ(complete_parameters({}, kKnown, "dataset"), (Parameters{{"noise", 0.2}, {"samples", 400}}));
  EXPECT_EQ(complete_parameters({{"noise", 1.5}}, kKnown, "dataset"), (Parameters{{"noise", 1.5}, {"samples", 400}}));
  EXPECT_EQ(complete_parameters({}, {}, "init"), Parameters{});
}

TEST(Catalogue, leaves_complete_parameters_as_they_are) {
  const Parameters complete{{"noise", 0.1}, {"samples", 31}};
  EXPECT_EQ(complete_parameters(complete, kKnown, "dataset"), complete);
}

TEST(Catalogue, accepts_both_ends_of_a_range) {
  for (const auto& info : kKnown)
    for (const double end : {info.min, info.max})
      EXPECT_EQ(complete_parameters({{std::string(info.name), end}}, kKnown, "dataset").find(info.name)->second,
                ParameterValue(end));
}

TEST(Catalogue, gives_a_parameter_as_set_or_its_default) {
  const Parameters complete = complete_parameters({{"noise", 3}}, kKnown, "dataset");
  EXPECT_EQ(value_of(complete, "noise"), 3);
  EXPECT_EQ(value_of(complete, "samples"), 400);
  EXPECT_THROW((void)value_of(complete, "std"), std::logic_error);
  EXPECT_EQ(value_or(complete, "noise", 7), 3);
  EXPECT_EQ(value_or(complete, "std", 7), 7);
}

TEST(Catalogue, rejects_values_with_field_value_and_expectation) {
  struct Case {
    std::string name;
    double value;
    std::string code, shown;
    Expected expected;
  };
  const Expected noise = expected::number(0, 5);
  const Expected samples = expected::integer(2, 10000);
  const std::vector<Case> cases{
      {"nose", 1, "unknown-parameter", "1", expected::one_of({"noise", "samples"})},
      {"noise", kNaN, "not-finite", "NaN", noise},
      {"noise", -kInfinity, "not-finite", "-Infinity", noise},
      {"samples", kInfinity, "not-finite", "Infinity", samples},
      {"samples", 2.5, "not-an-integer", "2.5", samples},
      {"samples", 1, "out-of-range", "1", samples},
      {"samples", 10001, "out-of-range", "10001", samples},
      {"noise", std::nextafter(5.0, 6.0), "out-of-range", "5.000000000000001", noise},
      {"noise", -5e-324, "out-of-range", "-5e-324", noise},
  };
  for (const Case& wrong : cases) {
    const SpecError error = refusal({{wrong.name, wrong.value}});
    EXPECT_FALSE(error.is_type_error()) << wrong.name;
    EXPECT_EQ(error.code_name(), wrong.code);
    EXPECT_EQ(error.field(), "dataset." + wrong.name);
    EXPECT_EQ(show(error.value()), wrong.shown);
    EXPECT_EQ(error.expected(), wrong.expected);
  }
}

TEST(Catalogue, checks_names_texts_and_lists_by_their_kind) {
  static constexpr std::array<std::string_view, 2> kModes{"fan_in", "fan_out"};
  const std::vector<ParameterInfo> known{name_parameter("mode", "mode", "Which fan.", kModes),
                                         text_parameter("std", "std", "A formula.", "1"),
                                         numbers_parameter("parameters", "parameters", "Weights.")};
  const Parameters complete =
      complete_parameters({{"mode", "fan_out"}, {"parameters", std::vector{1.0, 2.0}}}, known, "init");
  EXPECT_EQ(text_of(complete, "mode"), "fan_out");
  EXPECT_EQ(text_of(complete, "std"), "1");
  EXPECT_EQ(numbers_of(complete, "parameters"), (std::vector{1.0, 2.0}));
  EXPECT_EQ(text_of(complete_parameters({}, known, "init"), "mode"), "fan_in");
  const std::vector<std::pair<Parameters, std::string>> wrong{
      {{{"mode", "fan"}}, "init.mode (\"fan\"): unknown-name"},
      {{{"mode", 1}}, "init.mode (1): wrong-type"},
      {{{"std", 1}}, "init.std (1): wrong-type"},
      {{{"parameters", "x"}}, "init.parameters (\"x\"): wrong-type"},
      {{{"parameters", std::vector{1.0, kNaN}}}, "init.parameters[1] (NaN): not-finite"},
  };
  for (const auto& [parameters, what] : wrong) {
    try {
      complete_parameters(parameters, known, "init");
      ADD_FAILURE() << what;
    } catch (const SpecError& error) {
      EXPECT_EQ(describe(error), what);
    }
  }
}

TEST(Catalogue, rejects_parameters_of_a_row_without_parameters) {
  try {
    complete_parameters({{"std", 1}}, {}, "init");
    ADD_FAILURE() << "the parameter was taken";
  } catch (const SpecError& error) {
    EXPECT_EQ(error.expected(), expected::one_of({}));
  }
}

TEST(ShowNumber, writes_numbers_in_the_shortest_decimal_form) {
  EXPECT_EQ(show_number(0), "0");
  EXPECT_EQ(show_number(0.1), "0.1");
  EXPECT_EQ(show_number(-0.25), "-0.25");
  EXPECT_EQ(show_number(10000), "10000");
  EXPECT_EQ(show_number(-15000), "-15000");
  EXPECT_EQ(show_number(kLargestSeed), "4294967295");
  EXPECT_EQ(show_number(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(show_number(1e300), "1e+300");
  EXPECT_EQ(show_number(kInfinity), "Infinity");
  EXPECT_EQ(show_number(-kInfinity), "-Infinity");
  EXPECT_EQ(show_number(kNaN), "NaN");
}

TEST(ShowNumber, reads_back_to_the_same_double) {
  constexpr std::uint32_t kSeed = 11;
  RandomState random(kSeed);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::ldexp(random.normal(), static_cast<int>(random.interval(2000)) - 1000);
    EXPECT_EQ(std::strtod(show_number(value).c_str(), nullptr), value) << "seed " << kSeed << ", draw " << i;
  }
}

}  // namespace
}  // namespace init_lab
