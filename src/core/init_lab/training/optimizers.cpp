#include "init_lab/training/optimizers.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <initializer_list>

#include "init_lab/base/limits.hpp"
#include "init_lab/base/parameters.hpp"

namespace init_lab {

namespace {

std::vector<ParameterInfo> with_common(double learning_rate, std::initializer_list<ParameterInfo> own) {
  std::vector<ParameterInfo> all{
      {"learningRate", "learning rate", "How far one update goes along the gradient.", learning_rate, 0, 1e6},
      {"batchSize", "batch size", "Examples in one update; 0 takes all of them.", 0, 0, 1e6, true},
      {"batchSeed", "batch seed", "Seed of the first epoch’s shuffle; each epoch takes the next one.", 11, 0,
       kLargestSeed - kMostIterations, true},
      {"l2", "L2 regularization",
       "Lambda: the cost of a batch of b examples has the term lambda / (2 b) times the sum of the squared weights.", 0,
       0, 1e6},
      {"decayRate", "decay rate", "The learning rate is divided by 1 + rate * floor(epoch / interval).", 0, 0, 1e6},
      {"decayInterval", "decay interval", "Epochs between two steps of the learning rate’s decay.", 1, 1,
       kMostIterations, true},
  };
  all.insert(all.end(), own);
  return all;
}

constexpr double kLargestBeta = 1 - 1e-9;

ParameterInfo beta1() {
  return {"beta1", "beta 1", "Share of the old average of gradients that an update keeps.", 0.9, 0, kLargestBeta};
}
ParameterInfo beta2(double value) {
  return {"beta2", "beta 2", "Share of the old average of squared gradients that an update keeps.",
          value,   0,        kLargestBeta};
}
ParameterInfo epsilon() {
  return {"epsilon", "epsilon", "Added to the root of the averaged squares, so that nothing is divided by 0.",
          1e-8,      0,         1};
}

const std::array<OptimizerInfo, 4>& table() {
  static const std::array<OptimizerInfo, 4> rows{{
      {Method::gradient_descent, "gd", "gradient descent", "W := W - rate dW",
       "Follows the gradient; with a batch size, stochastic gradient descent.",
       "Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations simultanées", with_common(0.01, {})},
      {Method::momentum, "momentum", "momentum", "v := beta1 v + (1 - beta1) dW; W := W - rate v",
       "Follows an average of past gradients, which carries it along valleys.",
       "Polyak 1964, Some methods of speeding up the convergence of iteration methods", with_common(0.01, {beta1()})},
      {Method::rmsprop, "rmsprop", "RMSProp", "s := beta2 s + (1 - beta2) dW²; W := W - rate dW / (sqrt(s) + epsilon)",
       "Divides each parameter’s step by the usual size of its gradient.",
       "Tieleman & Hinton 2012, Lecture 6.5 of Neural networks for machine learning",
       with_common(0.001, {beta2(0.9), epsilon()})},
      {Method::adam, "adam", "Adam",
       "v, s as in momentum and RMSProp, divided by 1 - beta^t; W := W - rate v / (sqrt(s) + epsilon)",
       "Momentum and RMSProp together, corrected for averages that start at 0.",
       "Kingma & Ba 2015, Adam: a method for stochastic optimization",
       with_common(0.001, {beta1(), beta2(0.999), epsilon()})},
  }};
  return rows;
}

/// base^exponent by squaring: the platform's pow may give other bits.
double power(double base, int exponent) noexcept {
  double result = 1;
  for (; exponent > 0; exponent /= 2, base *= base)
    if (exponent % 2 == 1) result *= base;
  return result;
}

}  // namespace

std::span<const OptimizerInfo> optimizers() { return table(); }

const OptimizerInfo& find_optimizer(std::string_view name) { return find_row(optimizers(), name, "optimizer.name"); }

Optimizer::Optimizer(const Choice& choice) {
  const OptimizerInfo& row = find_optimizer(choice.name);
  const Parameters all = complete_parameters(choice.parameters, row.parameters, "optimizer");
  const auto value = [&](std::string_view name) { return value_or(all, name, 0); };
  method = row.method;
  learning_rate = value("learningRate");
  batch_size = static_cast<int>(value("batchSize"));
  batch_seed = static_cast<std::uint32_t>(value("batchSeed"));
  l2 = value("l2");
  decay_rate = value("decayRate");
  decay_interval = static_cast<int>(value("decayInterval"));
  beta1 = value("beta1");
  beta2 = value("beta2");
  epsilon = value("epsilon");
}

int Optimizer::averages() const noexcept {
  if (method == Method::gradient_descent) return 0;
  return method == Method::adam ? 2 : 1;
}

double Optimizer::learning_rate_at(int epoch) const noexcept {
  const int steps = epoch / decay_interval;  // rounded down
  return learning_rate / (1 + decay_rate * steps);
}

std::vector<RateRange> rate_ranges(const Network& network) {
  std::vector<RateRange> ranges;
  const auto append = [&](std::size_t begin, std::size_t end, double factor) {
    if (begin == end) return;
    if (!ranges.empty() && ranges.back().end == begin && ranges.back().factor == factor)
      ranges.back().end = end;
    else
      ranges.push_back({begin, end, factor});
  };
  for (const Layer& layer : network.layers) {
    if (layer.learning.frozen) continue;
    append(layer.weights, layer.biases, layer.learning.weight_factor);
    append(layer.biases, layer.scale, layer.learning.bias_factor);
    append(layer.scale, layer.end, 1);
  }
  return ranges;
}

template <class T>
void Optimizer::apply(int update, double rate_, std::span<const RateRange> ranges, std::span<const T> gradient,
                      std::span<T> averages, std::span<T> parameters) const noexcept {
  const auto b1 = static_cast<T>(beta1);
  const auto b2 = static_cast<T>(beta2);
  // Round 1 - beta separately: in float32 beta can round to 1, which would make the weight of the
  // new gradient 0.
  const auto new1 = static_cast<T>(1 - beta1);
  const auto new2 = static_cast<T>(1 - beta2);
  const auto eps = static_cast<T>(epsilon);
  for (const RateRange& range : ranges) {
    const auto rate = static_cast<T>(rate_ * range.factor);
    const std::size_t n = range.end - range.begin;
    const T* const g = gradient.data() + range.begin;
    T* const w = parameters.data() + range.begin;
    // Gradient descent keeps no averages and reads none.
    T* const average = averages.data() + (averages.empty() ? 0 : range.begin);
    switch (method) {
      case Method::gradient_descent:
        for (std::size_t i = 0; i < n; ++i) w[i] -= rate * g[i];
        break;
      case Method::momentum:
        for (std::size_t i = 0; i < n; ++i) {
          average[i] = b1 * average[i] + new1 * g[i];
          w[i] -= rate * average[i];
        }
        break;
      case Method::rmsprop:
        for (std::size_t i = 0; i < n; ++i) {
          average[i] = b2 * average[i] + new2 * (g[i] * g[i]);
          w[i] -= rate * g[i] / (std::sqrt(average[i]) + eps);
        }
        break;
      case Method::adam: {
        T* const squares = average + parameters.size();
        const auto correct1 = static_cast<T>(1 - power(beta1, update));
        const auto correct2 = static_cast<T>(1 - power(beta2, update));
        for (std::size_t i = 0; i < n; ++i) {
          average[i] = b1 * average[i] + new1 * g[i];
          squares[i] = b2 * squares[i] + new2 * (g[i] * g[i]);
          w[i] -= rate * (average[i] / correct1) / (std::sqrt(squares[i] / correct2) + eps);
        }
        break;
      }
    }
  }
}

template void Optimizer::apply(int, double, std::span<const RateRange>, std::span<const double>, std::span<double>,
                               std::span<double>) const noexcept;
template void Optimizer::apply(int, double, std::span<const RateRange>, std::span<const float>, std::span<float>,
                               std::span<float>) const noexcept;

}  // namespace init_lab
