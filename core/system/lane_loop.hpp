#pragma once

#include <type_traits>

#include "core/system/lane_array.hpp"

/// Tells the compiler that the lanes of a loop do not depend on one another. Without it GCC 12 does not vectorise
/// most lane loops, at four times the cost.
#if defined(__clang__)
#define POULTICE_LANES _Pragma("clang loop vectorize(assume_safety)")
#else
#define POULTICE_LANES _Pragma("GCC ivdep")
#endif

namespace poultice::core {

/// Calls `kernel(width)`, with the width known at compile time where it is 1: a single run must not pay for the
/// loop over lanes. Any other width is a run-time number, which costs nothing (measured: benchmarks/README.md).
template <class Kernel>
decltype(auto) with_width(Index width, Kernel&& kernel) {
  if (width == 1) return kernel(std::integral_constant<Index, 1>{});
  return kernel(width);
}

}  // namespace poultice::core
