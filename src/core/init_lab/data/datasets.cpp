#include "init_lab/data/datasets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {

namespace {

constexpr double kPi = 3.14159265358979323846;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

Points points_of(int samples) {
  return {2, std::vector<double>(2 * index(samples)), std::vector<double>(index(samples))};
}

/// Example i of a two-dimensional set: x1 and x2 lie a whole row apart.
void put(Points& points, int i, double x1, double x2, double y) {
  points.x[index(i)] = x1;
  points.x[index(points.size() + i)] = x2;
  points.y[index(i)] = y;
}

/// np.linspace(low, high, n): step times index plus low, the last one set to `high` exactly.
std::vector<double> linspace(double low, double high, int n, bool endpoint = true) {
  std::vector<double> values(index(n));
  const double step = (high - low) / (endpoint ? std::max(n - 1, 1) : n);
  for (int i = 0; i < n; ++i) values[index(i)] = i * step + low;
  if (endpoint && n > 1) values.back() = high;
  return values;
}

/// The examples in the order of a shuffled 0 … m-1, as sklearn.utils.shuffle.
Points shuffled(const Points& points, RandomState& random) {
  const int m = points.size();
  const std::vector<int> order = random.permutation(m);
  Points result = points_of(m);
  for (int i = 0; i < m; ++i) {
    const auto from = index(order[index(i)]);
    put(result, i, points.x[from], points.x[index(m) + from], points.y[from]);
  }
  return result;
}

/// Adds noise * randn of shape (m, 2), row by row, as NumPy fills it.
void add_noise(Points& points, double noise, RandomState& random) {
  const int m = points.size();
  for (int i = 0; i < m; ++i) {
    points.x[index(i)] += noise * random.normal();
    points.x[index(m + i)] += noise * random.normal();
  }
}

/// The course's load_planar_dataset: two classes of petals. An odd last sample goes to class 1.
Points draw_flower(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = points_of(samples);
  const double length = value_of(parameters, "petalLength");
  const double noise = value_of(parameters, "noise");
  int first = 0;
  for (int y = 0; y < 2; ++y) {
    const int n = y == 0 ? samples / 2 : samples - samples / 2;
    std::vector<double> angle = linspace(y * 3.12, (y + 1) * 3.12, n);
    for (double& t : angle) t += random.normal() * noise;
    for (int i = 0; i < n; ++i) {
      const double t = angle[index(i)];
      const double radius = length * elementary::sin(4 * t) + random.normal() * noise;
      put(points, first + i, radius * elementary::sin(t), radius * elementary::cos(t), y);
    }
    first += n;
  }
  return points;
}

/// sklearn.datasets.make_circles: the outer circle (label 0), then the inner one, shuffled, then noise.
Points draw_circles(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = points_of(samples);
  const int outer = samples / 2;
  for (int y = 0; y < 2; ++y) {
    const int n = y == 0 ? outer : samples - outer;
    const double radius = y == 0 ? 1.0 : value_of(parameters, "factor");
    const std::vector<double> angle = linspace(0, 2 * kPi, n, false);
    for (int i = 0; i < n; ++i)
      put(points, (y == 0 ? 0 : outer) + i, elementary::cos(angle[index(i)]) * radius,
          elementary::sin(angle[index(i)]) * radius, y);
  }
  points = shuffled(points, random);
  add_noise(points, value_of(parameters, "noise"), random);
  return points;
}

/// sklearn.datasets.make_moons.
Points draw_moons(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = points_of(samples);
  const int outer = samples / 2;
  const std::vector<double> upper = linspace(0, kPi, outer);
  for (int i = 0; i < outer; ++i) put(points, i, elementary::cos(upper[index(i)]), elementary::sin(upper[index(i)]), 0);
  const std::vector<double> lower = linspace(0, kPi, samples - outer);
  for (int i = 0; i < samples - outer; ++i)
    put(points, outer + i, 1 - elementary::cos(lower[index(i)]), 1 - elementary::sin(lower[index(i)]) - 0.5, 1);
  points = shuffled(points, random);
  add_noise(points, value_of(parameters, "noise"), random);
  return points;
}

/// sklearn.datasets.make_blobs with labels modulo 2. Both parts share the centres, which the training seed draws.
Points draw_blobs(const Parameters& parameters, int samples, std::uint32_t seed) {
  const auto training_seed = static_cast<std::uint32_t>(value_of(parameters, "seed"));
  const int count = static_cast<int>(value_of(parameters, "centers"));
  RandomState random(training_seed);
  std::vector<std::array<double, 2>> centers(index(count));
  for (auto& center : centers)
    for (double& coordinate : center) coordinate = random.uniform(-10, 10);
  if (seed != training_seed) random = RandomState(seed);
  Points points = points_of(samples);
  const double spread = value_of(parameters, "spread");
  int i = 0;
  for (int c = 0; c < count; ++c) {
    const int n = samples / count + (c < samples % count ? 1 : 0);
    for (int k = 0; k < n; ++k, ++i) {
      const double x1 = centers[index(c)][0] + spread * random.normal();
      put(points, i, x1, centers[index(c)][1] + spread * random.normal(), c % 2);
    }
  }
  return shuffled(points, random);
}

/// sklearn.datasets.make_gaussian_quantiles with labels modulo 2.
Points draw_gaussian_quantiles(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  const double deviation = std::sqrt(value_of(parameters, "variance"));
  std::vector<std::array<double, 2>> drawn(index(samples));
  for (auto& x : drawn)
    for (double& coordinate : x) coordinate = random.normal() * deviation;
  const auto squared = [](const auto& x) { return x[0] * x[0] + x[1] * x[1]; };
  std::stable_sort(drawn.begin(), drawn.end(), [&](const auto& a, const auto& b) { return squared(a) < squared(b); });
  const int classes = std::min(static_cast<int>(value_of(parameters, "classes")), samples);
  Points points = points_of(samples);
  for (int i = 0; i < samples; ++i)
    put(points, i, drawn[index(i)][0], drawn[index(i)][1], std::min(i / (samples / classes), classes - 1) % 2);
  return shuffled(points, random);
}

/// Arms wind out from the origin to radius 1, arm by arm, labels alternating; then noise. This project's own recipe:
/// t = linspace(0, 1, n), radius t, angle 2 pi (turns t + arm / arms).
Points draw_spiral(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = points_of(samples);
  const int arms = static_cast<int>(value_of(parameters, "arms"));
  int i = 0;
  for (int arm = 0; arm < arms; ++arm) {
    const int n = samples / arms + (arm < samples % arms ? 1 : 0);
    for (const double t : linspace(0, 1, n)) {
      const double angle = 2 * kPi * (value_of(parameters, "turns") * t + static_cast<double>(arm) / arms);
      put(points, i++, t * elementary::cos(angle), t * elementary::sin(angle), arm % 2);
    }
  }
  add_noise(points, value_of(parameters, "noise"), random);
  return points;
}

/// Uniform on [-1, 1]², class 1 where the signs of the coordinates differ; then noise. This project's own recipe.
Points draw_xor(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = points_of(samples);
  for (int i = 0; i < samples; ++i) {
    const double x1 = random.uniform(-1, 1);
    const double x2 = random.uniform(-1, 1);
    put(points, i, x1, x2, (x1 > 0) != (x2 > 0) ? 1 : 0);
  }
  add_noise(points, value_of(parameters, "noise"), random);
  return points;
}

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

constexpr std::string_view kScikitLearn = "Pedregosa et al. 2011, scikit-learn (sklearn.datasets)";
constexpr std::string_view kOwn = "defined by this project";

/// To add a data set, add a row: validation, page, command line and schema follow.
const std::vector<DatasetInfo>& table() {
  static const std::vector<DatasetInfo> rows{
      {"flower", "Flower", "Petals of two classes that alternate around the centre: no straight line parts them.",
       "deeplearning.ai, Neural Networks and Deep Learning, week 3: load_planar_dataset",
       with_common(400, 1, 400, 2,
                   {{"petalLength", "petal length", "Largest distance from the centre, without noise.", 4, 0.1, 20},
                    noise(0.2, "Standard deviation of the noise on angle and radius.")}),
       draw_flower},
      {"circles", "Circles", "One ring inside another, close together: the data of the course’s exercise.",
       kScikitLearn,
       with_common(300, 1, 100, 2,
                   {jitter(0.05), {"factor", "factor", "Radius of the inner circle; the outer has 1.", 0.8, 0, 0.99}}),
       draw_circles},
      {"noisy_circles", "Noisy circles", "Two rings blurred into each other.", kScikitLearn,
       with_common(200, 1, 200, 2,
                   {jitter(0.3), {"factor", "factor", "Radius of the inner circle; the outer has 1.", 0.5, 0, 0.99}}),
       draw_circles},
      {"moons", "Moons", "Two half circles that reach into each other.", kScikitLearn,
       with_common(200, 1, 200, 2, {jitter(0.2)}), draw_moons},
      {"blobs", "Blobs", "Round clusters, classes alternating from one to the next.", kScikitLearn,
       with_common(200, 5, 200, 6,
                   {{"centers", "centres", "Number of clusters.", 6, 1, 20, true},
                    {"spread", "spread", "Standard deviation of a cluster.", 1, 0, 10}}),
       draw_blobs},
      {"gaussian_quantiles", "Gaussian quantiles", "One round cloud, cut into rings of equal number.", kScikitLearn,
       with_common(200, 1, 200, 2,
                   {{"variance", "variance", "Variance of each coordinate.", 0.5, 0, 100},
                    {"classes", "rings", "Number of rings; labels alternate.", 2, 2, 10, true}}),
       draw_gaussian_quantiles},
      {"spiral", "Spiral", "Arms that wind around each other: a shallow network needs many units.", kOwn,
       with_common(400, 1, 400, 2,
                   {{"arms", "arms", "Number of arms; labels alternate.", 2, 2, 8, true},
                    {"turns", "turns", "How often an arm goes round.", 1.5, 0.1, 5},
                    jitter(0.03)}),
       draw_spiral},
      {"xor", "XOR", "Four squares, classes on the diagonals: the oldest problem that one layer cannot solve.", kOwn,
       with_common(200, 1, 200, 2, {jitter(0.05)}), draw_xor},
  };
  return rows;
}

}  // namespace

std::span<const DatasetInfo> datasets() { return table(); }

const DatasetInfo& find_dataset(std::string_view name) { return find_row(datasets(), name, "dataset.name"); }

Dataset make_dataset(const Choice& choice) {
  const DatasetInfo& row = find_dataset(choice.name);
  const Parameters all = complete_parameters(choice.parameters, row.parameters, "dataset");
  const auto draw = [&](std::string_view samples, std::string_view seed) {
    return row.draw(all, static_cast<int>(value_of(all, samples)), static_cast<std::uint32_t>(value_of(all, seed)));
  };
  return {draw("samples", "seed"), draw("testSamples", "testSeed")};
}

}  // namespace init_lab
