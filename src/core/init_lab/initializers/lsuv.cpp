#include "init_lab/initializers/lsuv.hpp"

#include <cmath>

#include "init_lab/network/trace.hpp"
#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

void rescale_to_variance(const Layer& layer, std::span<double> parameters, const Matrix& a_below,
                         const VarianceTarget& target) {
  for (int tries = 0; tries < target.max_tries; ++tries) {
    const Matrix z = pre_activations(layer, parameters, a_below);
    const double variance = (z.array() - z.mean()).square().mean();
    const double excess = variance / target.variance;
    if (!std::isfinite(excess) || excess == 0 || std::fabs(excess - 1) < target.tolerance) return;
    weights_of(layer, parameters) /= std::sqrt(excess);
  }
}

}  // namespace init_lab
