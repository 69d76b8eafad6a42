#include "init_lab/numerics/random.hpp"

#include <cmath>
#include <cstddef>
#include <numeric>

#include "init_lab/numerics/elementary.hpp"

namespace init_lab {

RandomState::RandomState(std::uint32_t seed) noexcept {
  for (std::uint32_t i = 0; i < kWords; ++i) {
    state_[i] = seed;
    seed = 1812433253U * (seed ^ (seed >> 30U)) + i + 1;
  }
}

void RandomState::refill() noexcept {
  constexpr int kShift = 397;
  for (int i = 0; i < kWords; ++i) {
    const auto at = [this](int k) -> std::uint32_t& { return state_[static_cast<std::size_t>(k % kWords)]; };
    const std::uint32_t y = (at(i) & 0x80000000U) | (at(i + 1) & 0x7fffffffU);
    at(i) = at(i + kShift) ^ (y >> 1U) ^ ((y & 1U) != 0 ? 0x9908b0dfU : 0U);
  }
  position_ = 0;
}

std::uint32_t RandomState::word() noexcept {
  if (position_ == kWords) refill();
  std::uint32_t y = state_[static_cast<std::size_t>(position_++)];
  y ^= y >> 11U;
  y ^= (y << 7U) & 0x9d2c5680U;
  y ^= (y << 15U) & 0xefc60000U;
  return y ^ (y >> 18U);
}

double RandomState::uniform() noexcept {
  const std::uint32_t a = word() >> 5U;
  const std::uint32_t b = word() >> 6U;
  return (a * 67108864.0 + b) / 9007199254740992.0;
}

double RandomState::normal() noexcept {
  if (has_kept_) {
    has_kept_ = false;
    return kept_;
  }
  double x1 = 0;
  double x2 = 0;
  double r2 = 0;
  do {
    x1 = 2.0 * uniform() - 1.0;
    x2 = 2.0 * uniform() - 1.0;
    r2 = x1 * x1 + x2 * x2;
  } while (r2 >= 1.0 || r2 == 0.0);
  const double f = std::sqrt(-2.0 * elementary::log(r2) / r2);
  kept_ = f * x1;
  has_kept_ = true;
  return f * x2;
}

std::uint32_t RandomState::interval(std::uint32_t max) noexcept {
  std::uint32_t mask = max;
  for (std::uint32_t shift = 1; shift < 32; shift *= 2) mask |= mask >> shift;
  if (max == 0) return 0;
  for (;;) {
    const std::uint32_t value = word() & mask;
    if (value <= max) return value;
  }
}

std::vector<int> RandomState::permutation(int n) {
  std::vector<int> items(static_cast<std::size_t>(n));
  std::iota(items.begin(), items.end(), 0);
  shuffle(std::span<int>(items));
  return items;
}

}  // namespace init_lab
