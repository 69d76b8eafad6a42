#include "init_lab/initializers/formula.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace init_lab {
namespace {

const std::vector<FormulaVariable> kVariables{{"n_in", 64}, {"n_out", 32}, {"layer", 2}};

double value_of(const std::string& text) { return evaluate_formula(text, kVariables); }

TEST(Formula, computes_with_the_usual_precedence) {
  for (const auto& [text, value] : std::vector<std::pair<std::string, double>>{
           {"1 + 2 * 3", 7},
           {"(1 + 2) * 3", 9},
           {"8 - 4 - 2", 2},
           {"8 / 4 / 2", 1},
           {"2 ^ 3 ^ 2", 512},
           {"-2 ^ 2", -4},
           {"(-2) ^ 2", 4},
           {"2 ^ -1", 0.5},
           {"2 * -3", -6},
           {"--3", 3},
           {"n_in / n_out", 2},
           {".5 + 5. + 1e-3 + 2E+2", 205.501},
           {"  min ( 3 , layer ) + max(3,layer)  ", 5},
           {"sqrt(n_in)", 8},
           {"0 ^ 0", 1},
           {"0 ^ 0.5", 0},
       })
    EXPECT_DOUBLE_EQ(value_of(text), value) << text;
}

TEST(Formula, reads_no_further_than_its_text) {
  // Each text is the beginning of a longer one, whose next character would change the value.
  for (const auto& [whole, length, value] : std::vector<std::tuple<std::string_view, std::size_t, double>>{
           {"1e3", 1, 1},
           {"12", 1, 1},
           {"1.5", 1, 1},
           {"2+2", 1, 2},
           {"2*2", 1, 2},
           {"3^2", 1, 3},
           {"n_int", 4, 64},
           {"(1)^0", 3, 1},
       })
    EXPECT_DOUBLE_EQ(evaluate_formula(whole.substr(0, length), kVariables), value) << whole;
}

TEST(Formula, agrees_with_the_library_functions) {
  EXPECT_DOUBLE_EQ(value_of("sqrt(2 / n_in) * 0.9 ^ layer"), std::sqrt(2.0 / 64) * 0.9 * 0.9);
  EXPECT_NEAR(value_of("log(n_in)"), std::log(64.0), 1e-15);
  EXPECT_NEAR(value_of("exp(-1)"), std::exp(-1.0), 1e-16);
  EXPECT_NEAR(value_of("n_in ^ 0.3"), std::pow(64.0, 0.3), 1e-14);
  EXPECT_TRUE(std::isnan(value_of("sqrt(-1)")));
  EXPECT_TRUE(std::isinf(value_of("1 / 0")));
}

TEST(Formula, names_the_position_of_the_first_mistake) {
  for (const auto& [text, position] : std::vector<std::pair<std::string, std::size_t>>{
           {"", 1},
           {"2 +", 4},
           {"2 + * 3", 5},
           {"2 3", 3},
           {"(2", 3},
           {"2)", 2},
           {"n_inn", 1},
           {"1 + pow(2, 3)", 5},
           {"sqrt 2", 6},
           {"sqrt(2, 3)", 7},
           {"min(2)", 6},
           {".", 1},
           {"1e", 3},
           {"1.2.3", 4},
           {"2 # 3", 3},
           {"2 * std::exit(1)", 5},
       }) {
    try {
      value_of(text);
      ADD_FAILURE() << text << " was accepted";
    } catch (const FormulaError& error) {
      EXPECT_EQ(error.position(), position) << text;
    }
  }
}

TEST(Formula, rejects_deep_nesting_instead_of_exhausting_the_stack) {
  EXPECT_DOUBLE_EQ(value_of(std::string(50, '(') + "1" + std::string(50, ')')), 1);
  EXPECT_THROW(value_of(std::string(100'000, '(') + "1" + std::string(100'000, ')')), FormulaError);
  EXPECT_THROW(value_of(std::string(100'000, '-') + "1"), FormulaError);
}

}  // namespace
}  // namespace init_lab
