#include "bindings/command/interrupt.hpp"

#include <csignal>

namespace poultice::bindings {
namespace {

std::atomic<bool> is_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // else a signal handler may not touch it

void raise_flag(int) { is_interrupted = true; }

}  // namespace

const std::atomic<bool>& catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = raise_flag;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
  return is_interrupted;
}

}  // namespace poultice::bindings
