// scikit-learn's handwritten digits, read from the packed file that the caller provides.
#pragma once

#include <cstdint>
#include <span>

#include "init_lab/data/points.hpp"

namespace init_lab {

inline constexpr int kDigitPictures = 1797;
inline constexpr int kDigitPixels = 64;

/// All pictures in the order of the file, pixels divided by 16 (0 … 1), labels 0 … 9.
///
/// The file holds picture after picture: one byte for the label; 8 bytes, one a row, whose bit c is
/// set where pixel c of the row is not 0; then the pixels that are not 0, less 1, two a byte, the
/// first in the low half (the last half may be unused). scripts/oracle.py writes it.
/// Source: Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits (UCI), CC BY 4.0, as
/// scikit-learn's load_digits gives it. Throws SpecError (field "digits") for any other content.
[[nodiscard]] Points unpack_digits(std::span<const std::uint8_t> file);

}  // namespace init_lab
