#include "init_lab/diagnostics/landscape.hpp"

#include <cstddef>

namespace init_lab {

std::vector<double> landscape(Trainer& trainer, const PlaneGrid& grid) {
  std::vector<double> costs;
  costs.reserve(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows));
  std::vector<double> point(grid.origin.size());
  for (int row = 0; row < grid.rows; ++row) {
    const double y = grid.y_max - (row + 0.5) / grid.rows * (grid.y_max - grid.y_min);
    for (int column = 0; column < grid.columns; ++column) {
      const double x = grid.x_min + (column + 0.5) / grid.columns * (grid.x_max - grid.x_min);
      for (std::size_t i = 0; i < point.size(); ++i)
        point[i] = grid.origin[i] + x * grid.direction_x[i] + y * grid.direction_y[i];
      trainer.set_parameters(point);
      costs.push_back(trainer.cost());
    }
  }
  return costs;
}

}  // namespace init_lab
