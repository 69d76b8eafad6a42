// An experiment as plain data.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "init_lab/experiment/kinds.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/network.hpp"
#include "init_lab/training/trainer.hpp"

namespace init_lab {

/// Skip connections between hidden layers of equal width, in the pre-activation form of
/// network.hpp.
struct SkipSpec {
  /// Of the branch: a number, or a name of skip_scales(), in which L is the number of branches.
  ParameterValue scale{1.0};
  bool learned = false;  ///< the scale is a parameter of each branch, which starts at `scale`
  friend bool operator==(const SkipSpec&, const SkipSpec&) = default;
};

/// The name of the data set that holds the caller's own points.
inline constexpr std::string_view kOwnPoints = "points";

/// An experiment. A seed in it determines every random draw, so the same spec gives the same bits
/// everywhere. The defaults are the course's planar notebook: the flower, 2-4-1, tanh, randn *
/// 0.01.
struct Spec {
  Choice dataset{"flower"};  ///< a row of datasets(), or kOwnPoints
  /// Content of the data set's file, for a data set that has one.
  std::shared_ptr<const std::vector<std::uint8_t>> dataset_file{};
  Points train_points{};  ///< for kOwnPoints only: any number of features
  Points test_points{};   ///< for kOwnPoints only: may be empty
  /// whether to give every feature mean 0 and variance 1 on the training part
  bool standardize = false;
  /// widths of the hidden layers, each 1 … kMostUnits; may be empty
  std::vector<int> layers{4};
  std::vector<Choice> activations{"tanh"};  ///< one for all hidden layers, or one for each
  std::optional<SkipSpec> skip{};           ///< into every hidden layer but the first
  Choice normalization{"none"};             ///< a row of normalizations(), for every hidden layer
  Choice parametrization{"standard"};       ///< a row of parametrizations()
  /// layers that are not trained, ascending; 0 is the first hidden one
  std::vector<int> frozen{};
  Output output = Output::sigmoid;
  InitSpec init{{"normal", {{"std", 0.01}, {"seed", 2}}}, {}};
  Choice optimizer{"gd", {{"learningRate", 1.2}}};
  int iterations = 10000;  ///< 0 … kMostIterations
  int record = 100;        ///< metrics are recorded every `record` iterations, from iteration 0
  Precision precision = Precision::float64;
  friend bool operator==(const Spec&, const Spec&) = default;
};

/// Returns the spec with every default filled in and one activation per hidden layer. Throws
/// SpecError for its first bad field.
Spec complete(const Spec& spec);

/// The labels that the output layer takes.
LabelKind label_kind_of(const Spec& spec);
/// Features of an example, and units of the output layer, of a complete spec.
int inputs_of(const Spec& spec);
int outputs_of(const Spec& spec);

/// The network of a complete spec, its parameters at iteration 0, and its data.
Network network_of(const Spec& spec);
std::vector<double> initial_parameters(const Spec& spec, const Network& network, const Points& train);
Dataset dataset_of(const Spec& spec);

}  // namespace init_lab
