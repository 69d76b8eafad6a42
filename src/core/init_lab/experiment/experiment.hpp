// One spec in, one result out.
#pragma once

#include <span>
#include <vector>

#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"

namespace init_lab {

/// The result of a finished experiment.
struct Result {
  Spec spec;  ///< complete
  std::vector<Metrics> history;
  Metrics final;
  std::vector<double> parameters;
};

/// Trains from iteration 0 to spec.iterations. Throws SpecError.
Result run(const Spec& spec);

/// Runs several experiments one after the other, with the same results as run(). All specs are
/// checked before the first experiment starts. Consecutive experiments with the same data set draw
/// it once.
std::vector<Result> run_all(std::span<const Spec> specs);

}  // namespace init_lab
