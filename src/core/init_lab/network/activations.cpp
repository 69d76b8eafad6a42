#include "init_lab/network/activations.hpp"

#include <array>

#include "init_lab/base/catalogue.hpp"
#include "init_lab/network/activation_functions.hpp"

namespace init_lab {

namespace {

/// One copy of an activation's code for both of its columns of the table.
template <Activation A>
[[gnu::noinline]] Activated<F64x2> at(double z) noexcept {
  return activated<Function<A>>(splat<F64x2>(z));
}
template <Activation A>
double value_at(double z) noexcept {
  return at<A>(z).value[0];
}
template <Activation A>
double derivative_at(double z) noexcept {
  return at<A>(z).derivative[0];
}

template <Activation A>
constexpr ActivationInfo row(std::string_view name, std::string_view label, std::string_view formula,
                             std::string_view citation, double gain, std::string_view gain_note) {
  return {A, name, label, formula, citation, gain, gain_note, value_at<A>, derivative_at<A>};
}

// The gains: g² E[phi(z)²] = 1 for z ~ N(0, 1) where the note says "keeps the second moment".
constexpr std::array kTable{
    row<Activation::relu>("relu", "ReLU", "max(0, z)",
                          "Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines",
                          1.4142135623730951, "sqrt(2), He et al. 2015"),
    row<Activation::leaky_relu>(
        "leaky_relu", "leaky ReLU", "z if z > 0, else 0.01 z",
        "Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models", 1.4141428569978354,
        "sqrt(2 / (1 + 0.01²)), He et al. 2015"),
    row<Activation::elu>("elu", "ELU", "z if z > 0, else e^z - 1",
                         "Clevert, Unterthiner & Hochreiter 2016, Fast and accurate deep network learning by ELUs",
                         1.2451983007007066, "keeps the second moment of a standard normal signal"),
    row<Activation::selu>("selu", "SELU", "1.0507 z if z > 0, else 1.7581 (e^z - 1)",
                          "Klambauer et al. 2017, Self-normalizing neural networks", 1.0,
                          "1: mean 0 and variance 1 are its fixed point (Klambauer et al. 2017)"),
    row<Activation::gelu>("gelu", "GELU", "z Phi(z), Phi the standard normal distribution function",
                          "Hendrycks & Gimpel 2016, Gaussian error linear units", 1.5335304411955348,
                          "keeps the second moment of a standard normal signal"),
    row<Activation::silu>("silu", "SiLU", "z / (1 + e^-z)",
                          "Elfwing, Uchibe & Doya 2018, Sigmoid-weighted linear units for neural network function "
                          "approximation in reinforcement learning",
                          1.6765324703310907, "keeps the second moment of a standard normal signal"),
    row<Activation::tanh>("tanh", "tanh", "tanh(z)", "LeCun et al. 1998, Efficient BackProp", 1.0,
                          "1, slope at 0 (Glorot & Bengio 2010); 5/3 is used where the signal is not small"),
    row<Activation::sigmoid>("sigmoid", "sigmoid", "1 / (1 + e^-z)", "LeCun et al. 1998, Efficient BackProp", 4.0,
                             "4, the inverse of the slope at 0 (Bengio 2012), for a few layers"),
    row<Activation::linear>("linear", "linear", "z",
                            "Saxe et al. 2013, Exact solutions to the nonlinear dynamics of "
                            "learning in deep linear neural networks",
                            1.0, "1: the signal passes unchanged"),
};

}  // namespace

std::span<const ActivationInfo> activations() { return kTable; }

const ActivationInfo& info(Activation activation) noexcept { return kTable[static_cast<std::size_t>(activation)]; }

const ActivationInfo& find_activation(std::string_view name, std::string_view field) {
  return find_row(activations(), name, field);
}

}  // namespace init_lab
