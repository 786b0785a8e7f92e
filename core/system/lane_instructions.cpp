#include "core/system/lane_instructions.hpp"

namespace poultice::core {

std::string_view lane_instructions() noexcept {
#if defined(__AVX512F__)
  return "x86-64-v4 (AVX-512)";
#elif defined(__AVX2__)
  return "x86-64-v3 (AVX2)";
#elif defined(__x86_64__)
  return "x86-64 (baseline)";
#else
  return "generic";
#endif
}

}  // namespace poultice::core
