// The job as a network and examples of the core.
#pragma once

#include <memory>
#include <vector>

#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"
#include "job.hpp"

namespace bench {

inline init_lab::Network network_of(const Job& job) {
  using namespace init_lab;
  return make_network(
      chain(job.features, job.hidden, std::vector(job.hidden.size(), Activation::relu), Output::sigmoid));
}

inline std::shared_ptr<const init_lab::Points> points_of(const Job& job) {
  auto points = std::make_shared<init_lab::Points>();
  points->features = job.features;
  points->x = job.x;
  points->y.assign(job.y.begin(), job.y.end());
  return points;
}

}  // namespace bench
