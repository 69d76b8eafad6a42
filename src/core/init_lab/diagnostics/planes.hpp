// Planes through parameter space, on which a landscape of the cost is drawn.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace init_lab {

/// A plane: origin + x directions[0] + y directions[1], with orthonormal directions.
struct Plane {
  std::vector<double> origin;
  std::array<std::vector<double>, 2> directions;
  /// (x, y) of each point that the plane was made from, projected onto the plane.
  std::vector<std::array<double, 2>> coordinates;
  /// Share of the points' spread along each direction, 0 … 1. The spread is the sum of their
  /// squared distances from the origin. NaN where all points are equal.
  std::array<double, 2> shares{};
};

/// Returns the plane of the two first principal directions of a path: the origin is the last
/// vector, and the directions are those of the differences from it. `vectors` holds `count` >= 1
/// vectors of equal length, one after the other. The sign of a direction is such
/// that the first vector has a coordinate >= 0. Directions without spread are 0. Source: Li,
/// Xu, Taylor, Studer & Goldstein 2018, Visualizing the loss landscape of neural nets, section 7.2.
Plane principal_plane(std::span<const double> vectors, std::size_t count);

/// Returns the plane through three vectors of equal length, one after the other: the first is the
/// origin, the second lies on the x axis at a coordinate >= 0, the third at y >= 0. Directions are
/// 0 where the vectors do not define them.
Plane plane_through(std::span<const double> vectors);

}  // namespace init_lab
