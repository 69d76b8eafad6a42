#include "init_lab/experiment/fields.hpp"

#include <array>

#include "init_lab/base/limits.hpp"

namespace init_lab {

std::span<const SpecField> spec_fields() {
  static const std::array<SpecField, 13> rows{{
      {"dataset", "dataset", "What the network learns.", DatasetMember{}},
      {"layers", "widths", "Widths of the hidden layers; inputs and outputs follow from the data set.", &Spec::layers,
       1, kMostUnits},
      {"activations", "activations", "One activation for all hidden layers, or one for each.", &Spec::activations},
      {"skip", "skip", "Skip connections into every hidden layer but the first; the widths must be equal.", &Spec::skip,
       -kLargestSkipScale, kLargestSkipScale, false},
      {"normalization", "normalization", "Normalization of every hidden layer before its activation.",
       &Spec::normalization, 0, 0, false},
      {"parametrization", "parametrization", "How the start and the learning rates follow the widths.",
       &Spec::parametrization, 0, 0, false},
      {"frozen", "layer-indices", "Layers that are not trained; 0 is the first hidden one.", &Spec::frozen, 0,
       kMostLayers, false},
      {"output", "output", "The output layer and its cost.", &Spec::output},
      {"init", "init", "How the weights and biases start.", &Spec::init},
      {"optimizer", "optimizer", "How the network learns.", &Spec::optimizer},
      {"iterations", "integer", "Updates of the parameters.", &Spec::iterations, 0, kMostIterations},
      {"record", "integer", "Iterations between two records of cost and accuracies.", &Spec::record, 1,
       kMostIterations},
      {"precision", "precision", "float64 reproduces the course; float32 is faster.", &Spec::precision},
  }};
  return rows;
}

}  // namespace init_lab
