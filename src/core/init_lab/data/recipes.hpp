// How the data sets of the plane are drawn: the recipes of the course, scikit-learn, TensorFlow
// Playground and this project.
#pragma once

#include <cstdint>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/points.hpp"

namespace init_lab::recipes {

// Each function draws one part of a data set. `parameters` are complete; `samples` and `seed` are
// those of the part. Labels are classes 0, 1, … unless the recipe says otherwise.

/// The course's load_planar_dataset: two classes of petals. An odd last sample goes to class 1.
Points draw_flower(const Parameters& parameters, int samples, std::uint32_t seed);

/// sklearn.datasets.make_circles: the outer circle (class 0), then the inner one, shuffled, then
/// noise.
Points draw_circles(const Parameters& parameters, int samples, std::uint32_t seed);

/// sklearn.datasets.make_moons.
Points draw_moons(const Parameters& parameters, int samples, std::uint32_t seed);

/// sklearn.datasets.make_blobs, one class a center. Both parts share the centers, which the
/// training seed draws.
Points draw_blobs(const Parameters& parameters, int samples, std::uint32_t seed);

/// sklearn.datasets.make_gaussian_quantiles, one class a ring.
Points draw_gaussian_quantiles(const Parameters& parameters, int samples, std::uint32_t seed);

/// Arms wind out from the origin to radius 1, one class an arm; then noise. This project's own
/// recipe: t = linspace(0, 1, n), radius t, angle 2 pi (turns t + arm / arms).
Points draw_spiral(const Parameters& parameters, int samples, std::uint32_t seed);

/// Uniform on [-1, 1]², class 1 where the signs of the coordinates differ; then noise. This
/// project's own recipe.
Points draw_xor(const Parameters& parameters, int samples, std::uint32_t seed);

/// regressPlane of TensorFlow Playground's dataset.ts: x uniform on [-6, 6]², target (u1 + u2) / 10
/// at u = x + noise U(-6, 6)², drawn in the order x1, x2, noise of x1, noise of x2.
Points draw_plane(const Parameters& parameters, int samples, std::uint32_t seed);

/// regressGaussian of the same file: six bumps of height +1 or -1 and radius 2, which fall
/// linearly. Where two overlap, the larger absolute value counts.
Points draw_bumps(const Parameters& parameters, int samples, std::uint32_t seed);

}  // namespace init_lab::recipes
