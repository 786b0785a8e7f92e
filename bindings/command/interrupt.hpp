#pragma once

#include <atomic>

namespace poultice::bindings {

/// From here on Ctrl-C, and being asked to end, raise the flag instead of ending the program; a second time
/// they end it.
[[nodiscard]] const std::atomic<bool>& catch_interrupts();

}  // namespace poultice::bindings
