#pragma once

namespace poultice::core {

/// Reports a broken promise between two pieces of our own code and aborts: a bug, never a user's fault.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace poultice::core

/// On in the dev preset and wherever POULTICE_ASSERTIONS is defined; costs nothing otherwise.
#ifdef POULTICE_ASSERTIONS
#define POULTICE_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::poultice::core::assertion_failed(#condition, __FILE__, __LINE__))
#else
#define POULTICE_ASSERT(condition) static_cast<void>(sizeof(!(condition)))
#endif
