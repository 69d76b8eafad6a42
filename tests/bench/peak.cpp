// Measures the multiply-add peak of this machine with 16-byte vectors in registers and without
// fused instructions.
//
//   peak (float64|float32) SECONDS
//
// Prints billions of floating-point operations per second in the fastest stretch.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "init_lab/numerics/lanes.hpp"

namespace {

using namespace init_lab;

/// Independent chains: enough to hide the latency of a product and a sum, few enough to fit 16
/// registers with an operand.
constexpr int kChains = 12;
constexpr int kRepeats = 1000;

// Called repeatedly: V8 swaps in a function's optimized code only at function entry.
template <class V>
[[gnu::noinline]] void multiply_add(V* chains, V factor, V addend) {
  V sum[kChains];
  for (int c = 0; c < kChains; ++c) sum[c] = chains[c];
  for (int i = 0; i < kRepeats; ++i)
    for (int c = 0; c < kChains; ++c) sum[c] = sum[c] * factor + addend;
  for (int c = 0; c < kChains; ++c) chains[c] = sum[c];
}

template <class V>
void measure(double seconds) {
  using T = typename ScalarOf<V>::T;
  using Clock = std::chrono::steady_clock;
  constexpr int kCalls = 40;
  V chains[kChains];
  for (int c = 0; c < kChains; ++c) chains[c] = splat<V>(static_cast<T>(c));
  double best = 1;
  for (const auto begin = Clock::now(); std::chrono::duration<double>(Clock::now() - begin).count() < seconds;) {
    const auto start = Clock::now();
    for (int i = 0; i < kCalls; ++i) multiply_add(chains, splat<V>(T(0.5)), splat<V>(T(1)));
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  }
  T sum = 0;  // printed, so that nothing can be left out
  for (const V& chain : chains)
    for (int lane = 0; lane < Lanes<T>::kCount; ++lane) sum += chain[lane];
  const double operations = 2.0 * Lanes<T>::kCount * kChains * kRepeats * kCalls;
  std::printf("{\"gigaflops\": %.6g, \"sum\": %g}\n", operations / best * 1e-9, static_cast<double>(sum));
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 2 ? std::atof(argv[2]) : 0.3;
  if (argc > 1 && std::string_view(argv[1]) == "float32")
    measure<F32x4>(seconds);
  else
    measure<F64x2>(seconds);
}
