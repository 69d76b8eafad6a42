#include "init_lab/initializers/initializers.hpp"

#include <stdexcept>
#include <string>

#include "init_lab/initializers/lsuv.hpp"
#include "init_lab/network/trace.hpp"

namespace init_lab {

namespace {

void draw_base(BaseDraw kind, RandomState& random, std::span<double> weights) {
  for (double& weight : weights) weight = kind == BaseDraw::normal ? random.normal() : random.uniform();
}

/// A choice looked up and completed.
struct Rule {
  Rule(const Choice& choice, std::string_view field)
      : info(find_initializer(choice.name)),
        parameters(complete_parameters(choice.parameters, info.parameters, field)) {}

  [[nodiscard]] double operator[](std::string_view name) const { return value_of(parameters, name); }

  const InitializerInfo& info;
  Parameters parameters;
};

std::vector<Rule> rules_by_layer(const Network& network, const InitSpec& init) {
  std::vector<Rule> rules;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const auto [choice, field] = init.of_layer(l);
    rules.emplace_back(choice, field);
  }
  return rules;
}

/// The second pass, from the first layer to the last, as each one's input is what the rescaled layers before it give.
void rescale_on_data(const Network& network, const std::vector<Rule>& rules, const Points& train,
                     std::span<double> parameters) {
  std::size_t needing = 0;
  for (std::size_t l = 0; l < rules.size(); ++l)
    if (rules[l].info.needs_data) needing = l + 1;
  Matrix input;
  for (std::size_t l = 0; l < needing; ++l) {
    if (l == 0) input = features_of(train);
    const Rule& rule = rules[l];
    if (rule.info.needs_data)
      rescale_to_variance(network.layers[l], parameters, input,
                          {rule["variance"], rule["tolerance"], static_cast<int>(rule["maxTries"])});
    input = activate(network.layers[l], pre_activations(network.layers[l], parameters, input));
  }
}

}  // namespace

const InitializerInfo& find_initializer(std::string_view name, std::string_view field) {
  return find_row(initializers(), name, std::string(field) + ".name");
}

InitSpec::OfLayer InitSpec::of_layer(std::size_t layer) const {
  if (layer < layers.size() && layers[layer]) return {*layers[layer], "init.layers[" + std::to_string(layer) + "]"};
  return {all, "init"};
}

std::vector<double> initialize(const Network& network, const InitSpec& init, const Points& train) {
  if (init.bias || init.output_bias) throw std::logic_error("biases cannot be given a start of their own yet");
  const Rule all(init.all, "init");
  const std::vector<Rule> rules = rules_by_layer(network, init);
  const auto seed = static_cast<std::uint32_t>(all["seed"]);
  RandomState base(seed);
  std::vector<double> values(network.parameters);
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const Rule& rule = rules[l];
    const std::span<double> weights(values.data() + layer.weights, layer.biases - layer.weights);
    const std::span<double> biases(values.data() + layer.biases, static_cast<std::size_t>(layer.out));
    RandomState extra(extra_seed(seed, l));
    draw_base(all.info.base, base, weights);
    if (rule.info.base != all.info.base) draw_base(rule.info.base, extra, weights);
    rule.info.draw({weights, biases, layer.in, layer.out, rule.parameters,
                    rule.info.standard_deviation(rule.parameters, layer.in, layer.out), extra});
    if (const double deviation = value_or(rule.parameters, "biasStd", 0); deviation > 0)
      for (double& bias : biases) bias = extra.normal() * deviation;
  }
  write_constant_starts(network, values);
  rescale_on_data(network, rules, train, values);
  return values;
}

}  // namespace init_lab
