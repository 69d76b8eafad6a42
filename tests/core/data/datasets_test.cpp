#include "init_lab/data/datasets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "fixtures.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

using testing::Array;
using testing::Fixture;

const Fixture& reference() {
  static const Fixture fixture("datasets");
  return fixture;
}

/// Decodes base64 text.
std::vector<std::uint8_t> decode(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<std::uint8_t> bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char character : text.substr(0, text.find('='))) {
    bits = bits << 6U | static_cast<unsigned>(kDigits.find(character));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> static_cast<unsigned>(count)));
  }
  return bytes;
}

/// The packed digits, from the JavaScript module that ships them.
const std::vector<std::uint8_t>& digits_file() {
  static const std::vector<std::uint8_t> file = [] {
    std::ifstream script(std::string(INIT_LAB_FIXTURES) + "/../../src/js/data/digits.js");
    const std::string text{std::istreambuf_iterator<char>(script), {}};
    const std::string opening = "export default '";
    const std::size_t first = text.find(opening) + opening.size();
    return decode(std::string_view(text).substr(first, text.find('\'', first) - first));
  }();
  return file;
}

/// Both parts of a data set, whether it is drawn or read.
Dataset made(const Choice& choice, LabelKind kind) {
  const bool needs_file = find_dataset(choice.name).needs_file();
  return make_dataset(choice, kind, needs_file ? digits_file() : std::vector<std::uint8_t>());
}

/// Every label that the fixture holds.
constexpr LabelKind kEveryLabel = LabelKind::targets;

/// Coordinates to 1e-14 of the size of the set's largest one; classes exactly, targets to 1e-14.
void expect_points(const Points& points, const std::string& name) {
  const Array& x = reference()[name + "/x"];
  const Array& y = reference()[name + "/y"];
  ASSERT_EQ(points.features, 2) << name;
  ASSERT_EQ(points.x.size(), x.size()) << name;
  ASSERT_EQ(points.y.size(), y.size()) << name;
  double size = 1;
  for (const double value : x.values) size = std::max(size, std::fabs(value));
  for (std::size_t i = 0; i < x.size(); ++i) ASSERT_NEAR(points.x[i], x[i], 1e-14 * size) << name << ", value " << i;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (y[i] == std::floor(y[i]))
      ASSERT_EQ(points.y[i], y[i]) << name << ", label " << i;
    else
      ASSERT_NEAR(points.y[i], y[i], 1e-14) << name << ", target " << i;
  }
}

TEST(Datasets, with_their_defaults_are_the_points_of_scikit_learn_the_course_and_the_playground) {
  for (const DatasetInfo& row : datasets()) {
    if (row.needs_file()) continue;
    const std::string name(row.name);
    const Dataset dataset = make_dataset({name, {}}, kEveryLabel);
    expect_points(dataset.train, name + "/train");
    expect_points(dataset.test, name + "/test");
  }
}

TEST(Datasets, with_other_parameters_and_odd_sizes_are_the_points_of_scikit_learn) {
  const std::vector<Choice> variants{
      {"flower", {{"samples", 90}, {"seed", 7}, {"petalLength", 2.5}, {"noise", 0.4}}},
      {"circles", {{"samples", 301}, {"noise", 0}, {"factor", 0.3}, {"seed", 4}}},
      {"noisy_circles", {{"samples", 3}, {"noise", 1.5}, {"factor", 0}, {"seed", 4294967295.0}}},
      {"moons", {{"samples", 201}, {"noise", 0.1}, {"seed", 9}}},
      {"blobs", {{"samples", 101}, {"centers", 7}, {"spread", 0.5}, {"seed", 0}}},
      {"gaussian_quantiles", {{"samples", 203}, {"variance", 2}, {"classes", 5}, {"seed", 8}}},
      {"spiral", {{"samples", 101}, {"arms", 3}, {"turns", 0.7}, {"noise", 0.1}, {"seed", 3}}},
      {"xor", {{"samples", 33}, {"noise", 0.2}, {"seed", 6}}},
      {"plane", {{"samples", 41}, {"noise", 0.3}, {"seed", 5}}},
      {"gauss", {{"samples", 41}, {"noise", 0.3}, {"seed", 5}}},
  };
  ASSERT_EQ(variants.size() + 1, datasets().size()) << "all but the digits";
  for (const Choice& choice : variants)
    expect_points(make_dataset(choice, kEveryLabel).train, choice.name + "/variant");
}

TEST(Datasets, give_a_single_output_unit_two_classes_and_a_softmax_all_of_them) {
  for (const Choice& choice : {Choice{"blobs", {{"centers", 5}}},
                               {"gaussian_quantiles", {{"classes", 4}}},
                               {"spiral", {{"arms", 7}}},
                               {"digits"}}) {
    const Points all = made(choice, LabelKind::classes).train;
    const Points two = made(choice, LabelKind::two_classes).train;
    const DatasetInfo& row = find_dataset(choice.name);
    EXPECT_EQ(all.classes, row.classes(complete_dataset(choice))) << choice.name;
    EXPECT_EQ(count_classes(all), all.classes) << choice.name;
    EXPECT_EQ(two.classes, 2) << choice.name;
    EXPECT_EQ(two.x, all.x) << choice.name;
    for (std::size_t i = 0; i < all.y.size(); ++i) ASSERT_EQ(two.y[i], std::fmod(all.y[i], 2)) << choice.name;
  }
}

TEST(Datasets, with_real_targets_are_rejected_where_classes_are_needed) {
  for (const LabelKind kind : {LabelKind::two_classes, LabelKind::classes}) {
    try {
      make_dataset({"plane"}, kind);
      ADD_FAILURE() << "accepted";
    } catch (const SpecError& error) {
      EXPECT_EQ(error.field(), "dataset.name");
      EXPECT_EQ(error.code_name(), "wrong-labels");
    }
  }
}

TEST(Digits, are_the_pictures_of_scikit_learn_in_the_order_of_the_permutation) {
  const Dataset digits = made({"digits"}, LabelKind::classes);
  EXPECT_EQ(digits.train.size(), 1437);
  EXPECT_EQ(digits.test.size(), 360);
  for (const auto& [part, name] :
       {std::pair{&digits.train, std::string("digits/train")}, {&digits.test, "digits/test"}}) {
    EXPECT_EQ(part->features, 64);
    EXPECT_EQ(part->y, reference()[name + "/y"].values);
    const auto m = static_cast<std::size_t>(part->size());
    std::vector<double> picture_sums(m);
    std::vector<double> pixel_sums(64);
    for (std::size_t f = 0; f < 64; ++f)
      for (std::size_t i = 0; i < m; ++i) {
        picture_sums[i] += part->x[f * m + i];
        pixel_sums[f] += part->x[f * m + i];
      }
    // Sixteenths add up without rounding.
    EXPECT_EQ(picture_sums, reference()[name + "/picture_sums"].values);
    EXPECT_EQ(pixel_sums, reference()[name + "/pixel_sums"].values);
  }
}

TEST(Digits, take_fewer_pictures_from_the_same_order) {
  const Points whole = made({"digits"}, LabelKind::classes).train;
  const Dataset small = made({"digits", {{"samples", 100}, {"testSamples", 30}}}, LabelKind::classes);
  EXPECT_EQ(small.train.y, std::vector<double>(whole.y.begin(), whole.y.begin() + 100));
  EXPECT_EQ(small.test.y, std::vector<double>(whole.y.begin() + 100, whole.y.begin() + 130));
  EXPECT_EQ(made({"digits", {{"samples", 1790}}}, LabelKind::classes).test.size(), 7) << "all that are left";
}

TEST(Digits, name_missing_and_wrong_files) {
  struct Case {
    Parameters parameters;
    std::vector<std::uint8_t> file;
    std::string field, code;
  };
  std::vector<std::uint8_t> longer = digits_file();
  longer.push_back(0);
  std::vector<std::uint8_t> shorter = digits_file();
  shorter.pop_back();
  for (const Case& wrong : {Case{{}, {}, "dataset.name", "data-not-loaded"},
                            {{}, shorter, "digits", "wrong-file"},
                            {{}, longer, "digits", "wrong-file"},
                            {{}, std::vector<std::uint8_t>(50000, 255), "digits", "wrong-file"},
                            {{{"samples", 1798}}, digits_file(), "dataset.samples", "out-of-range"}}) {
    try {
      make_dataset({"digits", wrong.parameters}, LabelKind::classes, wrong.file);
      ADD_FAILURE() << wrong.field << " was accepted";
    } catch (const SpecError& error) {
      EXPECT_EQ(error.field(), wrong.field);
      EXPECT_EQ(error.code_name(), wrong.code);
    }
  }
}

TEST(Datasets, hold_the_first_petal_that_the_course_prints) {
  const Points flower = make_dataset({"flower", {}}).train;
  EXPECT_NEAR(flower.x[0], 1.2044422922543192, 1e-14);
  EXPECT_NEAR(flower.x[400], 3.576114148128845, 1e-14);
  double sum = 0;
  for (const double value : flower.x) sum += value;
  EXPECT_NEAR(sum, 10.087983277441637, 1e-11);
}

TEST(Datasets, of_equal_seeds_are_equal_and_of_other_seeds_are_not) {
  for (const DatasetInfo& row : datasets()) {
    const std::string name(row.name);
    const Dataset drawn = made({name, {{"seed", 21}}}, kEveryLabel);
    EXPECT_EQ(drawn, made({name, {{"seed", 21}}}, kEveryLabel)) << name;
    EXPECT_NE(drawn.train, made({name, {{"seed", 22}}}, kEveryLabel).train) << name;
  }
}

TEST(Datasets, have_the_requested_number_of_examples_in_both_parts_at_every_size) {
  for (const DatasetInfo& row : datasets())
    for (const int samples : {2, 3, 5, 17, 100}) {
      const LabelKind kind = row.has_targets() ? LabelKind::targets : LabelKind::two_classes;
      const Dataset dataset = made({std::string(row.name), {{"samples", samples}, {"testSamples", samples - 2}}}, kind);
      EXPECT_EQ(dataset.train.size(), samples) << row.name;
      EXPECT_EQ(dataset.train.x.size(), static_cast<std::size_t>(row.features * samples)) << row.name;
      EXPECT_EQ(dataset.test.size(), samples - 2) << row.name;
      EXPECT_NO_THROW(check_points(dataset.train, kind, "train")) << row.name;
      for (const double x : dataset.train.x) EXPECT_TRUE(std::isfinite(x)) << row.name;
    }
}

TEST(Datasets, name_the_wrong_field_and_the_expectation) {
  struct Case {
    Choice choice;
    std::string field, value, code;
  };
  const std::vector<Case> cases{
      {{"roses", {}}, "dataset.name", "\"roses\"", "unknown-name"},
      {{"flower", {{"samples", 1}}}, "dataset.samples", "1", "out-of-range"},
      {{"flower", {{"samples", 2.5}}}, "dataset.samples", "2.5", "not-an-integer"},
      {{"circles", {{"factor", 1}}}, "dataset.factor", "1", "out-of-range"},
      {{"moons", {{"factor", 0.5}}}, "dataset.factor", "0.5", "unknown-parameter"},
      {{"blobs", {{"seed", -1}}}, "dataset.seed", "-1", "out-of-range"},
      {{"xor", {{"noise", NAN}}}, "dataset.noise", "NaN", "not-finite"},
  };
  for (const Case& wrong : cases) {
    try {
      make_dataset(wrong.choice);
      ADD_FAILURE() << wrong.field << " was accepted";
    } catch (const SpecError& error) {
      EXPECT_EQ(error.field(), wrong.field);
      EXPECT_EQ(show(error.value()), wrong.value);
      EXPECT_EQ(error.code_name(), wrong.code);
    }
  }
}

/// The seed of the random parameters below; a failure shows it with the case.
constexpr std::uint32_t kLawSeed = 17;
constexpr int kCases = 25;

/// A data set with a random size and seed, without noise, and the own parameters given.
Points drawn_without_noise(const std::string& name, RandomState& random, Parameters parameters) {
  parameters.emplace("samples", 2 + random.interval(300));
  parameters.emplace("seed", random.word());
  if (name != "blobs" && name != "gaussian_quantiles") parameters.emplace("noise", 0);
  return make_dataset({name, parameters}).train;
}

double x1(const Points& points, int i) { return points.x[static_cast<std::size_t>(i)]; }
double x2(const Points& points, int i) { return points.x[static_cast<std::size_t>(points.size() + i)]; }
double label(const Points& points, int i) { return points.y[static_cast<std::size_t>(i)]; }
double radius(const Points& points, int i) { return std::hypot(x1(points, i), x2(points, i)); }

std::string shown(int round) { return "seed " + std::to_string(kLawSeed) + ", case " + std::to_string(round); }

TEST(Flower, without_noise_lies_on_the_rose_of_its_petal_length) {
  RandomState random(kLawSeed);
  for (int round = 0; round < kCases; ++round) {
    const double length = random.uniform(0.1, 20);
    const Points points = drawn_without_noise("flower", random, {{"petalLength", length}});
    for (int i = 0; i < points.size(); ++i) {
      const double angle = std::atan2(x1(points, i), x2(points, i));
      ASSERT_NEAR(radius(points, i), std::fabs(length * std::sin(4 * angle)), 1e-12 * length) << shown(round);
    }
  }
}

TEST(Circles, without_noise_have_radius_one_and_the_factor) {
  RandomState random(kLawSeed);
  for (int round = 0; round < kCases; ++round) {
    const double factor = random.uniform(0, 0.99);
    const Points points = drawn_without_noise("circles", random, {{"factor", factor}});
    for (int i = 0; i < points.size(); ++i)
      ASSERT_NEAR(radius(points, i), label(points, i) == 0 ? 1 : factor, 1e-15) << shown(round);
  }
}

TEST(Moons, without_noise_are_the_upper_half_circle_and_the_lower_one_beside_it) {
  RandomState random(kLawSeed);
  for (int round = 0; round < kCases; ++round) {
    const Points points = drawn_without_noise("moons", random, {});
    for (int i = 0; i < points.size(); ++i) {
      const bool lower = label(points, i) == 1;
      const double height = lower ? 0.5 - x2(points, i) : x2(points, i);
      ASSERT_NEAR(std::hypot(lower ? 1 - x1(points, i) : x1(points, i), height), 1, 1e-15) << shown(round);
      ASSERT_GE(height, -1e-15) << shown(round);
    }
  }
}

TEST(Spiral, without_noise_lies_on_the_arms_of_its_label) {
  RandomState random(kLawSeed);
  for (int round = 0; round < kCases; ++round) {
    const int arms = 2 + static_cast<int>(random.interval(6));
    const double turns = random.uniform(0.1, 5);
    const Points points = drawn_without_noise("spiral", random, {{"arms", arms}, {"turns", turns}});
    for (int i = 0; i < points.size(); ++i) {
      const double t = radius(points, i);
      double nearest = 1;
      for (int arm = static_cast<int>(label(points, i)); arm < arms; arm += 2) {
        const double angle = 2 * std::acos(-1.0) * (turns * t + static_cast<double>(arm) / arms);
        nearest =
            std::min(nearest, std::hypot(x1(points, i) - t * std::cos(angle), x2(points, i) - t * std::sin(angle)));
      }
      ASSERT_LE(nearest, 1e-13) << shown(round);
    }
  }
}

TEST(Xor, without_noise_fills_the_square_and_labels_by_the_signs) {
  RandomState random(kLawSeed);
  for (int round = 0; round < kCases; ++round) {
    const Points points = drawn_without_noise("xor", random, {});
    for (int i = 0; i < points.size(); ++i) {
      ASSERT_LE(std::max(std::fabs(x1(points, i)), std::fabs(x2(points, i))), 1) << shown(round);
      ASSERT_EQ(label(points, i), x1(points, i) * x2(points, i) < 0 ? 1 : 0) << shown(round);
    }
  }
}

TEST(Blobs, of_both_parts_share_the_centres_which_lie_in_the_box) {
  RandomState random(kLawSeed);
  for (int round = 0; round < kCases; ++round) {
    const auto centers = static_cast<int>(1 + random.interval(19));
    const Dataset blobs = make_dataset({"blobs", {{"centers", centers}, {"spread", 0}, {"seed", random.word()}}});
    using Place = std::tuple<double, double, double>;
    const auto places = [](const Points& points) {
      std::set<Place> seen;
      for (int i = 0; i < points.size(); ++i) seen.emplace(x1(points, i), x2(points, i), label(points, i));
      return seen;
    };
    EXPECT_EQ(places(blobs.train).size(), static_cast<std::size_t>(centers)) << shown(round);
    EXPECT_EQ(places(blobs.train), places(blobs.test)) << shown(round);
    for (const double x : blobs.train.x) ASSERT_LE(std::fabs(x), 10) << shown(round);
  }
}

TEST(GaussianQuantiles, are_rings_around_the_origin_whose_labels_alternate) {
  RandomState random(kLawSeed);
  for (int round = 0; round < kCases; ++round) {
    const int classes = 2 + static_cast<int>(random.interval(8));
    const Points points = drawn_without_noise("gaussian_quantiles", random, {{"classes", classes}});
    std::vector<int> outward(static_cast<std::size_t>(points.size()));
    std::iota(outward.begin(), outward.end(), 0);
    std::sort(outward.begin(), outward.end(), [&](int a, int b) { return radius(points, a) < radius(points, b); });
    int changes = 0;
    for (std::size_t i = 1; i < outward.size(); ++i)
      changes += label(points, outward[i - 1]) != label(points, outward[i]) ? 1 : 0;
    EXPECT_EQ(changes, std::min(classes, points.size()) - 1) << shown(round);
  }
}

TEST(Datasets, have_classes_of_equal_size_where_the_recipe_says_so) {
  RandomState random(kLawSeed);
  for (const std::string name : {"flower", "circles", "noisy_circles", "moons", "gaussian_quantiles", "spiral"})
    for (int round = 0; round < kCases; ++round) {
      const int samples = 2 + static_cast<int>(random.interval(300));
      const Points points = make_dataset({name, {{"samples", samples}, {"seed", random.word()}}}).train;
      EXPECT_LE(std::abs(samples - 2 * std::count(points.y.begin(), points.y.end(), 1.0)), samples % 2)
          << name << ", " << shown(round);
    }
}

TEST(Datasets, draw_the_test_part_by_the_same_recipe_from_its_own_seed) {
  for (const DatasetInfo& row : datasets()) {
    if (row.needs_file() || row.has_targets()) continue;
    const std::string name(row.name);
    const Dataset same = make_dataset({name, {{"samples", 50}, {"seed", 9}, {"testSamples", 50}, {"testSeed", 9}}});
    EXPECT_EQ(same.train, same.test) << name;
    const Dataset other = make_dataset({name, {{"samples", 50}, {"seed", 9}, {"testSamples", 50}, {"testSeed", 10}}});
    EXPECT_EQ(other.train, same.train) << name;
    EXPECT_NE(other.test, same.test) << name;
  }
}

}  // namespace
}  // namespace init_lab
