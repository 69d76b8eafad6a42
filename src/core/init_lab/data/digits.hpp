// scikit-learn's handwritten digits, read from the packed file that the caller provides.
#pragma once

#include <cstdint>
#include <span>

#include "init_lab/data/points.hpp"

namespace init_lab {

inline constexpr int kDigitPictures = 1797;
inline constexpr int kDigitPixels = 64;

/// Returns all pictures in the order of the file, with pixels divided by 16 (0 … 1) and labels 0 …
/// 9.
///
/// The file holds one picture after the other: one byte for the label; 8 bytes, one for each row,
/// with bit c set where pixel c of the row is not 0; then the nonzero pixels minus 1, two in each
/// byte, the first in the low half (the last half may be unused). scripts/oracle.py writes it.
/// Source: Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits (UCI), CC BY 4.0, as
/// scikit-learn's load_digits gives it. Throws SpecError (field "digits") for any other content.
[[nodiscard]] Points unpack_digits(std::span<const std::uint8_t> file);

}  // namespace init_lab
