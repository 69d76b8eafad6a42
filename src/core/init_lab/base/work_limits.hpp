// Limits of the work that one experiment may ask for, so that it is refused before time or memory
// run out.
#pragma once

namespace init_lab {

/// Parameters times training examples, at most: about two multiplications each for one pass, some
/// ten seconds.
inline constexpr double kMostWork = 2e10;
/// Of an orthogonal start: (smaller side)² times larger side of a matrix, at most. 1448 by 1448
/// takes some seconds.
inline constexpr double kMostOrthogonalWork = 3.1e9;

}  // namespace init_lab
