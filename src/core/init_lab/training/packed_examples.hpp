// Examples laid out for the kernel: groups of a few SIMD vectors, in each group feature by feature.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/numerics/aligned.hpp"
#include "init_lab/numerics/lanes.hpp"

namespace init_lab {

/// Vectors of a row of a group: four, so that a tile of two units by a group fills the 16 registers
/// of SSE2.
inline constexpr int kGroupVectors = 4;
/// Examples in a group.
template <class T>
inline constexpr int kGroup = kGroupVectors* Lanes<T>::kCount;

/// The consecutive groups that one update reads. Only the last one may be padded.
struct Batch {
  int first_group = 0;
  int groups = 0;
  int examples = 0;
};

/// Feature f of lane i of group g lies at g * stride + f * kGroup + i. Every batch starts with a
/// new group. Padding repeats the batch's last example, so that it overflows only if an example
/// does; the kernel leaves it out of every sum.
template <class T>
class PackedExamples {
 public:
  PackedExamples() = default;

  /// Packs `points` in batches of `batch_size`, or in one batch if that is 0.
  /// @param order indices of the examples; if empty, all of them in their own order
  void pack(const Points& points, std::span<const int> order = {}, int batch_size = 0);

  [[nodiscard]] int features() const noexcept { return features_; }
  /// Distance between groups, in Ts. A row of a group is a cache line. From 64 features on the
  /// number of rows is odd: at a distance of a power of two, lines would evict each other from the
  /// cache.
  [[nodiscard]] std::ptrdiff_t stride() const noexcept {
    return static_cast<std::ptrdiff_t>(features_ < 64 ? features_ : features_ | 1) * kGroup<T>;
  }
  [[nodiscard]] std::span<const Batch> batches() const noexcept { return batches_; }
  [[nodiscard]] const T* group(int g) const noexcept { return x_.data() + g * stride(); }
  [[nodiscard]] const T* labels(int g) const noexcept { return y_.data() + static_cast<std::size_t>(g) * kGroup<T>; }

 private:
  int features_ = 0;
  std::vector<Batch> batches_;
  AlignedVector<T> x_, y_;
};

extern template class PackedExamples<double>;
extern template class PackedExamples<float>;

}  // namespace init_lab
