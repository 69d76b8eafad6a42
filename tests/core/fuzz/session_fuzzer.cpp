// libFuzzer target: random specs and snapshots. A spec trains or is refused with a SpecError; a
// snapshot is restored or refused and then changes nothing.
//
//   CXX=clang++ cmake --preset fuzz && cmake --build --preset fuzz
//   build/fuzz/tests/core/fuzz/session_fuzzer -max_total_time=60
#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "init_lab/base/error.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/experiment/session.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/training/optimizers.hpp"

namespace {

using namespace init_lab;

template <class Row>
std::string name_from(FuzzedDataProvider& data, std::span<const Row> rows) {
  if (data.ConsumeProbability<float>() < 0.05F) return data.ConsumeRandomLengthString(8);
  return std::string(rows[data.ConsumeIntegralInRange<std::size_t>(0, rows.size() - 1)].name);
}

/// A small spec: most fields are in their range, some are not.
Spec spec_from(FuzzedDataProvider& data) {
  Spec spec;
  spec.dataset = {name_from(data, datasets()), {{"samples", data.ConsumeIntegralInRange(-1, 40)}}};
  spec.layers.resize(data.ConsumeIntegralInRange<std::size_t>(0, 3));
  for (int& width : spec.layers) width = data.ConsumeIntegralInRange(-1, 6);
  spec.init.all.name = name_from(data, initializers());
  if (data.ConsumeBool())
    spec.init.all.parameters.emplace(data.ConsumeRandomLengthString(6), data.ConsumeFloatingPoint<double>());
  spec.optimizer.name = name_from(data, optimizers());
  spec.iterations = data.ConsumeIntegralInRange(-1, 20);
  spec.record = data.ConsumeIntegralInRange(0, 5);
  return spec;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  try {
    Session session(spec_from(data));
    session.step(std::min(session.spec().iterations, 3));
    std::vector<std::uint8_t> snapshot = session.snapshot();
    const std::vector<double> before = session.parameters();
    // Damage a few bytes, or take bytes that never were a snapshot.
    if (data.ConsumeBool()) snapshot.resize(data.ConsumeIntegralInRange<std::size_t>(0, 2 * snapshot.size()));
    for (int i = 0; i < 4 && !snapshot.empty(); ++i)
      snapshot[data.ConsumeIntegralInRange<std::size_t>(0, snapshot.size() - 1)] ^=
          data.ConsumeIntegral<std::uint8_t>();
    try {
      session.restore(snapshot);
      session.step(1);
    } catch (const SpecError&) {
      if (session.parameters() != before) std::abort();
    }
  } catch (const SpecError&) {
    // A documented refusal.
  }
  return 0;
}
