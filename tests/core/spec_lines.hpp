// Experiments written as lines of text, which C++ and JavaScript read without a parser of JSON:
//
//   dataset=moons;samples=60 layers=9,6 activations=gelu,leaky_relu;slope=0.2 init=he_normal;seed=3
//
// Fields are separated by spaces, entries of a list by commas, a name and its parameters by
// semicolons. A value that reads as a number is one.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/experiment/kinds.hpp"
#include "init_lab/experiment/spec.hpp"
#include "init_lab/network/output.hpp"

namespace init_lab::testing {

inline std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

inline ParameterValue value_from(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  return end != text.c_str() && *end == '\0' ? ParameterValue(number) : ParameterValue(text);
}

inline Choice choice_from(const std::string& text) {
  const std::vector<std::string> parts = split(text, ';');
  Choice choice(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto equals = parts[i].find('=');
    choice.parameters.emplace(parts[i].substr(0, equals), value_from(parts[i].substr(equals + 1)));
  }
  return choice;
}

/// Throws std::runtime_error for a field that it does not know.
inline Spec spec_from(const std::string& line) {
  Spec spec;
  for (const std::string& field : split(line, ' ')) {
    const auto equals = field.find('=');
    const std::string key = field.substr(0, equals);
    const std::string value = field.substr(equals + 1);
    if (key == "dataset") {
      spec.dataset = choice_from(value);
    } else if (key == "layers") {
      spec.layers.clear();
      for (const std::string& width : split(value, ',')) spec.layers.push_back(std::stoi(width));
    } else if (key == "activations") {
      spec.activations.clear();
      for (const std::string& name : split(value, ',')) spec.activations.push_back(choice_from(name));
    } else if (key == "skip") {
      spec.skip = SkipSpec{value_from(value), false};
    } else if (key == "learnedSkip") {
      spec.skip = SkipSpec{value_from(value), true};
    } else if (key == "normalization") {
      spec.normalization = choice_from(value);
    } else if (key == "parametrization") {
      spec.parametrization = choice_from(value);
    } else if (key == "frozen") {
      for (const std::string& layer : split(value, ',')) spec.frozen.push_back(std::stoi(layer));
    } else if (key == "standardize") {
      spec.standardize = value == "true";
    } else if (key == "output") {
      spec.output = find_output(value, "output").id;
    } else if (key == "init") {
      spec.init.all = choice_from(value);
    } else if (key == "bias") {
      spec.init.bias = choice_from(value);
    } else if (key == "outputBias") {
      spec.init.output_bias = choice_from(value);
    } else if (key == "optimizer") {
      spec.optimizer = choice_from(value);
    } else if (key == "iterations") {
      spec.iterations = std::stoi(value);
    } else if (key == "precision") {
      spec.precision = find_row(precisions(), value, "precision").id;
    } else {
      throw std::runtime_error("unknown field " + key);
    }
  }
  return spec;
}

}  // namespace init_lab::testing
