#pragma once

#include <type_traits>

#include "core/system/lane_array.hpp"

namespace poultice::core {

/// Calls `body(lane)` for every lane, telling the compiler that lanes do not depend on one another: without
/// that GCC 12 does not vectorise most such loops, at four times the cost. A width known at compile time to
/// be 1 leaves no loop at all.
template <class Width, class Body>
inline void for_lanes(Width width, Body&& body) {
  if constexpr (std::is_same_v<Width, std::integral_constant<Index, 1>>) {
    body(Index{0});
  } else {
#if defined(__clang__)
#pragma clang loop vectorize(assume_safety)
#else
#pragma GCC ivdep
#endif
    for (Index lane = 0; lane < width; ++lane) body(lane);
  }
}

/// Calls `kernel(width)`, with the width known at compile time where it is 1: a single run must not pay for
/// the loop over lanes. Any other width stays a run-time number.
template <class Kernel>
decltype(auto) with_width(Index width, Kernel&& kernel) {
  if (width == 1) return kernel(std::integral_constant<Index, 1>{});
  return kernel(width);
}

}  // namespace poultice::core
