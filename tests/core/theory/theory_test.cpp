#include "init_lab/theory/theory.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "examples.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"
#include "init_lab/numerics/random.hpp"

namespace init_lab {
namespace {

using namespace theory;
using testing::Collected;
using testing::network_of;
using testing::normal_points;

TEST(Theory, variance_factors_are_one_for_the_initializer_made_for_them) {
  const auto factors_of = [](std::string_view name, const Parameters& parameters, int fan_in, int fan_out) {
    const InitializerInfo& row = find_initializer(name);
    const auto complete = complete_parameters(parameters, row.parameters, "init");
    return variance_factors(row.standard_deviation(complete, {.fan_in = fan_in, .fan_out = fan_out}), fan_in, fan_out,
                            value_or(complete, "slope", 0));
  };
  EXPECT_NEAR(factors_of("lecun_normal", {}, 7, 12).forward, 1, 1e-15);
  const VarianceFactors glorot = factors_of("glorot_uniform", {}, 7, 12);
  EXPECT_NEAR((glorot.forward + glorot.backward) / 2, 1, 1e-15);
  EXPECT_NEAR(factors_of("he_normal", {}, 7, 12).rectified, 1, 1e-15);
  EXPECT_NEAR(factors_of("he_uniform", {{"slope", 0.2}}, 7, 12).rectified, 1, 1e-15);
}

TEST(Theory, length_fluctuation_equals_the_published_value_and_a_simulation) {
  const std::vector<int> widths(10, 50);
  EXPECT_NEAR(length_fluctuation(widths), 2.594, 5e-4);
  EXPECT_NEAR(width_sum(widths), 0.2, 1e-15);
  // Given the layer below, the pre-activations of a layer are independent N(0, 2 M): the chain of M
  // is simulated by itself, as enough whole networks would take minutes. E[M] = 1 is known.
  constexpr std::uint32_t kSeed = 42;
  RandomState random(kSeed);
  Collected square;
  for (int network = 0; network < 20000; ++network) {
    double m = 1;
    for (const int width : widths) {
      double sum = 0;
      for (int unit = 0; unit < width; ++unit) {
        const double z = std::sqrt(2 * m) * random.normal();
        if (z > 0) sum += z * z;
      }
      m = sum / width;
    }
    square.add(m * m);
  }
  EXPECT_LE(square.error(), 0.1);
  EXPECT_LE(std::fabs(square.mean() - length_fluctuation(widths)), 4 * square.error()) << "seed " << kSeed;
}

TEST(Theory, length_fluctuation_holds_for_whole_he_initialized_networks) {
  const std::vector<int> widths{6, 10, 8};
  const Network network = network_of(Activation::relu, 3, widths);
  const Points point{.features = 3, .x = {1, -1, 1}, .y = {1}};  // mean square 1
  Collected length;
  Collected square;
  for (int seed = 0; seed < 10000; ++seed) {
    const auto parameters = initialize(network, {{"he_normal", {{"seed", seed}}}, {}}, point);
    const double m = trace(network, parameters, point).layers[2].a.array().square().mean();
    length.add(m);
    square.add(m * m);
  }
  EXPECT_LE(std::fabs(length.mean() - 1), 4 * length.error());
  EXPECT_LE(std::fabs(square.mean() - length_fluctuation(widths)), 4 * square.error()) << "seeds 0 to 9999";
}

/// Share of networks that are constant on the points because a hidden layer is dead, over seeds 0
/// to count - 1.
double born_dead_share(const Network& network, const std::string& initializer, const Points& points, int count) {
  int dead = 0;
  for (int seed = 0; seed < count; ++seed) {
    const auto parameters = initialize(network, {{initializer, {{"seed", seed}}}, {}}, points);
    const Matrix last = trace(network, parameters, points).layers[network.layers.size() - 2].a;
    dead += ((last.colwise() - last.col(0)).array() == 0).all();
  }
  return static_cast<double>(dead) / count;
}

TEST(Theory, born_dead_bound_is_reached_on_one_example_and_holds_on_many) {
  constexpr int kDraws = 3000;
  const std::vector<int> widths{3, 2, 3, 2};
  const Network network = network_of(Activation::relu, 2, widths);
  const double bound = born_dead_bound(widths);
  EXPECT_NEAR(bound, 1 - (1 - 1.0 / 8) * (1 - 1.0 / 4) * (1 - 1.0 / 8) * (1 - 1.0 / 4), 1e-15);
  const double error = std::sqrt(bound * (1 - bound) / kDraws);

  // On one example every layer dies with probability 2^-n exactly: the last hidden layer is then 0.
  const Points one = normal_points(2, 1, 1);
  int zero = 0;
  for (int seed = 0; seed < kDraws; ++seed) {
    const auto parameters = initialize(network, {{"he_normal", {{"seed", seed}}}, {}}, one);
    zero += (trace(network, parameters, one).layers[3].a.array() == 0).all();
  }
  EXPECT_LE(std::fabs(static_cast<double>(zero) / kDraws - bound), 4 * error) << "seeds 0 to " << kDraws - 1;

  const double many = born_dead_share(network, "he_normal", normal_points(2, 40, 1), kDraws);
  EXPECT_LE(many, bound + 4 * error);
  EXPECT_GT(many, 0.05);
  // The remedy of the same paper.
  EXPECT_LT(born_dead_share(network, "randomized_asymmetric", normal_points(2, 40, 1), kDraws), many / 2);
}

TEST(Theory, born_dead_bound_keeps_its_digits_for_wide_layers) {
  EXPECT_EQ(born_dead_bound(std::vector<int>{80}), std::ldexp(1.0, -80));
  EXPECT_EQ(born_dead_bound(std::vector<int>{}), 0);
}

TEST(Theory, residual_growth_is_exponential_or_bounded_by_the_branch_scale) {
  EXPECT_NEAR(residual_growth(1, 2, 10), 1024, 1e-9);
  for (const int depth : {4, 16, 64, 256}) {
    EXPECT_LT(residual_growth(1 / std::sqrt(depth), 2, depth), std::exp(1.0));
    EXPECT_LT(residual_growth(1.0 / depth, 2, depth), std::exp(1.0 / depth));
  }
  EXPECT_NEAR(residual_growth(0.5, 2 / (1 + 0.04), 7, 0.2), std::pow(1.25, 7), 1e-12);
  EXPECT_EQ(residual_growth(0, 2, 50), 1);
}

TEST(Theory, normalized_gradient_growth_has_the_published_values_for_relu) {
  const double pi = std::acos(-1.0);
  EXPECT_NEAR(normalized_gradient_growth(Activation::relu, Normalization::batch), std::sqrt(pi / (pi - 1)), 1e-12);
  EXPECT_NEAR(normalized_gradient_growth(Activation::relu, Normalization::layer), 1, 1e-12);
  EXPECT_NEAR(normalized_gradient_growth({Activation::leaky_relu, 0.3}, Normalization::layer), 1, 1e-12);
  EXPECT_NEAR(normalized_gradient_growth(Activation::linear, Normalization::batch), 1, 1e-12);
  EXPECT_TRUE(std::isnan(normalized_gradient_growth(Activation::relu, Normalization::none)));
}

}  // namespace
}  // namespace init_lab
