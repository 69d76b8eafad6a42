#include "init_lab/network/output.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/numerics/elementary.hpp"

namespace init_lab {

namespace {

constexpr std::array kTable{
    OutputInfo{Output::sigmoid, "sigmoid", "sigmoid", "1 / (1 + e^-z)",
               "binary cross-entropy, -y log(a) - (1 - y) log(1 - a)",
               "share of the examples on the right side of a = 0.5"},
    OutputInfo{Output::tanh, "tanh", "tanh", "tanh(z)", "half the squared error, (a - y)² / 2 with y = -1 or +1",
               "share of the examples on the right side of a = 0"},
    OutputInfo{Output::softmax, "softmax", "softmax", "e^z / sum e^z", "cross-entropy, -log(a) of the example's class",
               "share of the examples whose most probable class is right"},
    OutputInfo{Output::linear, "linear", "linear (regression)", "z", "half the squared error, (a - y)² / 2",
               "R², the share of the targets' variance that is explained"},
};

constexpr bool rows_are_in_the_order_of_the_enum() {
  for (std::size_t i = 0; i < kTable.size(); ++i)
    if (kTable[i].id != static_cast<Output>(i)) return false;
  return true;
}
static_assert(rows_are_in_the_order_of_the_enum(), "info() finds a row by its number");

/// log(sum e^z), finite for finite z.
double log_sum_exp(std::span<const double> z) noexcept {
  double largest = -std::numeric_limits<double>::infinity();
  for (const double value : z) largest = value > largest || std::isnan(value) ? value : largest;
  double sum = 0;
  for (const double value : z) sum += elementary::exp(value - largest);
  return largest + elementary::log(sum);
}

double unit_cost(Output output, double a, double t) noexcept {
  if (output == Output::sigmoid) return 0 - elementary::log(t == 1 ? a : 1 - a);
  return (a - t) * (a - t) / 2;
}

}  // namespace

std::span<const OutputInfo> outputs() { return kTable; }

const OutputInfo& info(Output output) noexcept { return kTable[static_cast<std::size_t>(output)]; }

const OutputInfo& find_output(std::string_view name, std::string_view field) {
  return find_row(outputs(), name, field);
}

double example_cost(Output output, std::span<const double> scores, double y) noexcept {
  if (output == Output::softmax) return log_sum_exp(scores) - scores[static_cast<std::size_t>(y)];
  const auto units = static_cast<int>(scores.size());
  double sum = 0;
  for (int unit = 0; unit < units; ++unit)
    sum += unit_cost(output, scores[static_cast<std::size_t>(unit)], target(output, units, unit, y));
  return sum;
}

void scores_to_activations(Output output, std::span<double> scores) noexcept {
  if (output != Output::softmax) return;
  const double largest = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (double& score : scores) {
    score = elementary::exp(score - largest);
    sum += score;
  }
  for (double& score : scores) score /= sum;
}

double cost_by_activation(Output output, double a, double t) noexcept {
  switch (output) {
    case Output::sigmoid:
      return t == 1 ? -1 / a : 1 / (1 - a);
    case Output::softmax:
      return t == 1 ? -1 / a : 0;
    case Output::tanh:
    case Output::linear:
      break;
  }
  return a - t;
}

double cost_by_pre_activation(Output output, double a, double t) noexcept {
  return output == Output::tanh ? (a - t) * (1 - a * a) : a - t;
}

int predicted_class(Output output, std::span<const double> scores) noexcept {
  if (scores.size() == 1) return scores[0] > (output == Output::tanh ? 0.0 : 0.5) ? 1 : 0;
  return static_cast<int>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

double accuracy(Output output, int units, std::span<const double> scores, const Points& points) {
  const auto m = static_cast<std::size_t>(points.size());
  if (m == 0) return std::numeric_limits<double>::quiet_NaN();
  if (is_regression(output, units)) {
    double mean = 0;
    for (const double y : points.y) mean += y;
    mean /= static_cast<double>(m);
    double residuals = 0;
    double spread = 0;
    for (std::size_t i = 0; i < m; ++i) {
      residuals += (scores[i] - points.y[i]) * (scores[i] - points.y[i]);
      spread += (points.y[i] - mean) * (points.y[i] - mean);
    }
    return spread == 0 ? std::numeric_limits<double>::quiet_NaN() : 1 - residuals / spread;
  }
  double right = 0;
  if (units == 1) {
    for (std::size_t i = 0; i < m; ++i) right += predicted_class(output, scores.subspan(i, 1)) == points.y[i] ? 1 : 0;
    return right / static_cast<double>(m);
  }
  std::vector<double> example(static_cast<std::size_t>(units));
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t unit = 0; unit < example.size(); ++unit) example[unit] = scores[unit * m + i];
    right += predicted_class(output, example) == points.y[i] ? 1 : 0;
  }
  return right / static_cast<double>(m);
}

}  // namespace init_lab
