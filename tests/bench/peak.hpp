// The multiply-add peak of this machine with 16-byte vectors in registers and without fused
// instructions: what peak.cpp prints and what kinds.cpp compares a training step with.
#pragma once

#include <chrono>

#include "init_lab/numerics/lanes.hpp"

namespace bench {

/// Independent chains: enough to hide the latency of a product and a sum, few enough to fit 16
/// registers with an operand.
inline constexpr int kChains = 12;
inline constexpr int kRepeats = 1000;

// Called repeatedly: V8 swaps in a function's optimized code only at function entry.
template <class V>
[[gnu::noinline]] void multiply_add(V* chains, V factor, V addend) {
  V sum[kChains];
  for (int c = 0; c < kChains; ++c) sum[c] = chains[c];
  for (int i = 0; i < kRepeats; ++i)
    for (int c = 0; c < kChains; ++c) sum[c] = sum[c] * factor + addend;
  for (int c = 0; c < kChains; ++c) chains[c] = sum[c];
}

/// Chains of products and sums of one precision, all within registers.
template <class V>
class Peak {
  using T = typename init_lab::ScalarOf<V>::T;

 public:
  Peak() {
    for (int c = 0; c < kChains; ++c) chains_[c] = init_lab::splat<V>(static_cast<T>(c));
  }

  /// Operations a second, in billions, of `calls` calls.
  double gigaflops(int calls) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    for (int i = 0; i < calls; ++i) multiply_add(chains_, init_lab::splat<V>(T(0.5)), init_lab::splat<V>(T(1)));
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return 2e-9 * init_lab::Lanes<T>::kCount * kChains * kRepeats * calls / seconds;
  }

  /// The sum of all chains: printed, so that nothing can be left out.
  [[nodiscard]] double sum() const {
    T sum = 0;
    for (const V& chain : chains_)
      for (int lane = 0; lane < init_lab::Lanes<T>::kCount; ++lane) sum += chain[lane];
    return static_cast<double>(sum);
  }

 private:
  V chains_[kChains];
};

}  // namespace bench
