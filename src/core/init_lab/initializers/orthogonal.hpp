// Random matrices with orthonormal rows or columns.
#pragma once

#include <span>

namespace init_lab {

/// Turns independent standard normal numbers into an orthonormal matrix: orthonormal rows if there
/// are at most as many rows as columns, else orthonormal columns, with an error of at most 1e-12.
/// The matrix is uniformly (Haar) distributed, so an entry has mean 0 and variance 1 / max(rows,
/// columns).
///
/// Source: Saxe, McClelland & Ganguli 2013. The columns take the signs of R's diagonal, as in
/// Mezzadri 2007, How to generate random matrices from the classical compact groups: without the
/// signs Q would not be uniformly distributed.
/// @param weights rows by columns, row by row; standard normal on entry
void make_orthonormal(std::span<double> weights, int rows, int columns);

}  // namespace init_lab
