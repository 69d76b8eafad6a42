// The limits of an experiment, each written once. The catalogue exports them to JavaScript.
#pragma once

#include <cstddef>
#include <cstdint>

namespace init_lab {

/// Units of a layer, at most.
inline constexpr int kMostUnits = 4096;
/// Hidden layers of a network, at most: the 256 branches of the deepest residual stack that papers
/// compare, and the layer before them.
inline constexpr int kMostLayers = 257;
/// Parameters of a network, at most.
inline constexpr std::uint64_t kMostParameters = 20'000'000;
/// Iterations of a training, at most.
inline constexpr int kMostIterations = 100'000'000;
/// Values in a caller's own points (features times examples), at most: 400 MB.
inline constexpr std::size_t kMostPointValues = 50'000'000;
/// The largest seed: numpy.random.seed takes one unsigned 32-bit integer.
inline constexpr double kLargestSeed = 4294967295.0;
/// The largest scale of a residual branch, by absolute value.
inline constexpr double kLargestSkipScale = 1e6;
/// Units of a layer that the pages draw, at most.
inline constexpr int kMostUnitsDrawn = 10;
/// Columns and rows of a grid, at most.
inline constexpr int kMostGridSide = 4096;

/// Columns or rows of a landscape, at most.
inline constexpr int kMostLandscapeSide = 64;
/// Parameter vectors from which principal directions are computed, at most.
inline constexpr std::size_t kMostPlaneVectors = 256;
/// Products with the Hessian in one measurement of the curvature, at most.
inline constexpr int kMostCurvatureIterations = 10'000;

/// Parameters times training examples, at most: one pass takes about two multiplications for each,
/// some ten seconds in all.
inline constexpr double kMostWork = 2e10;
/// The work of an orthogonal start, at most: (smaller side)² times larger side of a matrix. A
/// matrix of 1448 by 1448 takes some seconds.
inline constexpr double kMostOrthogonalWork = 3.1e9;

}  // namespace init_lab
