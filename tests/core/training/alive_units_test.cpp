#include "init_lab/training/alive_units.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

std::vector<int> units_in(const AliveUnits& alive, int group) {
  const auto units = alive.units_in(group);
  return {units.begin(), units.end()};
}

TEST(AliveUnits, are_all_units_before_the_first_iteration) {
  AliveUnits alive(3, 5);
  for (int group = 0; group < 5; ++group) {
    EXPECT_EQ(units_in(alive, group), (std::vector<int>{0, 1, 2}));
    for (int unit = 0; unit < 3; ++unit) EXPECT_EQ(alive.silent_in(group)[unit], 0U);
  }
}

TEST(AliveUnits, follow_the_marks_of_each_group) {
  constexpr std::uint32_t kSeed = 31;
  RandomState random(kSeed);
  for (const int width : {1, 2, 13}) {
    AliveUnits alive(width, 7);
    for (int round = 0; round < 50; ++round) {  // later rounds replace the lists
      const double share = random.uniform(0, 1);
      for (int group = 0; group < 7; ++group) {
        std::vector<int> told;
        for (int unit = 0; unit < width; ++unit)
          if (random.uniform(0, 1) < share) told.push_back(unit);
        const std::set<int> living(told.begin(), told.end());
        for (int unit = 0; unit < width; ++unit)
          alive.silent_in(group)[unit] = living.contains(unit) ? 0 : ~AliveUnits::Mark{0};
        alive.list(group);
        EXPECT_EQ(units_in(alive, group), told.empty() ? std::vector<int>{0} : told) << "seed " << kSeed;
      }
    }
  }
}

TEST(AliveUnits, of_one_group_leave_other_groups_unchanged) {
  AliveUnits alive(3, 3);
  std::fill_n(alive.silent_in(1), 3, ~AliveUnits::Mark{0});
  alive.list(1);
  EXPECT_EQ(units_in(alive, 0), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(units_in(alive, 1), (std::vector<int>{0}));
  EXPECT_EQ(units_in(alive, 2), (std::vector<int>{0, 1, 2}));
}

TEST(AliveUnits, pad_an_odd_width_with_a_silent_mark) {
  AliveUnits alive(3, 2);
  for (int group = 0; group < 2; ++group) EXPECT_EQ(alive.silent_in(group)[3], ~AliveUnits::Mark{0});
}

}  // namespace
}  // namespace init_lab
