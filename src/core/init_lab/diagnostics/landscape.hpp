// The cost over a plane of parameter space.
#pragma once

#include <span>
#include <vector>

#include "init_lab/training/trainer.hpp"

namespace init_lab {

/// A grid of points origin + x direction_x + y direction_y of parameter space. Point (r, c) lies at
/// x = x_min + (c + 0.5) / columns * (x_max - x_min) and y = y_max - (r + 0.5) / rows * (y_max -
/// y_min): row 0 is the top of a picture, as in Grid.
struct PlaneGrid {
  std::span<const double> origin;  ///< as long as the parameter vector; so are the directions
  std::span<const double> direction_x;
  std::span<const double> direction_y;
  double x_min, x_max, y_min, y_max;
  int columns, rows;
};

/// Returns the training cost (with the L2 term; it may be infinite or NaN) at every point of the
/// grid, row by row. Changes the parameters of `trainer`. One point costs one forward pass over the
/// training examples.
std::vector<double> landscape(Trainer& trainer, const PlaneGrid& grid);

}  // namespace init_lab
