// Counts the multiply-adds that an iteration of the module's kernel does in float64 with a job's
// parameters. The kernel skips units that ReLU has set to zero on a whole group (kernel.hpp).
//
//   multiply_adds JOB
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <vector>

#include "core_job.hpp"
#include "init_lab/data/locality.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/kernel.hpp"
#include "init_lab/training/packed_examples.hpp"
#include "job.hpp"

int main(int argc, char** argv) try {
  using namespace init_lab;
  if (argc != 2) throw std::runtime_error("expected: multiply_adds JOB");
  const bench::Job job = bench::read_job(argv[1]);
  const Network network = bench::network_of(job);
  const auto points = bench::points_of(job);
  PackedExamples<double> examples;
  examples.pack(*points, locality_order(*points, kGroup<double>));
  const Batch& batch = examples.batches().front();
  const int last = static_cast<int>(network.layers.size()) - 1;

  // The active units of each group, layer by layer of the forward pass.
  std::vector<int> inputs(static_cast<std::size_t>(batch.groups), job.features);
  double count = 0;
  Kernel<double>(network).forward(job.parameters, {}, examples, batch, last, [&](int l, int group, const double* rows) {
    const Layer& layer = network.layers[static_cast<std::size_t>(l)];
    int alive = 0;  // at least one is done: alive_units.hpp
    for (int unit = 0; unit < layer.out; ++unit, rows += kGroup<double>)
      alive += std::any_of(rows, rows + kGroup<double>, [](double a) { return a != 0; }) ? 1 : 0;
    alive = std::max(alive, 1);
    int& alive_inputs = inputs[static_cast<std::size_t>(group)];
    const int forward = layer.out * alive_inputs;
    const int gradient = alive * alive_inputs;
    const int backward = l == 0 ? 0 : alive * alive_inputs;
    count += kGroup<double> * static_cast<double>(forward + gradient + backward);
    alive_inputs = alive;
  });
  std::printf("{\"multiplyAdds\": %.0f}\n", count);
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
