// Trains one network per SIMD lane, all of one shape, on the same examples. The module's kernel
// puts examples into the lanes; this program measures whether sweeps would gain by the other way.
//
//   across_networks JOB float64 ITERATIONS SECONDS
//
// Prints what step.cpp prints, with the time for one network.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "core_job.hpp"
#include "init_lab/network/activation_functions.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/network/output.hpp"
#include "init_lab/numerics/aligned.hpp"
#include "init_lab/numerics/elementary.hpp"
#include "init_lab/numerics/lanes.hpp"
#include "job.hpp"

namespace {

using namespace init_lab;
using V = F64x2;
constexpr int kNetworks = Lanes<double>::kCount;
/// Examples of a tile: eight sums with two units, as in the kernel.
constexpr int kGroup = 4;

class Training {
 public:
  explicit Training(const bench::Job& job)
      : network_(bench::network_of(job)),
        examples_(job.examples),
        groups_((job.examples + kGroup - 1) / kGroup),
        rate_(job.learning_rate / job.examples),
        x_(static_cast<std::size_t>(groups_ * job.features * kGroup)),
        y_(static_cast<std::size_t>(groups_ * kGroup)),
        weights_(job.parameters.size()),
        transposed_(job.parameters.size()),
        gradient_(job.parameters.size()) {
    for (int e = 0; e < examples_; ++e) {
      for (int f = 0; f < job.features; ++f)
        x_[index_of(e / kGroup * job.features + f, e % kGroup)] =
            splat<V>(job.x[static_cast<std::size_t>(f * examples_ + e)]);
      y_[static_cast<std::size_t>(e)] = splat<V>(job.y[static_cast<std::size_t>(e)]);
    }
    std::transform(job.parameters.begin(), job.parameters.end(), weights_.begin(),
                   [](double w) { return splat<V>(w); });
    int units = 0;
    for (const Layer& layer : network_.layers) {
      first_.push_back(units);
      units += layer.out;
    }
    a_.resize(static_cast<std::size_t>(units * kGroup));
  }

  [[nodiscard]] double cost() {
    transpose();
    double sum = 0;
    for (int g = 0; g < groups_; ++g) {
      forward(g);
      const V* const output = rows(network_.layers.size() - 1);
      for (int e = 0; e < kGroup && g * kGroup + e < examples_; ++e) {
        const double a = output[e][0];
        sum += example_cost(Output::sigmoid, {&a, 1}, y_[static_cast<std::size_t>(g * kGroup + e)][0]);
      }
    }
    return sum / examples_;
  }

  void step(int n) {
    for (int i = 0; i < n; ++i) {
      transpose();
      std::fill(gradient_.begin(), gradient_.end(), V{});
      for (int g = 0; g < groups_; ++g) {
        forward(g);
        backward(g);
      }
      for (std::size_t p = 0; p < weights_.size(); ++p) weights_[p] -= splat<V>(rate_) * gradient_[p];
    }
  }

 private:
  static std::size_t index_of(int row, int example) { return static_cast<std::size_t>(row * kGroup + example); }
  [[nodiscard]] V* rows(std::size_t layer) { return a_.data() + first_[layer] * kGroup; }
  [[nodiscard]] const V* inputs(std::size_t layer, int group) {
    return layer == 0 ? x_.data() + group * network_.layers[0].in * kGroup : rows(layer - 1);
  }

  void transpose() {
    for (const Layer& layer : network_.layers)
      for (int row = 0; row < layer.out; ++row)
        for (int column = 0; column < layer.in; ++column)
          transposed_[layer.weights + static_cast<std::size_t>(column * layer.out + row)] =
              weights_[layer.weights + static_cast<std::size_t>(row * layer.in + column)];
  }

  /// `Count` rows of finish(start + W source), W column by column.
  template <int Count, class Finish>
  static void tile(const V* w, int stride, const V* start, int count, const V* source, V* target, Finish finish) {
    V sum[Count][kGroup];
    for (int r = 0; r < Count; ++r)
      for (int e = 0; e < kGroup; ++e) sum[r][e] = start ? start[r] : V{};
    for (int i = 0; i < count; ++i, w += stride, source += kGroup) {
      V weight[Count];
      for (int r = 0; r < Count; ++r) weight[r] = w[r];
      for (int e = 0; e < kGroup; ++e) {
        const V x = source[e];
        for (int r = 0; r < Count; ++r) sum[r][e] += weight[r] * x;
      }
    }
    for (int r = 0; r < Count; ++r)
      for (int e = 0; e < kGroup; ++e) target[r * kGroup + e] = finish(sum[r][e], target[r * kGroup + e]);
  }

  template <class Finish>
  static void product(const V* w, int stride, const V* start, int rows, int count, const V* source, V* target,
                      Finish finish) {
    int row = 0;
    for (; row + 2 <= rows; row += 2)
      tile<2>(w + row, stride, start ? start + row : nullptr, count, source, target + row * kGroup, finish);
    if (row < rows)
      tile<1>(w + row, stride, start ? start + row : nullptr, count, source, target + row * kGroup, finish);
  }

  void forward(int group) {
    for (std::size_t l = 0; l < network_.layers.size(); ++l) {
      const Layer& layer = network_.layers[l];
      const bool last = l + 1 == network_.layers.size();
      const auto run = [&](auto finish) {
        product(transposed_.data() + layer.weights, layer.out, weights_.data() + layer.biases, layer.out, layer.in,
                inputs(l, group), rows(l), finish);
      };
      if (last)
        run([](V sum, V) { return sum; });
      else
        run([](V sum, V) { return at_least(sum, V{}); });
    }
    V output[kGroup];
    V* const to = rows(network_.layers.size() - 1);
    std::copy_n(to, kGroup, output);
    elementary::sigmoid(output);
    std::copy_n(output, kGroup, to);
  }

  void backward(int group) {
    V* const output = rows(network_.layers.size() - 1);
    for (int e = 0; e < kGroup; ++e)
      output[e] = group * kGroup + e < examples_ ? output[e] - y_[static_cast<std::size_t>(group * kGroup + e)] : V{};
    for (std::size_t l = network_.layers.size(); l-- > 0;) {
      const Layer& layer = network_.layers[l];
      const V* const delta = rows(l);
      const V* const source = inputs(l, group);
      for (int row = 0; row < layer.out; ++row) {
        V d[kGroup];
        std::copy_n(delta + row * kGroup, kGroup, d);
        V* const to = gradient_.data() + layer.weights + row * layer.in;
        for (int column = 0; column < layer.in; ++column) {
          const V* const a = source + column * kGroup;
          to[column] += (d[0] * a[0] + d[1] * a[1]) + (d[2] * a[2] + d[3] * a[3]);
        }
        gradient_[layer.biases + static_cast<std::size_t>(row)] += (d[0] + d[1]) + (d[2] + d[3]);
      }
      if (l > 0)
        product(weights_.data() + layer.weights, layer.in, static_cast<const V*>(nullptr), layer.in, layer.out, delta,
                rows(l - 1), [](V sum, V a) { return a > V{} ? sum : V{}; });
    }
  }

  Network network_;
  int examples_, groups_;
  double rate_;
  AlignedVector<V> x_, y_, weights_, transposed_, gradient_;
  std::vector<int> first_;  ///< row of each layer's first unit in a_
  AlignedVector<V> a_;      ///< activations of a group; going back, dJ/dz in their place
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 5 || std::string_view(argv[2]) != "float64")
    throw std::runtime_error("expected: across_networks JOB float64 ITERATIONS SECONDS");
  Training training(bench::read_job(argv[1]));
  const double first = training.cost();
  training.step(std::atoi(argv[3]));
  const double last = training.cost();
  const double microseconds = bench::microseconds_per_iteration(std::atof(argv[4]), [&](int n) { training.step(n); });
  bench::print(first, last, microseconds / kNetworks);
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
