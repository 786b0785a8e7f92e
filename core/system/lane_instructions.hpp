#pragma once

#include <string_view>

namespace poultice::core {

/// The instructions that the loops over lanes were compiled to: "x86-64 (baseline)", "x86-64-v3 (AVX2)",
/// "x86-64-v4 (AVX-512)", "generic". The library may be there once for each, and the loader picks.
[[nodiscard]] std::string_view lane_instructions() noexcept;

}  // namespace poultice::core
