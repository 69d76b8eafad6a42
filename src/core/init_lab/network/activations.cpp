#include "init_lab/network/activations.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/base/parameters.hpp"
#include "init_lab/network/activation_functions.hpp"

namespace init_lab {

namespace {

/// Value and derivative in one function, so that the module holds an activation's code once.
template <Activation A>
Activated<F64x2> evaluate(F64x2 z, double parameter) noexcept {
  return activated(make_function<A>(parameter), z);
}

template <Activation A>
constexpr ActivationInfo row(std::string_view name, std::string_view label, std::string_view formula,
                             std::string_view citation, double gain, std::string_view gain_note,
                             std::string_view numpy_value, std::string_view numpy_derivative, double low, double high,
                             double parameter = 0) {
  return {A,   name, label,     formula,    citation, gain, gain_note, numpy_value, numpy_derivative,
          low, high, parameter, evaluate<A>};
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The gains: g² E[phi(z)²] = 1 for z ~ N(0, 1) where the note says "keeps the second moment". The
// least values of GELU and SiLU are those where their slope is 0.
constexpr std::array kTable{
    row<Activation::relu>(
        "relu", "ReLU", "max(0, z)", "Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines",
        1.4142135623730951, "sqrt(2), He et al. 2015", "np.maximum(0, z)", "(z > 0) * 1.0", 0, kInfinity),
    row<Activation::leaky_relu>(
        "leaky_relu", "leaky ReLU", "z if z > 0, else 0.01 z",
        "Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models", 1.4141428569978354,
        "sqrt(2 / (1 + 0.01²)), He et al. 2015", "np.where(z > 0, z, {p} * z)", "np.where(z > 0, 1.0, {p})", -kInfinity,
        kInfinity, kLeakySlope),
    row<Activation::elu>("elu", "ELU", "z if z > 0, else e^z - 1",
                         "Clevert, Unterthiner & Hochreiter 2016, Fast and accurate deep network learning by ELUs",
                         1.2451983007007066, "keeps the second moment of a standard normal signal",
                         "np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1)", "np.where(z > 0, 1.0, a + 1)", -1,
                         kInfinity),
    row<Activation::selu>(
        "selu", "SELU", "1.0507 z if z > 0, else 1.7581 (e^z - 1)",
        "Klambauer et al. 2017, Self-normalizing neural networks", 1.0,
        "1: mean 0 and variance 1 are its fixed point (Klambauer et al. 2017)",
        "1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * (np.exp(np.minimum(z, 0)) - 1))",
        "np.where(z > 0, 1.0507009873554805, a + 1.0507009873554805 * 1.6732632423543772)", -kSeluScale* kSeluAlpha,
        kInfinity),
    row<Activation::gelu>(
        "gelu", "GELU", "z Phi(z), Phi the standard normal distribution function",
        "Hendrycks & Gimpel 2016, Gaussian error linear units", 1.5335304411955348,
        "keeps the second moment of a standard normal signal",
        "z * 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2)))",
        "0.5 * (1 + np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2))) + z * np.exp(-z * z / 2) / "
        "math.sqrt(2 * math.pi)",
        -0.16997120747990366, kInfinity),
    row<Activation::silu>("silu", "SiLU", "z / (1 + e^-z)",
                          "Elfwing, Uchibe & Doya 2018, Sigmoid-weighted linear units for neural network function "
                          "approximation in reinforcement learning",
                          1.6765324703310907, "keeps the second moment of a standard normal signal",
                          "z / (1 + np.exp(-z))", "(1 + z * (1 - 1 / (1 + np.exp(-z)))) / (1 + np.exp(-z))",
                          -0.2784645427610738, kInfinity),
    row<Activation::tanh>("tanh", "tanh", "tanh(z)", "LeCun et al. 1998, Efficient BackProp", 1.0,
                          "1, slope at 0 (Glorot & Bengio 2010); 5/3 is used where the signal is not small",
                          "np.tanh(z)", "1 - a * a", -1, 1),
    row<Activation::sigmoid>("sigmoid", "sigmoid", "1 / (1 + e^-z)", "LeCun et al. 1998, Efficient BackProp", 4.0,
                             "4, the inverse of the slope at 0 (Bengio 2012), for a few layers", "1 / (1 + np.exp(-z))",
                             "a * (1 - a)", 0, 1),
    row<Activation::linear>("linear", "linear", "z",
                            "Saxe et al. 2013, Exact solutions to the nonlinear dynamics of "
                            "learning in deep linear neural networks",
                            1.0, "1: the signal passes unchanged", "z", "np.ones_like(z)", -kInfinity, kInfinity),
    row<Activation::sine>("sine", "sine", "sin(30 z)",
                          "Sitzmann et al. 2020, Implicit neural representations with periodic activation functions",
                          1.4142135623730951 / kSineFrequency, "sqrt(2) / 30, Sitzmann et al. 2020", "np.sin({p} * z)",
                          "{p} * np.cos({p} * z)", -1, 1, kSineFrequency),
};

constexpr bool rows_are_in_the_order_of_the_enum() {
  for (std::size_t i = 0; i < kTable.size(); ++i)
    if (kTable[i].id != static_cast<Activation>(i)) return false;
  return true;
}
static_assert(rows_are_in_the_order_of_the_enum(), "info() finds a row by its number");

}  // namespace

std::span<const ActivationInfo> activations() { return kTable; }

const ActivationInfo& info(Activation activation) noexcept { return kTable[static_cast<std::size_t>(activation)]; }

std::vector<ParameterInfo> activation_parameters(Activation activation) {
  if (activation == Activation::leaky_relu)
    return {{"slope", "slope", "Slope of leaky ReLU below zero.", kLeakySlope, 0, 1}};
  if (activation == Activation::sine)
    return {{"frequency", "frequency", "Frequency w of sin(w z).", kSineFrequency, 1e-3, 1e3}};
  return {};
}

double recommended_gain(Activation activation, double parameter) noexcept {
  if (activation == Activation::leaky_relu && parameter != kLeakySlope)
    return std::sqrt(2 / (1 + parameter * parameter));
  if (activation == Activation::sine) return std::sqrt(2.0) / parameter;
  return info(activation).gain;
}

const ActivationInfo& find_activation(std::string_view name, std::string_view field) {
  return find_row(activations(), name, field);
}

}  // namespace init_lab
