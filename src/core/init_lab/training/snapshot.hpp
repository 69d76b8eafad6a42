// The bytes of a snapshot: a header, then a training's numbers as in memory (little-endian on every
// machine that WebAssembly and the native build support).
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "init_lab/network/activations.hpp"
#include "init_lab/network/network.hpp"

namespace init_lab {

struct SnapshotHeader {
  char magic[4] = {'I', 'L', 'S', '1'};
  std::uint32_t fingerprint = 0;  ///< of the network's shape, the method and the precision
  std::int32_t iteration = 0;
};
static_assert(sizeof(SnapshotHeader) == 12 && std::is_trivially_copyable_v<SnapshotHeader>,
              "snapshots that users stored begin with these 12 bytes");

/// A hash of numbers: FNV-1a with 32 bits.
class Fingerprint {
 public:
  void add(std::uint32_t value) noexcept {
    for (int shift = 0; shift < 32; shift += 8) hash_ = (hash_ ^ ((value >> shift) & 255U)) * 16777619U;
  }
  void add(double value) noexcept {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    add(static_cast<std::uint32_t>(bits));
    add(static_cast<std::uint32_t>(bits >> 32));
  }
  /// Adds all that determines what a layer computes; for a plain layer its shape and its
  /// activation.
  void add(const Layer& layer) noexcept {
    add(static_cast<std::uint32_t>(layer.in));
    add(static_cast<std::uint32_t>(layer.out));
    add(static_cast<std::uint32_t>(layer.activation));
    if (layer.parameter != info(layer.activation).parameter) add(layer.parameter);
    if (layer.normalized()) add(static_cast<std::uint32_t>(layer.normalizer.kind));
    if (layer.skip.present) {
      add(static_cast<std::uint32_t>(layer.skip.learned ? 2 : 1));
      add(layer.skip.scale);
    }
  }
  [[nodiscard]] std::uint32_t value() const noexcept { return hash_; }

 private:
  std::uint32_t hash_ = 2166136261U;
};

}  // namespace init_lab
