#include "init_lab/training/packed_examples.hpp"

#include <algorithm>
#include <cstddef>

#include "init_lab/data/points.hpp"

namespace init_lab {

template <class T>
void PackedExamples<T>::pack(const Points& points, std::span<const int> order, int batch_size) {
  const int m = points.size();
  features_ = points.features;
  const int largest = batch_size > 0 ? std::min(batch_size, m) : m;
  batches_.clear();
  int groups = 0;
  for (int first = 0; first < m; first += largest) {
    const int examples = std::min(largest, m - first);
    const int count = (examples + kGroup<T> - 1) / kGroup<T>;
    batches_.push_back({groups, count, examples});
    groups += count;
  }
  x_.resize(static_cast<std::size_t>(groups * stride()));
  y_.resize(static_cast<std::size_t>(groups) * kGroup<T>);
  int first = 0;
  for (const Batch& batch : batches_) {
    for (int i = 0; i < batch.groups * kGroup<T>; ++i) {
      const int place = first + std::min(i, batch.examples - 1);
      const auto example = static_cast<std::size_t>(order.empty() ? place : order[static_cast<std::size_t>(place)]);
      const auto g = static_cast<std::size_t>(batch.first_group + i / kGroup<T>);
      const auto lane = static_cast<std::size_t>(i % kGroup<T>);
      for (int f = 0; f < features_; ++f)
        x_[g * static_cast<std::size_t>(stride()) + static_cast<std::size_t>(f) * kGroup<T> + lane] =
            static_cast<T>(points.x[static_cast<std::size_t>(f) * static_cast<std::size_t>(m) + example]);
      y_[g * kGroup<T> + lane] = static_cast<T>(points.y[example]);
    }
    first += batch.examples;
  }
}

template class PackedExamples<double>;
template class PackedExamples<float>;

}  // namespace init_lab
