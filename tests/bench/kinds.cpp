// The time of an iteration of one kind of network on 64 random examples with 64 inputs and ten
// classes:
//   kinds (plain|skip|layer|batch) WIDTH LAYERS (float64|float32) SECONDS
// The activation is leaky ReLU, which leaves no unit silent. `skip` has connections with a branch
// scale of 1 / sqrt(LAYERS); `layer` and `batch` normalize. Prints the costs at iteration 0 and
// after ten iterations, the time, and the floating-point operations of the products a second.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "init_lab/numerics/random.hpp"
#include "init_lab/training/optimizers.hpp"
#include "init_lab/training/trainer.hpp"
#include "job.hpp"
#include "peak.hpp"

namespace {

using namespace init_lab;

constexpr int kInputs = 64;
constexpr int kClasses = 10;
constexpr int kExamples = 64;

Network network_of(std::string_view kind, int width, int layers) {
  NetworkShape shape =
      chain(kInputs, std::vector(static_cast<std::size_t>(layers), width),
            std::vector(static_cast<std::size_t>(layers), Activation::leaky_relu), Output::softmax, kClasses);
  for (std::size_t l = 0; l < shape.hidden.size(); ++l) {
    if (kind == "skip" && l > 0) shape.hidden[l].skip = {true, 1 / std::sqrt(layers), false};
    if (kind == "layer") shape.hidden[l].normalizer.kind = Normalization::layer;
    if (kind == "batch") shape.hidden[l].normalizer.kind = Normalization::batch;
  }
  return make_network(shape);
}

/// The share of the multiply-add peak that a training step reaches: the median over stretches of
/// both in turns, equally long. (A virtual machine changes its speed from second to second; the
/// fastest short stretch of the peak against the fastest long step showed half of the true share.)
/// @param operations of a step @param microseconds of a step, about
template <class V>
double share_of_peak(Trainer& trainer, double operations, double microseconds, double seconds) {
  using Clock = std::chrono::steady_clock;
  constexpr double kStretch = 2e-3;  // seconds, at least
  bench::Peak<V> peak;
  const double calls_a_second =
      peak.gigaflops(40) * 1e9 / (2.0 * Lanes<typename ScalarOf<V>::T>::kCount * bench::kChains * bench::kRepeats);
  const int steps = std::max(1, static_cast<int>(kStretch / (microseconds * 1e-6)));
  const int calls = std::max(1, static_cast<int>(steps * microseconds * 1e-6 * calls_a_second));
  std::vector<double> shares;
  const auto begin = Clock::now();
  do {
    const double before = peak.gigaflops(calls);
    const auto start = Clock::now();
    trainer.step(steps);
    const double spent = std::chrono::duration<double>(Clock::now() - start).count();
    const double after = peak.gigaflops(calls);
    shares.push_back(operations * steps / spent * 1e-9 / ((before + after) / 2));
  } while (std::chrono::duration<double>(Clock::now() - begin).count() < 3 * seconds || shares.size() < 7);
  std::nth_element(shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2), shares.end());
  return shares[shares.size() / 2];
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 6) throw std::runtime_error("expected: kinds KIND WIDTH LAYERS PRECISION SECONDS");
  const Network network = network_of(argv[1], std::atoi(argv[2]), std::atoi(argv[3]));
  RandomState random(1);
  auto points = std::make_shared<Points>();
  points->features = kInputs;
  points->classes = kClasses;
  for (int i = 0; i < kInputs * kExamples; ++i) points->x.push_back(random.normal());
  for (int i = 0; i < kExamples; ++i) points->y.push_back(i % kClasses);
  std::vector<double> parameters(network.parameters);
  write_constant_starts(network, parameters);
  double operations = 0;
  for (const Layer& layer : network.layers) {
    for (std::size_t i = layer.weights; i < layer.biases; ++i)
      parameters[i] = random.normal() * std::sqrt(2.0 / layer.in);
    operations += (layer.weights == 0 ? 4.0 : 6.0) * layer.in * layer.out * kExamples;
  }
  const auto precision = std::string_view(argv[4]) == "float32" ? Precision::float32 : Precision::float64;
  // A learning rate of almost 0 keeps the share of silent units.
  Trainer trainer(network, points, Optimizer({"gd", {{"learningRate", 1e-9}}}), parameters, precision);
  const double first = trainer.cost();
  trainer.step(10);
  const double last = trainer.cost();
  const double seconds = std::atof(argv[5]);
  const double microseconds = bench::microseconds_per_iteration(seconds, [&](int n) { trainer.step(n); });
  const double share = precision == Precision::float32
                           ? share_of_peak<F32x4>(trainer, operations, microseconds, seconds)
                           : share_of_peak<F64x2>(trainer, operations, microseconds, seconds);
  std::printf("{\"costs\": [%.17g, %.17g], \"microseconds\": %.6g, \"shareOfPeak\": %.6g}\n", first, last, microseconds,
              share);
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
