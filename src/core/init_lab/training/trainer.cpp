#include "init_lab/training/trainer.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/data/locality.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/numerics/random.hpp"
#include "init_lab/training/kernel.hpp"
#include "init_lab/training/packed_examples.hpp"
#include "init_lab/training/snapshot.hpp"

namespace init_lab {

/// The part of a training that does not depend on the precision, and the interface of the rest.
struct Trainer::State {
  State(const Network& network_, std::shared_ptr<const Points> train_, const Optimizer& optimizer_)
      : network(network_), train(std::move(train_)), optimizer(optimizer_), ranges(rate_ranges(network_)) {}
  virtual ~State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  /// Runs one iteration. Virtual so it is never inlined: V8 swaps in optimized wasm code only at
  /// function entry.
  virtual void update() = 0;
  [[nodiscard]] virtual std::vector<double> parameters() const = 0;
  virtual void set_parameters(std::span<const double> values) = 0;
  [[nodiscard]] virtual std::vector<double> statistics() const = 0;
  [[nodiscard]] virtual double l2_term() const = 0;
  [[nodiscard]] virtual std::vector<double> full_gradient() = 0;
  /// The scores (network/output.hpp) of the training part or of other points, unit by unit.
  [[nodiscard]] virtual std::vector<double> train_scores() = 0;
  virtual void scores(const Points& points, std::span<double> target) = 0;
  [[nodiscard]] virtual std::vector<std::vector<float>> hidden_activations(const Points& points, int most) = 0;
  [[nodiscard]] virtual std::vector<std::uint8_t> snapshot() const = 0;
  virtual void restore(std::span<const std::uint8_t> bytes) = 0;

  [[nodiscard]] int batches_per_epoch() const noexcept {
    if (optimizer.batch_size == 0 || optimizer.batch_size >= train->size()) return 1;
    return (train->size() + optimizer.batch_size - 1) / optimizer.batch_size;
  }
  /// The learning rate of the next update.
  [[nodiscard]] double learning_rate() const noexcept {
    return optimizer.learning_rate_at(iteration / batches_per_epoch());
  }

  Network network;
  std::shared_ptr<const Points> train;
  Optimizer optimizer;
  std::vector<RateRange> ranges;
  int iteration = 0;
};

namespace {

/// Calls `visit(example, scores)` for each example with a copy of its scores, and writes the copy
/// back.
/// @param scores unit by unit
template <class Visit>
void for_each_example(int units, std::span<double> scores, Visit&& visit) {
  const std::size_t m = scores.size() / static_cast<std::size_t>(units);
  // A single score needs no copy, which would take a fifth of an evaluation's time.
  if (units == 1) {
    for (std::size_t i = 0; i < m; ++i) visit(i, scores.subspan(i, 1));
    return;
  }
  std::vector<double> example(static_cast<std::size_t>(units));
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t unit = 0; unit < example.size(); ++unit) example[unit] = scores[unit * m + i];
    visit(i, std::span<double>(example));
    for (std::size_t unit = 0; unit < example.size(); ++unit) scores[unit * m + i] = example[unit];
  }
}

void to_activations(const Network& network, std::span<double> scores) {
  if (network.output == Output::softmax)
    for_each_example(network.outputs(), scores,
                     [&](std::size_t, std::span<double> example) { scores_to_activations(network.output, example); });
}

}  // namespace

template <class T>
struct Trainer::StateOf final : Trainer::State {
  StateOf(const Network& network_, std::shared_ptr<const Points> train_, const Optimizer& optimizer_,
          std::span<const double> initial)
      : State(network_, std::move(train_), optimizer_),
        kernel(network),
        weights(network.parameters),
        gradient(network.parameters),
        averages(static_cast<std::size_t>(optimizer.averages()) * network.parameters),
        running(network.statistics),
        order(locality_order(*train, kGroup<T>)) {
    all.pack(*train, order);
    StateOf::set_parameters(initial);
    const std::vector<double> start = initial_statistics(network);
    std::transform(start.begin(), start.end(), running.begin(), [](double v) { return static_cast<T>(v); });
  }

  void update() override {
    const int batches = batches_per_epoch();
    if (batches == 1) {
      mean_gradient(all, all.batches().front(), 1);
    } else {
      shuffle(iteration / batches);
      mean_gradient(shuffled, shuffled.batches()[static_cast<std::size_t>(iteration % batches)], 1);
    }
    const double rate = learning_rate();
    ++iteration;
    optimizer.apply<T>(iteration, rate, ranges, gradient, averages, weights);
    for (const Layer& layer : network.layers) update_statistics(layer);
  }

  /// Packs the examples in the order of an epoch, unless they are packed in it already.
  void shuffle(int epoch) {
    if (epoch == shuffled_epoch) return;
    RandomState random(optimizer.batch_seed + static_cast<std::uint32_t>(epoch));
    shuffled.pack(*train, random.permutation(train->size()), optimizer.batch_size);
    shuffled_epoch = epoch;
  }

  /// Computes the gradient of the batch's mean cost plus `batches` times its L2 term.
  void mean_gradient(const PackedExamples<T>& examples, const Batch& batch, int batches) {
    const T share = T{1} / static_cast<T>(batch.examples);
    kernel.gradient(weights, examples, batch, share, gradient);
    if (optimizer.l2 == 0) return;
    const T decay = static_cast<T>(optimizer.l2 * batches) * share;
    for (const Layer& layer : network.layers)
      for (std::size_t i = layer.weights; i < layer.biases; ++i) gradient[i] += decay * weights[i];
  }

  /// Moves the running averages of batch normalization towards the statistics of the last batch.
  void update_statistics(const Layer& layer) noexcept {
    if (layer.normalizer.kind != Normalization::batch) return;
    const auto kept = static_cast<T>(layer.normalizer.momentum);
    const auto added = static_cast<T>(1 - layer.normalizer.momentum);
    const std::span<const T> of_batch = kernel.batch_statistics();
    const std::size_t end = layer.statistics + 2 * static_cast<std::size_t>(layer.out);
    for (std::size_t i = layer.statistics; i < end; ++i) running[i] = kept * running[i] + added * of_batch[i];
  }

  [[nodiscard]] std::vector<double> parameters() const override { return {weights.begin(), weights.end()}; }
  [[nodiscard]] std::vector<double> statistics() const override { return {running.begin(), running.end()}; }

  void set_parameters(std::span<const double> values) override {
    std::transform(values.begin(), values.end(), weights.begin(), [](double v) { return static_cast<T>(v); });
  }

  [[nodiscard]] double l2_term() const override {
    if (optimizer.l2 == 0) return 0;
    double squares = 0;
    for (const Layer& layer : network.layers)
      for (std::size_t i = layer.weights; i < layer.biases; ++i)
        squares += static_cast<double>(weights[i]) * static_cast<double>(weights[i]);
    return optimizer.l2 * batches_per_epoch() / (2 * static_cast<double>(train->size())) * squares;
  }

  [[nodiscard]] std::vector<double> full_gradient() override {
    mean_gradient(all, all.batches().front(), batches_per_epoch());
    return {gradient.begin(), gradient.end()};
  }

  [[nodiscard]] std::vector<double> train_scores() override {
    const std::size_t m = order.size();
    std::vector<double> packed(m * static_cast<std::size_t>(network.outputs()));
    scores_of(all, {}, packed);
    std::vector<double> scores(packed.size());
    for (std::size_t first = 0; first < packed.size(); first += m)
      for (std::size_t i = 0; i < m; ++i) scores[first + static_cast<std::size_t>(order[i])] = packed[first + i];
    return scores;
  }

  void scores(const Points& points, std::span<double> target) override {
    predicted.pack(points);
    if (points.size() > 0) scores_of(predicted, running, target);
  }

  void scores_of(const PackedExamples<T>& examples, std::span<const T> statistics, std::span<double> target) {
    const int output = static_cast<int>(network.layers.size()) - 1;
    const std::size_t m = target.size() / static_cast<std::size_t>(network.outputs());
    kernel.forward(weights, statistics, examples, examples.batches().front(), output,
                   [&](int l, int group, const T* rows) {
                     if (l != output) return;
                     for (std::size_t first = 0; first < target.size(); first += m, rows += kGroup<T>)
                       copy_group(rows, group, target.subspan(first, m));
                   });
  }

  [[nodiscard]] std::vector<std::vector<float>> hidden_activations(const Points& points, int most) override {
    const auto m = static_cast<std::size_t>(points.size());
    const std::size_t hidden = network.layers.size() - 1;
    std::vector<std::vector<float>> result(hidden);
    for (std::size_t l = 0; l < hidden; ++l)
      result[l].resize(m * static_cast<std::size_t>(std::min(network.layers[l].out, most)));
    predicted.pack(points);
    if (m > 0)
      kernel.forward(weights, running, predicted, predicted.batches().front(), static_cast<int>(hidden) - 1,
                     [&](int l, int group, const T* rows) {
                       std::span<float> fields = result[static_cast<std::size_t>(l)];
                       for (; !fields.empty(); fields = fields.subspan(m), rows += kGroup<T>)
                         copy_group(rows, group, fields.first(m));
                     });
    return result;
  }

  /// Copies one unit's values for a group to their places among all examples.
  template <class U>
  static void copy_group(const T* row, int group, std::span<U> target) noexcept {
    const std::span<U> part = target.subspan(static_cast<std::size_t>(group) * kGroup<T>);
    std::transform(row, row + std::min<std::size_t>(part.size(), kGroup<T>), part.begin(),
                   [](T a) { return static_cast<U>(a); });
  }

  [[nodiscard]] std::uint32_t fingerprint() const noexcept {
    Fingerprint print;
    print.add(static_cast<std::uint32_t>(sizeof(T)));
    print.add(static_cast<std::uint32_t>(optimizer.method));
    print.add(static_cast<std::uint32_t>(network.output));
    for (const Layer& layer : network.layers) print.add(layer);
    return print.value();
  }

  [[nodiscard]] std::vector<std::uint8_t> snapshot() const override {
    SnapshotHeader header;
    header.fingerprint = fingerprint();
    header.iteration = iteration;
    std::vector<std::uint8_t> bytes(snapshot_size());
    std::memcpy(bytes.data(), &header, sizeof header);
    std::uint8_t* to = bytes.data() + sizeof header;
    for (const std::vector<T>* part : {&weights, &averages, &running}) {
      if (part->empty()) continue;
      std::memcpy(to, part->data(), part->size() * sizeof(T));
      to += part->size() * sizeof(T);
    }
    return bytes;
  }

  void restore(std::span<const std::uint8_t> bytes) override {
    const SnapshotHeader expected;
    SnapshotHeader header;
    if (bytes.size() >= sizeof header) std::memcpy(&header, bytes.data(), sizeof header);
    if (bytes.size() != snapshot_size() || std::memcmp(header.magic, expected.magic, sizeof header.magic) != 0 ||
        header.fingerprint != fingerprint() || header.iteration < 0 || header.iteration > kMostIterations)
      throw SpecError(ErrorCode::bad_snapshot, "snapshot", static_cast<double>(bytes.size()),
                      {ExpectedKind::snapshot, static_cast<double>(snapshot_size())});
    const std::uint8_t* from = bytes.data() + sizeof header;
    for (std::vector<T>* part : {&weights, &averages, &running}) {
      if (part->empty()) continue;
      std::memcpy(part->data(), from, part->size() * sizeof(T));
      from += part->size() * sizeof(T);
    }
    iteration = header.iteration;
  }

  [[nodiscard]] std::size_t snapshot_size() const noexcept {
    return sizeof(SnapshotHeader) + (weights.size() + averages.size() + running.size()) * sizeof(T);
  }

  Kernel<T> kernel;
  std::vector<T> weights, gradient, averages;
  std::vector<T> running;  ///< statistics of batch normalization
  std::vector<int> order;  ///< of the examples in `all`
  PackedExamples<T> all;
  PackedExamples<T> shuffled;
  int shuffled_epoch = -1;
  PackedExamples<T> predicted;  ///< reused from one prediction to the next
};

Trainer::Trainer(const Network& network, std::shared_ptr<const Points> train, const Optimizer& optimizer,
                 std::span<const double> initial, Precision precision) {
  if (precision == Precision::float64)
    state_ = std::make_unique<StateOf<double>>(network, std::move(train), optimizer, initial);
  else
    state_ = std::make_unique<StateOf<float>>(network, std::move(train), optimizer, initial);
}

Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;

const Network& Trainer::network() const noexcept { return state_->network; }
int Trainer::iteration() const noexcept { return state_->iteration; }
double Trainer::learning_rate() const noexcept { return state_->learning_rate(); }
void Trainer::step(int n) {
  for (int i = 0; i < n; ++i) state_->update();
}
std::vector<double> Trainer::parameters() const { return state_->parameters(); }
void Trainer::set_parameters(std::span<const double> values) { state_->set_parameters(values); }
std::vector<double> Trainer::statistics() const { return state_->statistics(); }

Evaluation Trainer::evaluate() const {
  const Network& net = state_->network;
  const Points& train = *state_->train;
  std::vector<double> scores = state_->train_scores();
  Evaluation result;
  for_each_example(net.outputs(), scores, [&](std::size_t i, std::span<double> example) {
    result.cost += example_cost(net.output, example, train.y[i]);
  });
  result.cost = result.cost / train.size() + state_->l2_term();
  result.accuracy = init_lab::accuracy(net.output, net.outputs(), scores, train);
  return result;
}

std::vector<double> Trainer::gradient() const { return state_->full_gradient(); }

std::vector<double> Trainer::outputs() const {
  std::vector<double> result = state_->train_scores();
  to_activations(state_->network, result);
  return result;
}

void Trainer::predict(const Points& points, std::span<double> target) const {
  state_->scores(points, target);
  to_activations(state_->network, target);
}

double Trainer::accuracy(const Points& points) const {
  const Network& net = state_->network;
  std::vector<double> scores(static_cast<std::size_t>(points.size()) * static_cast<std::size_t>(net.outputs()));
  state_->scores(points, scores);
  return init_lab::accuracy(net.output, net.outputs(), scores, points);
}

std::vector<std::vector<float>> Trainer::hidden_activations(const Points& points, int most) const {
  return state_->hidden_activations(points, most);
}
std::vector<std::uint8_t> Trainer::snapshot() const { return state_->snapshot(); }
void Trainer::restore(std::span<const std::uint8_t> bytes) { state_->restore(bytes); }

}  // namespace init_lab
