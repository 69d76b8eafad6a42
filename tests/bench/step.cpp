// The module's own training, without JavaScript.
//
//   step JOB (float64|float32) ITERATIONS SECONDS
//
// Prints the costs at iteration 0 and after ITERATIONS, and the time of an iteration.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>

#include "core_job.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/training/optimizers.hpp"
#include "init_lab/training/trainer.hpp"
#include "job.hpp"

int main(int argc, char** argv) try {
  using namespace init_lab;
  if (argc != 5) throw std::runtime_error("expected: step JOB PRECISION ITERATIONS SECONDS");
  const bench::Job job = bench::read_job(argv[1]);
  const auto precision = std::string_view(argv[2]) == "float32" ? Precision::float32 : Precision::float64;
  const Choice choice{
      "gd", complete_parameters({{"learningRate", job.learning_rate}}, find_optimizer("gd").parameters, "optimizer")};
  Trainer trainer(bench::network_of(job), bench::points_of(job), Optimizer(choice), job.parameters, precision);
  const double first = trainer.cost();
  trainer.step(std::atoi(argv[3]));
  const double last = trainer.cost();
  bench::print(first, last, bench::microseconds_per_iteration(std::atof(argv[4]), [&](int n) { trainer.step(n); }));
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
