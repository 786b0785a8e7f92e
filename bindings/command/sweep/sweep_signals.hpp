#pragma once

#include <atomic>

namespace poultice::bindings {

struct SweepSignals {
  const std::atomic<bool>* stop;     ///< Ctrl-C: break off what is running
  const std::atomic<bool>* preempt;  ///< SIGTERM, SIGUSR1: finish what is running, begin nothing more
};

/// From here on these signals raise flags instead of ending the program; SIGINT and SIGTERM a second time
/// end it.
[[nodiscard]] SweepSignals catch_sweep_signals();

}  // namespace poultice::bindings
