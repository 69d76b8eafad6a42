// What NumPy, scikit-learn and mpmath say, as scripts/oracle.py wrote it to tests/fixtures.
#pragma once

#include <bit>
#include <cstddef>
#include <fstream>
#include <ios>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace init_lab::testing {

/// A matrix of a fixture, row by row.
struct Array {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values{};

  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return values.at(row * columns + column); }
  [[nodiscard]] double operator[](std::size_t i) const { return values.at(i); }
  [[nodiscard]] std::size_t size() const noexcept { return values.size(); }
};

/// A fixture: its arrays by name. NAME.txt lists name, rows, columns and first index; NAME.bin
/// holds the float64 numbers.
class Fixture {
 public:
  /// Throws std::runtime_error when the files are missing or short.
  explicit Fixture(const std::string& name) {
    const std::string path = INIT_LAB_FIXTURES "/" + name;
    std::ifstream index(path + ".txt");
    std::ifstream file(path + ".bin", std::ios::binary);
    if (!index || !file) throw std::runtime_error("no fixture " + path + "; scripts/oracle.py writes it");
    static_assert(std::endian::native == std::endian::little, "fixtures are little-endian");
    std::string line;
    while (std::getline(index, line)) {
      std::istringstream words(line);
      std::string array_name;
      Array array;
      std::size_t first = 0;
      words >> array_name >> array.rows >> array.columns >> first;
      array.values.resize(array.rows * array.columns);
      file.seekg(static_cast<std::streamoff>(first * sizeof(double)));
      file.read(reinterpret_cast<char*>(array.values.data()),
                static_cast<std::streamsize>(array.values.size() * sizeof(double)));
      if (!words || !file) throw std::runtime_error("fixture " + path + " is broken at " + line);
      arrays_.emplace(array_name, std::move(array));
    }
  }

  /// Throws std::runtime_error for a name that the fixture lacks.
  [[nodiscard]] const Array& operator[](const std::string& name) const {
    const auto found = arrays_.find(name);
    if (found == arrays_.end()) throw std::runtime_error("no array " + name + " in the fixture");
    return found->second;
  }
  [[nodiscard]] const std::map<std::string, Array>& arrays() const noexcept { return arrays_; }

 private:
  std::map<std::string, Array> arrays_;
};

/// Distance in units of the larger magnitude; 0 for equal numbers, infinities included, and for two
/// NaN.
inline double relative_difference(double found, double expected) {
  if (found == expected || (found != found && expected != expected)) return 0;
  const double a = found < 0 ? -found : found;
  const double b = expected < 0 ? -expected : expected;
  const double difference = found > expected ? found - expected : expected - found;
  return difference / (a > b ? a : b);
}

}  // namespace init_lab::testing
