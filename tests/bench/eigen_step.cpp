// The same training written plainly in Eigen, one matrix expression for each formula of the
// notebook, with Eigen's own vectorization where Eigen has one.
//
//   eigen_step JOB (float64|float32) ITERATIONS SECONDS
#include <Eigen/Dense>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "job.hpp"

namespace {

template <class T>
class Training {
 public:
  using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
  using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

  explicit Training(const bench::Job& job)
      : x_(matrix(job.x.data(), job.features, job.examples)),
        y_(matrix(job.y.data(), 1, job.examples)),
        rate_(static_cast<T>(job.learning_rate)) {
    const double* next = job.parameters.data();
    int in = job.features;
    auto widths = job.hidden;
    widths.push_back(1);
    for (const int out : widths) {
      w_.push_back(matrix(next, out, in));
      next += out * in;
      b_.push_back(matrix(next, out, 1));
      next += out;
      in = out;
    }
    a_.resize(w_.size());
    dz_.resize(w_.size());
  }

  [[nodiscard]] double cost() {
    forward();
    double sum = 0;
    for (Eigen::Index i = 0; i < y_.cols(); ++i) {
      const double a = static_cast<double>(a_.back()(0, i));
      sum -= y_(0, i) > 0 ? std::log(a) : std::log(1 - a);
    }
    return sum / static_cast<double>(y_.cols());
  }

  void step(int n) {
    for (int i = 0; i < n; ++i) update();
  }

 private:
  static Matrix matrix(const double* from, int rows, int columns) {
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const RowMajor>(from, rows, columns).template cast<T>();
  }

  void forward() {
    for (std::size_t l = 0; l < w_.size(); ++l) {
      a_[l].noalias() = w_[l] * (l == 0 ? x_ : a_[l - 1]);
      a_[l].colwise() += b_[l];
      if (l + 1 < w_.size())
        a_[l] = a_[l].cwiseMax(T{0});
      else
        a_[l] = (T{1} + (-a_[l].array()).exp()).inverse();
    }
  }

  [[gnu::noinline]] void update() {
    forward();
    dz_.back() = (a_.back() - y_) / static_cast<T>(y_.cols());
    for (std::size_t l = w_.size() - 1; l > 0; --l) {
      dz_[l - 1].noalias() = w_[l].transpose() * dz_[l];
      dz_[l - 1] = (a_[l - 1].array() > T{0}).select(dz_[l - 1], T{0});
    }
    for (std::size_t l = 0; l < w_.size(); ++l) {
      w_[l].noalias() -= rate_ * (dz_[l] * (l == 0 ? x_ : a_[l - 1]).transpose());
      b_[l] -= rate_ * dz_[l].rowwise().sum();
    }
  }

  Matrix x_, y_;
  T rate_;
  std::vector<Matrix> w_, a_, dz_;
  std::vector<Vector> b_;
};

template <class T>
void run(const bench::Job& job, int iterations, double seconds) {
  Training<T> training(job);
  const double first = training.cost();
  training.step(iterations);
  const double last = training.cost();
  bench::print(first, last, bench::microseconds_per_iteration(seconds, [&](int n) { training.step(n); }));
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 5) throw std::runtime_error("expected: eigen_step JOB PRECISION ITERATIONS SECONDS");
  const bench::Job job = bench::read_job(argv[1]);
  if (std::string_view(argv[2]) == "float32")
    run<float>(job, std::atoi(argv[3]), std::atof(argv[4]));
  else
    run<double>(job, std::atoi(argv[3]), std::atof(argv[4]));
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
