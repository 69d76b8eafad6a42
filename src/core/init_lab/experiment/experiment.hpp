// One spec in, one result out.
#pragma once

#include <span>
#include <vector>

#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"

namespace init_lab {

/// What a finished experiment leaves.
struct Result {
  Spec spec;  ///< complete
  std::vector<Metrics> history;
  Metrics final;
  std::vector<double> parameters;
};

/// Trains from iteration 0 to spec.iterations. Throws SpecError.
Result run(const Spec& spec);

/// Runs several experiments one after the other; all are checked before the first starts, and
/// neighbours with the same data set share one drawing of it. The results are those of run() of
/// each.
std::vector<Result> run_all(std::span<const Spec> specs);

}  // namespace init_lab
