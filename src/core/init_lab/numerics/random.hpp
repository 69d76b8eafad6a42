// NumPy's legacy random stream (numpy.random.RandomState), bit for bit up to the last place of log.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace init_lab {

/// MT19937, seeded from one 32-bit integer as numpy.random.seed(n) does, with NumPy's
/// distributions. Source: Matsumoto & Nishimura 1998; NumPy's legacy distributions
/// (numpy/random/src/legacy).
class RandomState {
 public:
  explicit RandomState(std::uint32_t seed) noexcept;

  /// The next 32-bit word of the generator.
  std::uint32_t word() noexcept;
  /// Uniform on [0, 1) with 53 random bits: numpy's random_sample().
  double uniform() noexcept;
  /// Uniform on [low, high): low + (high - low) * uniform().
  double uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }
  /// Standard normal by Marsaglia's polar method, as numpy's randn(). It yields two values at a
  /// time; every second call returns the one kept.
  double normal() noexcept;
  /// mean + standard_deviation * normal().
  double normal(double mean, double standard_deviation) noexcept { return mean + standard_deviation * normal(); }
  /// Whole number on [0, max], by masked rejection: numpy's random_interval.
  std::uint32_t interval(std::uint32_t max) noexcept;

  /// Fisher-Yates from the end, as numpy.random.shuffle.
  template <class T>
  void shuffle(std::span<T> items) noexcept {
    for (std::size_t i = items.size(); i-- > 1;) std::swap(items[i], items[interval(static_cast<std::uint32_t>(i))]);
  }
  /// A shuffled 0 … n-1, as numpy.random.permutation(n).
  std::vector<int> permutation(int n);

 private:
  static constexpr int kWords = 624;
  void refill() noexcept;
  std::array<std::uint32_t, kWords> state_{};
  int position_ = kWords;
  bool has_kept_ = false;
  double kept_ = 0;
};

}  // namespace init_lab
