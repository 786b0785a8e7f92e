#include "bindings/command/sweep/sweep_signals.hpp"

#include <csignal>

namespace poultice::bindings {
namespace {

std::atomic<bool> is_stopped = false, is_preempted = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // else a signal handler may not touch it

void stop(int) { is_stopped = true; }
void preempt(int) { is_preempted = true; }

void on(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(signal, &action, nullptr);
}

}  // namespace

SweepSignals catch_sweep_signals() {
  on(SIGINT, stop, static_cast<int>(SA_RESETHAND));
  on(SIGTERM, preempt, static_cast<int>(SA_RESETHAND));
  on(SIGUSR1, preempt, SA_RESTART);  // schedulers may send it more than once
  return {&is_stopped, &is_preempted};
}

}  // namespace poultice::bindings
