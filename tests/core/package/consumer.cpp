// Trains the course's flower with the installed core and checks the course's accuracy: 90.75 %
// after 10,000 iterations.
#include <cstdio>

#include "init_lab/experiment/experiment.hpp"
#include "init_lab/experiment/spec.hpp"

int main() {
  const init_lab::Result result = init_lab::run(init_lab::Spec{});
  std::printf("train accuracy %.4f\n", result.final.train_accuracy);
  return result.final.train_accuracy == 0.9075 ? 0 : 1;
}
