#include "init_lab/data/digits.hpp"

#include <cstddef>
#include <vector>

#include "init_lab/base/error.hpp"

namespace init_lab {

namespace {

/// Reads a file byte by byte, and refuses to read beyond its end.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> file) : file_(file) {}

  std::uint8_t next() {
    if (position_ == file_.size()) refuse();
    return file_[position_++];
  }
  void expect_end() const {
    if (position_ != file_.size()) refuse();
  }
  [[noreturn]] void refuse() const {
    throw SpecError(ErrorCode::wrong_file, "digits", static_cast<double>(file_.size()),
                    expected::rule("packed-digits"));
  }

 private:
  std::span<const std::uint8_t> file_;
  std::size_t position_ = 0;
};

}  // namespace

Points unpack_digits(std::span<const std::uint8_t> file) {
  constexpr std::size_t m = kDigitPictures;
  constexpr int kRows = 8;
  Points points{kDigitPixels, std::vector<double>(kDigitPixels * m), std::vector<double>(m), 10};
  Reader reader(file);
  for (std::size_t i = 0; i < m; ++i) {
    const int label = reader.next();
    if (label > 9) reader.refuse();
    points.y[i] = label;
    std::uint64_t inked = 0;
    for (int row = 0; row < kRows; ++row) inked |= static_cast<std::uint64_t>(reader.next()) << (kRows * row);
    int halves = 0;
    unsigned pair = 0;
    for (std::size_t pixel = 0; pixel < kDigitPixels; ++pixel) {
      if ((inked >> pixel & 1U) == 0) continue;
      if (halves++ % 2 == 0)
        pair = reader.next();
      else
        pair >>= 4U;
      points.x[pixel * m + i] = (1 + (pair & 15U)) / 16.0;
    }
  }
  reader.expect_end();
  return points;
}

}  // namespace init_lab
