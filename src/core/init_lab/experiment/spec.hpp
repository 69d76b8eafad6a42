// An experiment as plain data.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/limits.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/initializers/initializers.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab {

/// An experiment. Every random draw in it is named by a seed, so the same spec gives the same bits everywhere.
/// The defaults are the course's planar notebook: the flower, 2-4-1, tanh, randn * 0.01.
struct Spec {
  Choice dataset{"flower"};                      ///< a row of datasets(), or "points"
  /// Content of the data set's file, for a data set that has one.
  std::shared_ptr<const std::vector<std::uint8_t>> dataset_file{};
  Points train_points{};                         ///< for "points" only: any number of features
  Points test_points{};                          ///< for "points" only: may be empty
  std::vector<int> layers{4};                    ///< widths of the hidden layers, each 1 … 4096; may be empty
  std::vector<std::string> activations{"tanh"};  ///< one for all hidden layers, or one for each
  std::string output{"sigmoid"};                 ///< "sigmoid" or "tanh"
  InitSpec init{{"normal", {{"std", 0.01}, {"seed", 2}}}, {}};
  Choice optimizer{"gd", {{"learningRate", 1.2}}};
  int iterations = 10000;            ///< 0 … 100,000,000
  int record = 100;                  ///< metrics are kept every `record` iterations, from iteration 0 on
  std::string precision{"float64"};  ///< "float64", or "float32" for speed
  friend bool operator==(const Spec&, const Spec&) = default;
};

/// The spec with every default filled in (and one activation per hidden layer), or SpecError for its first bad field.
Spec complete(const Spec& spec);

/// The network of a complete spec, and its data.
Network network_of(const Spec& spec);
Dataset dataset_of(const Spec& spec);

}  // namespace init_lab
