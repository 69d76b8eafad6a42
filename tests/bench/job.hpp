// The job that every C++ program of the benchmark reads, and the form of its output.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <ios>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

/// A training as tests/bench/job.js writes it: little-endian doubles.
struct Job {
  int features = 0;
  int examples = 0;
  double learning_rate = 0;
  std::vector<int> hidden;         ///< widths; ReLU each, then one sigmoid
  std::vector<double> x;           ///< features by examples
  std::vector<double> y;           ///< 0 or 1
  std::vector<double> parameters;  ///< W1, b1, W2, b2, … at iteration 0
};

inline Job read_job(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw std::runtime_error(path + " cannot be read; expected a job of tests/bench/bench.js");
  std::vector<double> numbers(static_cast<std::size_t>(file.tellg()) / sizeof(double));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(numbers.data()), static_cast<std::streamsize>(numbers.size() * sizeof(double)));
  auto at = numbers.cbegin();
  const auto whole = [&] { return static_cast<int>(*at++); };
  const auto take = [&](std::ptrdiff_t n) {
    at += n;
    return std::vector<double>(at - n, at);
  };
  Job job;
  job.features = whole();
  job.examples = whole();
  job.learning_rate = *at++;
  if (whole() != 1) throw std::runtime_error(path + " has several outputs; the C++ programs train one");
  job.hidden.resize(static_cast<std::size_t>(whole()));
  for (int& width : job.hidden) width = whole();
  job.x = take(static_cast<std::ptrdiff_t>(job.features) * job.examples);
  job.y = take(job.examples);
  job.parameters.assign(at, numbers.cend());
  return job;
}

/// Runs `step(n)`, n iterations of about a millisecond at a time, for some seconds. Returns the
/// microseconds of an iteration in the fastest stretch, which other work of the machine disturbed
/// least.
template <class Step>
double microseconds_per_iteration(double seconds, Step&& step) {
  using Clock = std::chrono::steady_clock;
  const auto time_of = [&](int n) {
    const auto start = Clock::now();
    step(n);
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  int n = 1;
  while (time_of(n) < 1e-3 && n < 1 << 20) n *= 2;
  double best = std::numeric_limits<double>::infinity();
  int stretches = 0;
  for (double spent = 0; spent < seconds || stretches < 5; ++stretches) {
    const double time = time_of(n);
    best = std::min(best, time);
    spent += time;
  }
  return best / n * 1e6;
}

inline void print(double first_cost, double last_cost, double microseconds) {
  std::printf("{\"costs\": [%.17g, %.17g], \"microseconds\": %.6g}\n", first_cost, last_cost, microseconds);
}

}  // namespace bench
