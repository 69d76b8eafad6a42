#include "init_lab/data/recipes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "init_lab/base/parameters.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab::recipes {

namespace {

constexpr double kPi = 3.14159265358979323846;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

Points plane_points(int samples) {
  return {2, std::vector<double>(2 * index(samples)), std::vector<double>(index(samples))};
}

/// Sets example i: its coordinates are one row of Points::x apart.
void set_example(Points& points, int i, double x1, double x2, double y) {
  points.x[index(i)] = x1;
  points.x[index(points.size() + i)] = x2;
  points.y[index(i)] = y;
}

/// numpy.linspace(low, high, n): step times index plus low; the last value is exactly `high`.
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
  Points result = plane_points(m);
  for (int i = 0; i < m; ++i) {
    const auto from = index(order[index(i)]);
    set_example(result, i, points.x[from], points.x[index(m) + from], points.y[from]);
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

/// Samples of one of several nearly equal parts: the first parts take the remainder, one each.
int share(int samples, int parts, int part) { return samples / parts + (part < samples % parts ? 1 : 0); }

}  // namespace

Points draw_flower(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = plane_points(samples);
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
      set_example(points, first + i, radius * elementary::sin(t), radius * elementary::cos(t), y);
    }
    first += n;
  }
  return points;
}

Points draw_circles(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = plane_points(samples);
  const int outer = samples / 2;
  for (int y = 0; y < 2; ++y) {
    const int n = y == 0 ? outer : samples - outer;
    const double radius = y == 0 ? 1.0 : value_of(parameters, "factor");
    const std::vector<double> angle = linspace(0, 2 * kPi, n, false);
    for (int i = 0; i < n; ++i)
      set_example(points, (y == 0 ? 0 : outer) + i, elementary::cos(angle[index(i)]) * radius,
                  elementary::sin(angle[index(i)]) * radius, y);
  }
  points = shuffled(points, random);
  add_noise(points, value_of(parameters, "noise"), random);
  return points;
}

Points draw_moons(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = plane_points(samples);
  const int outer = samples / 2;
  const std::vector<double> upper = linspace(0, kPi, outer);
  for (int i = 0; i < outer; ++i)
    set_example(points, i, elementary::cos(upper[index(i)]), elementary::sin(upper[index(i)]), 0);
  const std::vector<double> lower = linspace(0, kPi, samples - outer);
  for (int i = 0; i < samples - outer; ++i)
    set_example(points, outer + i, 1 - elementary::cos(lower[index(i)]), 1 - elementary::sin(lower[index(i)]) - 0.5, 1);
  points = shuffled(points, random);
  add_noise(points, value_of(parameters, "noise"), random);
  return points;
}

Points draw_blobs(const Parameters& parameters, int samples, std::uint32_t seed) {
  const auto training_seed = static_cast<std::uint32_t>(value_of(parameters, "seed"));
  const int count = static_cast<int>(value_of(parameters, "centers"));
  RandomState random(training_seed);
  std::vector<std::array<double, 2>> centers(index(count));
  for (auto& center : centers)
    for (double& coordinate : center) coordinate = random.uniform(-10, 10);
  if (seed != training_seed) random = RandomState(seed);
  Points points = plane_points(samples);
  const double spread = value_of(parameters, "spread");
  int i = 0;
  for (int c = 0; c < count; ++c)
    for (const int last = i + share(samples, count, c); i < last; ++i) {
      const double x1 = centers[index(c)][0] + spread * random.normal();
      set_example(points, i, x1, centers[index(c)][1] + spread * random.normal(), c);
    }
  return shuffled(points, random);
}

Points draw_gaussian_quantiles(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  const double deviation = std::sqrt(value_of(parameters, "variance"));
  std::vector<std::array<double, 2>> drawn(index(samples));
  for (auto& x : drawn)
    for (double& coordinate : x) coordinate = random.normal() * deviation;
  const auto squared = [](const auto& x) { return x[0] * x[0] + x[1] * x[1]; };
  std::stable_sort(drawn.begin(), drawn.end(), [&](const auto& a, const auto& b) { return squared(a) < squared(b); });
  const int rings = std::min(static_cast<int>(value_of(parameters, "classes")), samples);
  Points points = plane_points(samples);
  for (int i = 0; i < samples; ++i)
    set_example(points, i, drawn[index(i)][0], drawn[index(i)][1], std::min(i / (samples / rings), rings - 1));
  return shuffled(points, random);
}

Points draw_spiral(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = plane_points(samples);
  const int arms = static_cast<int>(value_of(parameters, "arms"));
  int i = 0;
  for (int arm = 0; arm < arms; ++arm)
    for (const double t : linspace(0, 1, share(samples, arms, arm))) {
      const double angle = 2 * kPi * (value_of(parameters, "turns") * t + static_cast<double>(arm) / arms);
      set_example(points, i++, t * elementary::cos(angle), t * elementary::sin(angle), arm);
    }
  add_noise(points, value_of(parameters, "noise"), random);
  return points;
}

Points draw_xor(const Parameters& parameters, int samples, std::uint32_t seed) {
  RandomState random(seed);
  Points points = plane_points(samples);
  for (int i = 0; i < samples; ++i) {
    const double x1 = random.uniform(-1, 1);
    const double x2 = random.uniform(-1, 1);
    set_example(points, i, x1, x2, (x1 > 0) != (x2 > 0) ? 1 : 0);
  }
  add_noise(points, value_of(parameters, "noise"), random);
  return points;
}

namespace {

/// TensorFlow Playground's regression sets: points in a square. The noise moves the place at which
/// a point's target is read.
template <class Target>
Points draw_targets(const Parameters& parameters, int samples, std::uint32_t seed, Target&& target) {
  constexpr double kRadius = 6;
  RandomState random(seed);
  Points points = plane_points(samples);
  const double noise = value_of(parameters, "noise");
  for (int i = 0; i < samples; ++i) {
    const double x1 = random.uniform(-kRadius, kRadius);
    const double x2 = random.uniform(-kRadius, kRadius);
    const double noise1 = random.uniform(-kRadius, kRadius) * noise;
    const double noise2 = random.uniform(-kRadius, kRadius) * noise;
    set_example(points, i, x1, x2, target(x1 + noise1, x2 + noise2));
  }
  return points;
}

struct Bump {
  double x1, x2, height;
};
constexpr std::array<Bump, 6> kBumps{
    {{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}}};

double bump_target(double x1, double x2) {
  constexpr double kReach = 2;
  double target = 0;
  for (const Bump& bump : kBumps) {
    const double dx = x1 - bump.x1;
    const double dy = x2 - bump.x2;
    const double distance = std::sqrt(dx * dx + dy * dy);
    const double value = bump.height * std::max(0.0, 1 - distance / kReach);
    if (std::fabs(value) > std::fabs(target)) target = value;
  }
  return target;
}

}  // namespace

Points draw_plane(const Parameters& parameters, int samples, std::uint32_t seed) {
  return draw_targets(parameters, samples, seed, [](double x1, double x2) { return (x1 + x2) / 10; });
}

Points draw_bumps(const Parameters& parameters, int samples, std::uint32_t seed) {
  return draw_targets(parameters, samples, seed, bump_target);
}

}  // namespace init_lab::recipes
