#include "init_lab/data/datasets.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>

#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/digits.hpp"
#include "init_lab/data/recipes.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {

namespace {

std::vector<ParameterInfo> with_common(int samples, int seed, int test_samples, int test_seed,
                                       std::initializer_list<ParameterInfo> own) {
  std::vector<ParameterInfo> all{
      {"samples", "samples", "Training examples.", static_cast<double>(samples), 2, 10000, true}};
  all.insert(all.end(), own);
  all.push_back({"seed", "seed", "Seed of the training part.", static_cast<double>(seed), 0, kLargestSeed, true});
  all.push_back(
      {"testSamples", "test samples", "Test examples; 0 for none.", static_cast<double>(test_samples), 0, 10000, true});
  all.push_back(
      {"testSeed", "test seed", "Seed of the test part.", static_cast<double>(test_seed), 0, kLargestSeed, true});
  return all;
}

ParameterInfo noise(double value, std::string_view help) { return {"noise", "noise", help, value, 0, 5}; }
ParameterInfo jitter(double value) {
  return noise(value, "Standard deviation of the noise added to both coordinates.");
}
ParameterInfo playground_noise() {
  return noise(0, "The target is read at a place moved by up to 6 times this number along each coordinate.");
}

int two(const Parameters&) { return 2; }

/// The number of classes that a parameter holds, but at least 2, because a classifier tells classes
/// apart.
template <const char* Name>
int classes_in(const Parameters& parameters) {
  return std::max(2, static_cast<int>(value_of(parameters, Name)));
}
constexpr char kCenters[] = "centers";
constexpr char kRings[] = "classes";
constexpr char kArms[] = "arms";

constexpr std::string_view kScikitLearn = "Pedregosa et al. 2011, scikit-learn (sklearn.datasets)";
constexpr std::string_view kPlayground =
    "Smilkov & Carter et al. 2016, TensorFlow Playground (src/dataset.ts; Smilkov et al. 2017, "
    "Direct-manipulation visualization of deep networks)";
constexpr std::string_view kOwn = "defined by this project";

std::vector<ParameterInfo> digit_parameters() {
  constexpr double kMost = kDigitPictures;
  return {{"samples", "samples", "Training pictures: the first of the shuffled pictures.", 1437, 2, kMost, true},
          {"seed", "seed", "Seed that shuffles the pictures.", 1, 0, kLargestSeed, true},
          {"testSamples", "test samples",
           "Test pictures: those after the training pictures, at most all that are left.", 360, 0, kMost, true}};
}

/// Returns the `count` examples whose indices are order[first], order[first + 1], …
Points select(const Points& all, const std::vector<int>& order, std::size_t first, double count) {
  const auto m = static_cast<std::size_t>(all.size());
  const auto n = static_cast<std::size_t>(count);
  const auto features = static_cast<std::size_t>(all.features);
  Points selected{all.features, std::vector<double>(features * n), std::vector<double>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    const auto from = static_cast<std::size_t>(order[first + i]);
    for (std::size_t f = 0; f < features; ++f) selected.x[f * n + i] = all.x[f * m + from];
    selected.y[i] = all.y[from];
  }
  return selected;
}

/// Splits the pictures as numpy.random.seed(seed), numpy.random.permutation(1797) orders them:
/// first the training part, then the test part.
Dataset read_digits(const Parameters& parameters, std::span<const std::uint8_t> file) {
  const Points all = unpack_digits(file);
  const auto order = RandomState(static_cast<std::uint32_t>(value_of(parameters, "seed"))).permutation(all.size());
  const double samples = value_of(parameters, "samples");
  const double left = all.size() - samples;
  return {select(all, order, 0, samples),
          select(all, order, static_cast<std::size_t>(samples), std::min(left, value_of(parameters, "testSamples")))};
}

/// To add a data set, add a row: validation, page, command line and schema follow.
const std::vector<DatasetInfo>& table() {
  using namespace recipes;
  static const std::vector<DatasetInfo> rows{
      {"flower", "Flower", "Petals of two classes alternate around the centre: no straight line separates them.",
       "deeplearning.ai, Neural Networks and Deep Learning, week 3: load_planar_dataset",
       with_common(400, 1, 400, 2,
                   {{"petalLength", "petal length", "Largest distance from the centre, without noise.", 4, 0.1, 20},
                    noise(0.2, "Standard deviation of the noise on angle and radius.")}),
       two, draw_flower},
      {"circles", "Circles", "One ring inside another, close together: the data of the course’s exercise.",
       kScikitLearn,
       with_common(300, 1, 100, 2,
                   {jitter(0.05), {"factor", "factor", "Radius of the inner circle; the outer has 1.", 0.8, 0, 0.99}}),
       two, draw_circles},
      {"noisy_circles", "Noisy circles", "Two rings that overlap.", kScikitLearn,
       with_common(200, 1, 200, 2,
                   {jitter(0.3), {"factor", "factor", "Radius of the inner circle; the outer has 1.", 0.5, 0, 0.99}}),
       two, draw_circles},
      {"moons", "Moons", "Two interleaving half circles.", kScikitLearn, with_common(200, 1, 200, 2, {jitter(0.2)}),
       two, draw_moons},
      {"blobs", "Blobs", "Round clusters, each with its own class. A single output unit sees two alternating classes.",
       kScikitLearn,
       with_common(200, 5, 200, 6,
                   {{"centers", "centres", "Number of clusters.", 6, 1, 20, true},
                    {"spread", "spread", "Standard deviation of a cluster.", 1, 0, 10}}),
       classes_in<kCenters>, draw_blobs},
      {"gaussian_quantiles", "Gaussian quantiles",
       "One round cloud, cut into rings with the same number of points, each with its own class. A single output unit "
       "sees two alternating classes.",
       kScikitLearn,
       with_common(200, 1, 200, 2,
                   {{"variance", "variance", "Variance of each coordinate.", 0.5, 0, 100},
                    {"classes", "rings", "Number of rings.", 2, 2, 10, true}}),
       classes_in<kRings>, draw_gaussian_quantiles},
      {"spiral", "Spiral",
       "Arms that wind around each other, each with its own class: a shallow network needs many units. A single "
       "output unit sees two alternating classes.",
       kOwn,
       with_common(400, 1, 400, 2,
                   {{"arms", "arms", "Number of arms.", 2, 2, 20, true},
                    {"turns", "turns", "How often an arm goes round.", 1.5, 0.1, 5},
                    jitter(0.03)}),
       classes_in<kArms>, draw_spiral},
      {"xor", "XOR", "Four squares with crossed classes: the oldest problem that a single layer cannot solve.", kOwn,
       with_common(200, 1, 200, 2, {jitter(0.05)}), two, draw_xor},
      {"plane", "Plane", "Real targets on a tilted plane: a linear output alone fits them.", kPlayground,
       with_common(600, 1, 600, 2, {playground_noise()}), nullptr, draw_plane},
      {"gauss", "Bumps", "Real targets: three hills and three hollows, which a network has to model one by one.",
       kPlayground, with_common(600, 1, 600, 2, {playground_noise()}), nullptr, draw_bumps},
      {.name = "digits",
       .label = "Digits",
       .help =
           "Handwritten digits, 8 by 8 pixels, ten classes. A single output unit distinguishes odd and even digits.",
       .citation = "Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository "
                   "(CC BY 4.0), the part that scikit-learn’s load_digits gives",
       .parameters = digit_parameters(),
       .classes = [](const Parameters&) { return 10; },
       .features = kDigitPixels,
       .read = read_digits},
  };
  return rows;
}

/// Turns drawn classes into those that the output layer takes.
void convert_labels(Points& points, LabelKind kind, int classes) {
  points.classes = kind == LabelKind::classes ? classes : kind == LabelKind::two_classes ? 2 : 0;
  if (kind == LabelKind::two_classes)
    for (double& y : points.y) y = static_cast<int>(y) % 2;
}

}  // namespace

std::span<const DatasetInfo> datasets() { return table(); }

const DatasetInfo& find_dataset(std::string_view name) { return find_row(datasets(), name, "dataset.name"); }

Parameters complete_dataset(const Choice& choice) {
  return complete_parameters(choice.parameters, find_dataset(choice.name).parameters, "dataset");
}

void check_label_kind(const DatasetInfo& row, LabelKind kind) {
  if (row.has_targets() && kind != LabelKind::targets)
    throw SpecError(ErrorCode::wrong_labels, "dataset.name", std::string(row.name), expected::rule("classes-needed"));
}

Dataset make_dataset(const Choice& choice, LabelKind kind, std::span<const std::uint8_t> file) {
  const DatasetInfo& row = find_dataset(choice.name);
  check_label_kind(row, kind);
  const Parameters all = complete_dataset(choice);
  const auto draw = [&](std::string_view samples, std::string_view seed) {
    return row.draw(all, static_cast<int>(value_of(all, samples)), static_cast<std::uint32_t>(value_of(all, seed)));
  };
  if (row.needs_file() && file.empty())
    throw SpecError(ErrorCode::data_not_loaded, "dataset.name", std::string(row.name), expected::rule("load-dataset"));
  Dataset dataset =
      row.needs_file() ? row.read(all, file) : Dataset{draw("samples", "seed"), draw("testSamples", "testSeed")};
  const int classes = row.has_targets() ? 0 : row.classes(all);
  convert_labels(dataset.train, kind, classes);
  convert_labels(dataset.test, kind, classes);
  return dataset;
}

}  // namespace init_lab
