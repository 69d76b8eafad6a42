#include "init_lab/diagnostics/landscape.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/diagnostics/planes.hpp"
#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {
namespace {

Spec exercise_5(const Choice& start) {
  Spec spec;
  spec.dataset = {"circles", {}};
  spec.layers = {10, 5};
  spec.activations = {"relu"};
  spec.init.all = start;
  spec.init.all.parameters["seed"] = 3;
  spec.optimizer = {"gd", {{"learningRate", 0.01}, {"l2", 0.5}}};
  spec.record = 15000;
  return spec;
}

TEST(Landscape, is_the_cost_of_a_training_with_the_parameters_of_each_point) {
  for (const Precision precision : {Precision::float64, Precision::float32}) {
    Spec spec = exercise_5({"he_normal"});
    spec.precision = precision;
    Session session(spec);
    session.step(20);
    const std::vector<double> before = session.parameters();
    const std::size_t n = before.size();
    std::vector<double> x(n, 0.0), y(n, 0.0);
    x[3] = 2;
    y[n - 1] = 1;
    const PlaneGrid grid{before, x, y, -1, 1, 0, 3, 4, 3};
    const std::vector<double> costs = session.landscape(grid);
    ASSERT_EQ(costs.size(), 12U);
    EXPECT_EQ(session.parameters(), before);
    Session other(spec);
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 4; ++column) {
        std::vector<double> point = before;
        point[3] += 2 * (-1 + (column + 0.5) / 4 * 2);
        point[n - 1] += 3 - (row + 0.5);
        other.set_parameters(point);
        EXPECT_EQ(costs[static_cast<std::size_t>(4 * row + column)], other.metrics().cost);
      }
  }
}

TEST(Landscape, rejects_a_grid_or_vectors_that_do_not_fit_and_names_the_field) {
  const Session session(exercise_5({"he_normal"}));
  const std::vector<double> point = session.parameters();
  const std::vector<double> small(3);
  const auto field_of = [&](const PlaneGrid& grid) {
    try {
      (void)session.landscape(grid);
    } catch (const SpecError& error) {
      return error.field();
    }
    return std::string("none");
  };
  EXPECT_EQ(field_of({point, point, point, 0, 1, 0, 1, 65, 1}), "landscape.columns");
  EXPECT_EQ(field_of({point, point, point, 0, 1, 0, 1, 1, 0}), "landscape.rows");
  EXPECT_EQ(field_of({point, point, point, 0, NAN, 0, 1, 2, 2}), "landscape.x[1]");
  EXPECT_EQ(field_of({small, point, point, 0, 1, 0, 1, 2, 2}), "landscape.origin");
  EXPECT_EQ(field_of({point, point, small, 0, 1, 0, 1, 2, 2}), "landscape.directions[1]");
  EXPECT_EQ(field_of({point, point, point, 0, 1, 0, 1, 2, 2}), "none");
}

/// Share of the spread of 150 points of a training that its two first principal directions hold.
double share_of_path(const Choice& start) {
  Spec spec = exercise_5(start);
  spec.optimizer.parameters.erase("l2");
  Session session(spec);
  std::vector<double> path;
  for (int i = 0; i <= 150; ++i) {
    const std::vector<double> point = session.parameters();
    path.insert(path.end(), point.begin(), point.end());
    session.step(100);
  }
  const Plane plane = principal_plane(path, 151);
  return plane.shares[0] + plane.shares[1];
}

TEST(Landscape, path_of_exercise_5_lies_almost_in_the_plane_of_its_two_first_principal_directions) {
  EXPECT_NEAR(share_of_path({"he_normal"}), 0.998, 0.0005);
  EXPECT_NEAR(share_of_path({"normal", {{"std", 0.1}}}), 0.9997, 0.00005);
  EXPECT_NEAR(share_of_path({"normal", {{"std", 10}}}), 0.93, 0.01);
}

TEST(Distances, of_exercise_5_are_those_of_the_reference) {
  const auto distance = [](const Choice& start, double learning_rate) {
    Spec spec = exercise_5(start);
    spec.optimizer.parameters = {{"learningRate", learning_rate}};
    Session session(spec);
    EXPECT_EQ(session.diagnostics().distance, 0);
    session.step(15000);
    return session.diagnostics().distance;
  };
  EXPECT_NEAR(distance({"normal", {{"std", 10}}}, 0.01), 0.195, 0.005);
  EXPECT_NEAR(distance({"normal", {{"std", 3}}}, 0.01), 0.26, 0.005);
  EXPECT_NEAR(distance({"normal", {{"std", 1}}}, 0.01), 0.89, 0.005);
  EXPECT_NEAR(distance({"he_normal"}, 0.01), 1.46, 0.005);
  EXPECT_NEAR(distance({"normal", {{"std", 0.1}}}, 0.01), 0.36, 0.005);
  EXPECT_NEAR(distance({"normal", {{"std", 0.1}}}, 0.1), 16, 0.1);
  EXPECT_NEAR(distance({"normal", {{"std", 0.01}}}, 0.01), 0.03, 0.001);
}

}  // namespace
}  // namespace init_lab
