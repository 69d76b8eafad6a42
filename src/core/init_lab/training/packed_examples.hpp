// Examples laid out for the kernel: groups of a few SIMD vectors, in each group feature by feature.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/numerics/aligned.hpp"
#include "init_lab/numerics/lanes.hpp"

namespace init_lab {

/// Vectors that a group is wide: four, so that a tile of two units by a group fills the 16 registers of SSE2.
inline constexpr int kGroupVectors = 4;
/// Examples in a group.
template <class T>
inline constexpr int kGroup = kGroupVectors* Lanes<T>::kCount;

/// A run of groups that one update reads. Only its last group may be padded.
struct Batch {
  int first_group = 0;
  int groups = 0;
  int examples = 0;
};

/// Feature f of lane i of group g lies at g * stride + f * kGroup + i; a batch starts at a group of its own.
/// Padding repeats the batch's last example, so that it cannot overflow where the examples do not; the kernel keeps it
/// out of every sum.
template <class T>
class PackedExamples {
 public:
  PackedExamples() = default;

  /// Packs `points` in the order given (all of them as they stand when `order` is empty), in batches of `batch_size`
  /// (all in one when 0). Labels become -1 and +1 for a tanh output.
  void pack(const Points& points, Output output, std::span<const int> order = {}, int batch_size = 0);

  [[nodiscard]] int features() const noexcept { return features_; }
  /// From group to group, in Ts. A row of a group is a cache line; many features get one more if need be, as at a
  /// distance of a power of two lines would drive each other out of the cache.
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
