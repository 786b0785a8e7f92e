#pragma once

#include <cstring>
#include <type_traits>
#include <utility>

#include "core/system/lane_array.hpp"

namespace poultice::solvers {

// Means something else on each level of processors: whoever includes this is compiled for every level.

/// How many neighbouring lanes one register of the processor that we compile for holds.
#if defined(__AVX512F__)
inline constexpr core::Index pack_lanes = 8;
#elif defined(__AVX__)
inline constexpr core::Index pack_lanes = 4;
#else
inline constexpr core::Index pack_lanes = 2;
#endif

/// So many lanes as one number, for kernels that keep dozens of intermediate values per lane: GCC 12 does not
/// vectorise loops over lanes around those, and what it keeps in arrays [value][lane] goes through memory.
using LanePack [[gnu::vector_size(8 * pack_lanes)]] = double;

/// `Lanes` is a LanePack, or double for one lane. By reference, since how packs are passed by value depends
/// on the processor.
template <class Lanes>
inline void load(Lanes& to, const double* from) {
  std::memcpy(&to, from, sizeof to);
}
template <class Lanes>
inline void store(double* to, const Lanes& from) {
  std::memcpy(to, &from, sizeof from);
}

/// Calls `kernel.operator()<Lanes>(lane)` until all lanes are dealt with: packs first, the rest one by one.
template <class Kernel>
inline void for_packs(core::Index width, Kernel&& kernel) {
  core::Index lane = 0;
  for (; lane + pack_lanes <= width; lane += pack_lanes) kernel.template operator()<LanePack>(lane);
  for (; lane < width; ++lane) kernel.template operator()<double>(lane);
}

/// A count known at compile time.
template <core::Index count>
using Fixed = std::integral_constant<core::Index, count>;

/// Calls body(0) … body(count - 1); without a loop where the count is Fixed, the numbers being Fixed too, so
/// that small arrays stay in registers.
template <class Body>
inline void repeat(core::Index count, Body&& body) {
  for (core::Index i = 0; i < count; ++i) body(i);
}
template <core::Index count, class Body>
inline void repeat(Fixed<count>, Body&& body) {
  [&]<core::Index... i>(std::integer_sequence<core::Index, i...>) { (body(Fixed<i>{}), ...); }
  (std::make_integer_sequence<core::Index, count>{});
}

}  // namespace poultice::solvers
