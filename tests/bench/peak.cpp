// Measures the multiply-add peak of this machine (peak.hpp):
//
//   peak (float64|float32) SECONDS
//
// Prints billions of floating-point operations per second in the fastest stretch.
#include "peak.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

template <class V>
void measure(double seconds) {
  using Clock = std::chrono::steady_clock;
  bench::Peak<V> peak;
  double best = 0;
  for (const auto begin = Clock::now(); std::chrono::duration<double>(Clock::now() - begin).count() < seconds;)
    best = std::max(best, peak.gigaflops(40));
  std::printf("{\"gigaflops\": %.6g, \"sum\": %g}\n", best, peak.sum());
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 2 ? std::atof(argv[2]) : 0.3;
  if (argc > 1 && std::string_view(argv[1]) == "float32")
    measure<init_lab::F32x4>(seconds);
  else
    measure<init_lab::F64x2>(seconds);
}
