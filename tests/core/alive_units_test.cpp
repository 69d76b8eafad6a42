#include "core/alive_units.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "core/random.hpp"

namespace init_lab {
namespace {

std::vector<int> members(GroupSet set) {
  std::vector<int> list;
  set.for_each([&](int group) { list.push_back(group); });
  return list;
}

TEST(GroupSet, gives_its_groups_as_they_rise) {
  GroupSet set;
  for (const int group : {63, 0, 31, 32, 5}) set |= GroupSet::of(group, true);
  set |= GroupSet::of(7, false);
  EXPECT_EQ(members(set), (std::vector<int>{0, 5, 31, 32, 63}));
  EXPECT_TRUE(members(GroupSet{}).empty());
}

TEST(GroupSet, of_the_first_so_many_holds_each_of_them) {
  for (int count = 0; count <= GroupSet::kMost; ++count) {
    const std::vector<int> list = members(GroupSet::first(count));
    ASSERT_EQ(list.size(), static_cast<std::size_t>(count));
    for (int group = 0; group < count; ++group) EXPECT_EQ(list[static_cast<std::size_t>(group)], group);
  }
}

TEST(AliveUnits, are_listed_by_group_as_they_were_told_by_unit) {
  constexpr std::uint32_t kSeed = 31;
  RandomState random(kSeed);
  AliveUnits alive(13, GroupSet::kMost, true);
  for (int round = 0; round < 50; ++round) {  // the later rounds find the lists of the earlier ones
    const int groups = 1 + static_cast<int>(random.uniform(0, GroupSet::kMost));
    const double share = random.uniform(0, 1);
    GroupSet* const sets = alive.begin(groups);
    std::set<std::pair<int, int>> told;
    for (int unit = 0; unit < 13; ++unit)
      for (int group = 0; group < groups; ++group) {
        const bool is_alive = random.uniform(0, 1) < share;
        sets[unit] |= GroupSet::of(group, is_alive);
        if (is_alive) told.insert({group, unit});
      }
    alive.list();
    std::size_t listed = 0;
    for (int group = 0; group < groups; ++group) {
      int last = -1;
      for (const int unit : alive.units_in(group)) {
        EXPECT_GT(unit, last) << "seed " << kSeed << ", round " << round;
        EXPECT_TRUE(told.contains({group, unit})) << "seed " << kSeed << ", round " << round;
        last = unit;
        ++listed;
      }
    }
    EXPECT_EQ(listed, told.size()) << "seed " << kSeed << ", round " << round;
  }
}

TEST(AliveUnits, of_a_layer_without_gates_are_all_everywhere) {
  AliveUnits alive(3, 8, false);
  alive.begin(5);
  alive.list();
  for (int unit = 0; unit < 3; ++unit) EXPECT_EQ(members(alive.groups_of(unit)), (std::vector<int>{0, 1, 2, 3, 4}));
  for (int group = 0; group < 5; ++group) {
    const auto units = alive.units_in(group);
    EXPECT_EQ(std::vector<int>(units.begin(), units.end()), (std::vector<int>{0, 1, 2}));
  }
}

}  // namespace
}  // namespace init_lab
