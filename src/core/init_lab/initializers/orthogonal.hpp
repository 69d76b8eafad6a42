// Random matrices with orthonormal rows or columns.
#pragma once

#include <span>

namespace init_lab {

/// Turns `weights`, rows by columns of independent standard normal numbers lying row by row, into an orthonormal
/// matrix: rows that are orthonormal where there are no more of them than columns, orthonormal columns otherwise. It is
/// uniformly (Haar) distributed, so that an entry has mean 0 and variance 1 / max(rows, columns). Orthonormal to 1e-12.
/// Source: Saxe, McClelland & Ganguli 2013; the signs of R's diagonal as in Mezzadri 2007, How to generate random
/// matrices from the classical compact groups: without them Q would not be uniformly distributed.
void make_orthonormal(std::span<double> weights, int rows, int columns);

}  // namespace init_lab
