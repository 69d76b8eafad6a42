#include "init_lab/training/trainer.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>
#include <type_traits>

#include "init_lab/base/error.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/data/locality.hpp"
#include "init_lab/network/cost.hpp"
#include "init_lab/numerics/random.hpp"
#include "init_lab/training/kernel.hpp"
#include "init_lab/training/packed_examples.hpp"

namespace init_lab {

/// A training whose arithmetic is not known to the caller.
struct Trainer::State {
  State(const Network& network_, std::shared_ptr<const Points> train_, const Optimizer& optimizer_)
      : network(network_), train(std::move(train_)), optimizer(optimizer_) {}
  virtual ~State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  /// One more iteration. A call for each, and a virtual one, which no optimizer inlines: V8 exchanges a WebAssembly
  /// function for its optimized code only between calls.
  virtual void update() = 0;
  [[nodiscard]] virtual std::vector<double> parameters() const = 0;
  virtual void set_parameters(std::span<const double> values) = 0;
  [[nodiscard]] virtual double cost(std::span<const double> outputs) = 0;
  [[nodiscard]] virtual std::vector<double> full_gradient() = 0;
  [[nodiscard]] virtual std::vector<double> outputs() = 0;
  virtual void predict(const Points& points, std::span<double> target) = 0;
  [[nodiscard]] virtual std::vector<std::vector<float>> hidden_activations(const Points& points, int most) = 0;
  [[nodiscard]] virtual std::vector<std::uint8_t> snapshot() const = 0;
  virtual void restore(std::span<const std::uint8_t> bytes) = 0;

  [[nodiscard]] int batches_per_epoch() const noexcept {
    if (optimizer.batch_size == 0 || optimizer.batch_size >= train->size()) return 1;
    return (train->size() + optimizer.batch_size - 1) / optimizer.batch_size;
  }
  /// Of the next update.
  [[nodiscard]] double learning_rate() const noexcept {
    return optimizer.learning_rate_at(iteration / batches_per_epoch());
  }

  Network network;
  std::shared_ptr<const Points> train;
  Optimizer optimizer;
  int iteration = 0;
};

namespace {

/// What stands before the numbers of a snapshot.
struct SnapshotHeader {
  char magic[4] = {'I', 'L', 'S', '1'};
  std::uint32_t fingerprint = 0;  ///< of the network's shape, the method and the precision
  std::int32_t iteration = 0;
};

/// Throws std::logic_error for what the kernel does not compute yet.
void check_supported(const Network& network) {
  if (network.outputs() != 1 || network.output == Output::softmax || network.output == Output::linear)
    throw std::logic_error("this output cannot be trained yet");
  for (const Layer& layer : network.layers) {
    if (layer.skip.present) throw std::logic_error("skip connections cannot be trained yet");
    if (layer.normalized()) throw std::logic_error("normalization cannot be trained yet");
    if (layer.learning != Learning{}) throw std::logic_error("learning-rate factors cannot be trained yet");
  }
}

/// FNV-1a, 32 bits.
class Fingerprint {
 public:
  void add(std::uint32_t value) noexcept {
    for (int shift = 0; shift < 32; shift += 8) hash_ = (hash_ ^ ((value >> shift) & 255U)) * 16777619U;
  }
  [[nodiscard]] std::uint32_t value() const noexcept { return hash_; }

 private:
  std::uint32_t hash_ = 2166136261U;
};

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
        order(locality_order(*train, kGroup<T>)) {
    all.pack(*train, network.output, order);
    StateOf::set_parameters(initial);
  }

  void update() override {
    const int batches = batches_per_epoch();
    if (batches == 1) {
      mean_gradient(all, all.batches().front());
    } else {
      shuffle(iteration / batches);
      mean_gradient(shuffled, shuffled.batches()[static_cast<std::size_t>(iteration % batches)]);
    }
    const double rate = learning_rate();
    ++iteration;
    optimizer.apply<T>(iteration, rate, gradient, averages, weights);
  }

  /// The examples in the order of an epoch, packed again only when the epoch is another one.
  void shuffle(int epoch) {
    if (epoch == shuffled_epoch) return;
    RandomState random(optimizer.batch_seed + static_cast<std::uint32_t>(epoch));
    shuffled.pack(*train, network.output, random.permutation(train->size()), optimizer.batch_size);
    shuffled_epoch = epoch;
  }

  /// Gradient of the batch's mean cost with the L2 term.
  void mean_gradient(const PackedExamples<T>& examples, const Batch& batch) {
    const T share = T{1} / static_cast<T>(batch.examples);
    kernel.gradient(weights.data(), examples, batch, share, gradient.data());
    if (optimizer.l2 == 0) return;
    const T pull = static_cast<T>(optimizer.l2) * share;
    for (const Layer& layer : network.layers)
      for (std::size_t i = layer.weights; i < layer.biases; ++i) gradient[i] += pull * weights[i];
  }

  [[nodiscard]] std::vector<double> parameters() const override { return {weights.begin(), weights.end()}; }

  void set_parameters(std::span<const double> values) override {
    std::transform(values.begin(), values.end(), weights.begin(), [](double v) { return static_cast<T>(v); });
  }

  [[nodiscard]] double cost(std::span<const double> a) override {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += example_cost(network.output, a[i], train->y[i]);
    const double m = train->size();
    double squares = 0;
    if (optimizer.l2 != 0)
      for (const Layer& layer : network.layers)
        for (std::size_t i = layer.weights; i < layer.biases; ++i)
          squares += static_cast<double>(weights[i]) * static_cast<double>(weights[i]);
    return sum / m + optimizer.l2 / (2 * m) * squares;
  }

  [[nodiscard]] std::vector<double> full_gradient() override {
    mean_gradient(all, all.batches().front());
    return {gradient.begin(), gradient.end()};
  }

  [[nodiscard]] std::vector<double> outputs() override {
    std::vector<double> packed(order.size());
    outputs_of(all, packed);
    std::vector<double> a(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) a[static_cast<std::size_t>(order[i])] = packed[i];
    return a;
  }

  void predict(const Points& points, std::span<double> target) override {
    asked.pack(points, network.output);
    if (points.size() > 0) outputs_of(asked, target);
  }

  void outputs_of(const PackedExamples<T>& examples, std::span<double> target) {
    const int output = static_cast<int>(network.layers.size()) - 1;
    kernel.forward(weights.data(), examples, examples.batches().front(), output, [&](int l, int group, const T* rows) {
      if (l == output) copy_group(rows, group, target);
    });
  }

  [[nodiscard]] std::vector<std::vector<float>> hidden_activations(const Points& points, int most) override {
    const auto m = static_cast<std::size_t>(points.size());
    const std::size_t hidden = network.layers.size() - 1;
    std::vector<std::vector<float>> result(hidden);
    for (std::size_t l = 0; l < hidden; ++l)
      result[l].resize(m * static_cast<std::size_t>(std::min(network.layers[l].out, most)));
    asked.pack(points, network.output);
    if (m > 0)
      kernel.forward(weights.data(), asked, asked.batches().front(), static_cast<int>(hidden) - 1,
                     [&](int l, int group, const T* rows) {
                       std::span<float> fields = result[static_cast<std::size_t>(l)];
                       for (; !fields.empty(); fields = fields.subspan(m), rows += kGroup<T>)
                         copy_group(rows, group, fields.first(m));
                     });
    return result;
  }

  /// What one unit has for a group, to its place among all examples.
  template <class U>
  static void copy_group(const T* row, int group, std::span<U> target) noexcept {
    const std::span<U> part = target.subspan(static_cast<std::size_t>(group) * kGroup<T>);
    std::transform(row, row + std::min<std::size_t>(part.size(), kGroup<T>), part.begin(),
                   [](T a) { return static_cast<U>(a); });
  }

  [[nodiscard]] std::uint32_t fingerprint() const noexcept {
    Fingerprint print;
    print.add(sizeof(T));
    print.add(static_cast<std::uint32_t>(optimizer.method));
    print.add(static_cast<std::uint32_t>(network.output));
    for (const Layer& layer : network.layers) {
      print.add(static_cast<std::uint32_t>(layer.in));
      print.add(static_cast<std::uint32_t>(layer.out));
      print.add(static_cast<std::uint32_t>(layer.activation));
    }
    return print.value();
  }

  [[nodiscard]] std::vector<std::uint8_t> snapshot() const override {
    SnapshotHeader header;
    header.fingerprint = fingerprint();
    header.iteration = iteration;
    std::vector<std::uint8_t> bytes(snapshot_size());
    std::memcpy(bytes.data(), &header, sizeof header);
    std::memcpy(bytes.data() + sizeof header, weights.data(), weights.size() * sizeof(T));
    if (!averages.empty())
      std::memcpy(bytes.data() + sizeof header + weights.size() * sizeof(T), averages.data(),
                  averages.size() * sizeof(T));
    return bytes;
  }

  void restore(std::span<const std::uint8_t> bytes) override {
    const SnapshotHeader expected;
    SnapshotHeader header;
    if (bytes.size() >= sizeof header) std::memcpy(&header, bytes.data(), sizeof header);
    if (bytes.size() != snapshot_size() || std::memcmp(header.magic, expected.magic, sizeof header.magic) != 0 ||
        header.fingerprint != fingerprint() || header.iteration < 0 || header.iteration > kMostIterations)
      throw SpecError(ErrorKind::range, "bad-snapshot", "snapshot", std::to_string(bytes.size()) + " bytes",
                      std::to_string(snapshot_size()) +
                          " bytes from a session with the same layers, training method and precision");
    std::memcpy(weights.data(), bytes.data() + sizeof header, weights.size() * sizeof(T));
    if (!averages.empty())
      std::memcpy(averages.data(), bytes.data() + sizeof header + weights.size() * sizeof(T),
                  averages.size() * sizeof(T));
    iteration = header.iteration;
  }

  [[nodiscard]] std::size_t snapshot_size() const noexcept {
    return sizeof(SnapshotHeader) + (weights.size() + averages.size()) * sizeof(T);
  }

  Kernel<T> kernel;
  std::vector<T> weights, gradient, averages;
  std::vector<int> order;  ///< of the examples in `all`
  PackedExamples<T> all;
  PackedExamples<T> shuffled;
  int shuffled_epoch = -1;
  PackedExamples<T> asked;  ///< reused from one prediction to the next
};

Trainer::Trainer(const Network& network, std::shared_ptr<const Points> train, const Optimizer& optimizer,
                 std::span<const double> initial, Precision precision) {
  check_supported(network);
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
double Trainer::cost() const { return cost(outputs()); }
double Trainer::cost(std::span<const double> outputs) const { return state_->cost(outputs); }
std::vector<double> Trainer::gradient() const { return state_->full_gradient(); }
std::vector<double> Trainer::outputs() const { return state_->outputs(); }
void Trainer::predict(const Points& points, std::span<double> target) const { state_->predict(points, target); }
std::vector<std::vector<float>> Trainer::hidden_activations(const Points& points, int most) const {
  return state_->hidden_activations(points, most);
}
std::vector<std::uint8_t> Trainer::snapshot() const { return state_->snapshot(); }
void Trainer::restore(std::span<const std::uint8_t> bytes) { state_->restore(bytes); }

}  // namespace init_lab
