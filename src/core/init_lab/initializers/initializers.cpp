#include "init_lab/initializers/initializers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "init_lab/base/error.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/initializers/bias_starts.hpp"
#include "init_lab/initializers/draws.hpp"
#include "init_lab/initializers/lsuv.hpp"
#include "init_lab/network/trace.hpp"

namespace init_lab {

namespace {

constexpr std::array<std::string_view, 6> kFamilies{"plain", "variance", "framework", "residual", "other", "own"};
static_assert(kFamilies.size() == static_cast<std::size_t>(InitializerFamily::own) + 1);

double truncated_normal(RandomState& random) {
  for (;;)
    if (const double value = random.normal(); std::fabs(value) <= 2) return value;
}

void draw_base(BaseDraw kind, RandomState& random, std::span<double> weights) {
  for (double& weight : weights) switch (kind) {
      case BaseDraw::normal:
        weight = random.normal();
        break;
      case BaseDraw::uniform:
        weight = random.uniform();
        break;
      case BaseDraw::truncated_normal:
        weight = truncated_normal(random);
        break;
    }
}

/// A choice with its row of the table and its complete parameters.
struct Rule {
  Rule(const Choice& choice, const std::string& path)
      : info(find_initializer(choice.name, path)), parameters(complete_initializer(choice, path)), field(path) {}

  [[nodiscard]] double operator[](std::string_view name) const { return value_of(parameters, name); }
  [[nodiscard]] BaseDraw base() const { return info.base_of(parameters); }

  const InitializerInfo& info;
  Parameters parameters;
  std::string field;
};

std::vector<Rule> rules_by_layer(const Network& network, const InitSpec& init) {
  std::vector<Rule> rules;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const auto [choice, field] = init.of_layer(l);
    rules.emplace_back(choice, field);
  }
  return rules;
}

/// Copies the numbers of the initializer "given" to `target`.
void copy_given(const Rule& rule, std::span<double> target) {
  const std::vector<double>& numbers = numbers_of(rule.parameters, "parameters");
  if (numbers.size() != target.size())
    throw SpecError(ErrorCode::wrong_count, rule.field + ".parameters", static_cast<double>(numbers.size()),
                    expected::exactly(static_cast<double>(target.size()), "numbers"));
  std::copy(numbers.begin(), numbers.end(), target.begin());
}

const Choice* bias_choice(const InitSpec& init, bool is_output) {
  if (is_output && init.output_bias) return &*init.output_bias;
  return init.bias ? &*init.bias : nullptr;
}

/// Rescales the layers that need data, from the first to the last, because the input of a layer
/// depends on the rescaled layers before it.
void rescale_on_data(const Network& network, const std::vector<Rule>& rules, const Points& train,
                     std::span<double> parameters) {
  std::size_t count = 0;  // layers up to the last one that needs data
  for (std::size_t l = 0; l < rules.size(); ++l)
    if (rules[l].info.needs_data) count = l + 1;
  if (count == 0) return;
  LayerTrace below;
  below.a = features_of(train);
  for (std::size_t l = 0; l < count; ++l) {
    const Rule& rule = rules[l];
    const Layer& layer = network.layers[l];
    if (rule.info.needs_data)
      rescale_to_variance(layer, parameters, below.a,
                          {rule["variance"], rule["tolerance"], static_cast<int>(rule["maxTries"])});
    below = forward(layer, parameters, below.a, below.z);
  }
}

}  // namespace

std::string_view family_name(InitializerFamily family) noexcept { return kFamilies[static_cast<std::size_t>(family)]; }

LayerFacts facts_of(const Network& network, std::size_t layer) {
  const Layer& own = network.layers[layer];
  LayerFacts facts;
  facts.fan_in = own.in;
  facts.fan_out = own.out;
  facts.layer = static_cast<int>(layer) + 1;
  facts.layers = static_cast<int>(network.layers.size());
  facts.is_output = layer + 1 == network.layers.size();
  for (std::size_t l = 0; l + 1 < network.layers.size(); ++l)
    facts.width = std::max(facts.width, network.layers[l].out);
  const Layer* hidden = facts.is_output ? (layer == 0 ? nullptr : &network.layers[layer - 1]) : &own;
  if (hidden != nullptr) {
    facts.hidden_activation = hidden->activation;
    facts.activation_parameter = hidden->parameter;
  }
  if (!facts.is_output) facts.activation = own.activation;
  facts.is_branch = own.skip.present;
  return facts;
}

std::span<const InitializerInfo> initializers() {
  static const std::vector<InitializerInfo> table = [] {
    std::vector<InitializerInfo> rows;
    for (const auto part :
         {paper_initializers(), framework_initializers(), residual_initializers(), own_initializers()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return table;
}

const InitializerInfo& find_initializer(std::string_view name, std::string_view field) {
  return find_row(initializers(), name, std::string(field) + ".name");
}

Parameters complete_initializer(const Choice& choice, const std::string& field) {
  const InitializerInfo& info = find_initializer(choice.name, field);
  Parameters complete = complete_parameters(choice.parameters, info.parameters, field);
  if (info.check != nullptr) info.check(complete, field);
  return complete;
}

InitSpec::OfLayer InitSpec::of_layer(std::size_t layer) const {
  if (layer < layers.size() && layers[layer]) return {*layers[layer], "init.layers[" + std::to_string(layer) + "]"};
  return {all, "init"};
}

StartLaw start_law(const Network& network, const InitSpec& init, std::size_t layer) {
  const LayerFacts facts = facts_of(network, layer);
  const auto [choice, field] = init.of_layer(layer);
  const Rule rule(choice, field);
  const double bias_deviation = value_or(rule.parameters, "biasStd", 0);
  StartLaw law;
  law.standard_deviation = rule.info.standard_deviation(rule.parameters, facts);
  if (rule.info.mean != nullptr) law.mean = rule.info.mean(rule.parameters, facts);
  law.bias_mean_square = rule.info.bias_mean_square != nullptr ? rule.info.bias_mean_square(rule.parameters, facts)
                                                               : bias_deviation * bias_deviation;
  if (rule.info.needs_data) law.standard_deviation = law.mean = std::nan("");
  if (const Choice* bias = bias_choice(init, facts.is_output)) law.bias_mean_square = bias_mean_square(*bias, facts);
  return law;
}

std::vector<double> initialize(const Network& network, const InitSpec& init, const Points& train) {
  const Rule all(init.all, "init");
  const std::vector<Rule> rules = rules_by_layer(network, init);
  const auto seed = static_cast<std::uint32_t>(all["seed"]);
  RandomState base(seed);
  std::vector<double> values(network.parameters);
  write_constant_starts(network, values);
  if (all.info.is_given) copy_given(all, values);
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const Rule& rule = rules[l];
    const LayerFacts facts = facts_of(network, l);
    const std::span<double> weights(values.data() + layer.weights, layer.biases - layer.weights);
    const std::span<double> biases(values.data() + layer.biases, static_cast<std::size_t>(layer.out));
    const bool has_own = l < init.layers.size() && init.layers[l];
    RandomState extra(extra_seed(seed, l));
    if (has_own) std::fill(biases.begin(), biases.end(), 0.0);
    // The base draw is made even for given weights, so that the other layers get the same numbers
    // as without them.
    std::vector<double> base_draw(weights.size());
    draw_base(all.base(), base, base_draw);
    if (has_own && rule.base() != all.base()) draw_base(rule.base(), extra, base_draw);
    if (!rule.info.is_given) {
      std::copy(base_draw.begin(), base_draw.end(), weights.begin());
      rule.info.draw(
          {weights, biases, facts, rule.parameters, rule.info.standard_deviation(rule.parameters, facts), extra});
      if (const double deviation = value_or(rule.parameters, "biasStd", 0); deviation > 0)
        for (double& bias : biases) bias = extra.normal() * deviation;
    } else if (has_own) {
      copy_given(rule, std::span(values).subspan(layer.weights, layer.gains - layer.weights));
    }
    if (const Choice* choice = bias_choice(init, facts.is_output))
      start_biases(*choice, network.output, facts, train, extra, biases);
  }
  rescale_on_data(network, rules, train, values);
  return values;
}

}  // namespace init_lab
