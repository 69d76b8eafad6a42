// Numbers at the start of a cache line, so that no vector of them straddles two.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace init_lab {

inline constexpr std::size_t kCacheLine = 64;

/// std::allocator, but for where it begins.
template <class T>
struct LineAllocator {
  using value_type = T;
  LineAllocator() = default;
  template <class U>
  explicit LineAllocator(const LineAllocator<U>&) noexcept {}
  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new (count * sizeof(T), std::align_val_t{kCacheLine}));
  }
  void deallocate(T* at, std::size_t) noexcept { ::operator delete (at, std::align_val_t{kCacheLine}); }
  friend bool operator==(const LineAllocator&, const LineAllocator&) noexcept { return true; }
};

template <class T>
using AlignedVector = std::vector<T, LineAllocator<T>>;

}  // namespace init_lab
