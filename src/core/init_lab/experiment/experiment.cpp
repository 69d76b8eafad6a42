#include "init_lab/experiment/experiment.hpp"

#include <cstddef>
#include <memory>

#include "init_lab/data/points.hpp"
#include "init_lab/experiment/spec.hpp"

namespace init_lab {

namespace {

Result finish(Session session) {
  session.step(session.spec().iterations);
  return {
      session.spec(), {session.history().begin(), session.history().end()}, session.metrics(), session.parameters()};
}

}  // namespace

Result run(const Spec& spec) { return finish(Session(spec)); }

std::vector<Result> run_all(std::span<const Spec> specs) {
  std::vector<Spec> all;
  for (const Spec& spec : specs) all.push_back(complete(spec));
  std::vector<Result> results;
  std::shared_ptr<const Dataset> dataset;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool same = i > 0 && all[i].dataset == all[i - 1].dataset && all[i].dataset.name != kOwnPoints &&
                      label_kind_of(all[i]) == label_kind_of(all[i - 1]);
    if (!same) dataset = std::make_shared<const Dataset>(dataset_of(all[i]));
    results.push_back(finish(Session(all[i], dataset)));
  }
  return results;
}

}  // namespace init_lab
