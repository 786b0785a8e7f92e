#include "solvers/time/progress_guard.hpp"

#include <cmath>

#include <fmt/format.h>

namespace poultice::solvers {
namespace {

constexpr long calls_per_look = 64;
// A healthy run crosses this many rate evaluations within a visible part of its time.
constexpr long calls_per_window = 20'000;
constexpr double least_progress = 1e-9;  // of the time reached

}  // namespace

bool ProgressGuard::is_in_time() {
  ++calls_;
  if (limits_.stop != nullptr && limits_.stop->load(std::memory_order_relaxed)) {
    is_interrupted_ = true;
    return false;
  }
  if (calls_ % calls_per_look == 0) {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun_;
    if (spent.count() > limits_.max_wall_seconds) {
      reason_ = fmt::format("the wall-clock limit of {:.4g} s was used up", limits_.max_wall_seconds);
      hint_ = "raise solver.max_wall_time, or loosen solver.relative_tolerance";
      return false;
    }
  }
  return true;
}

bool ProgressGuard::may_go_on(double time) {
  if (!is_in_time()) return false;
  if (calls_ % calls_per_window == 0) {
    if (window_start_ >= 0.0 && std::abs(time - window_start_) <= least_progress * std::abs(time)) {
      reason_ =
          fmt::format("no progress: {} evaluations moved time by less than a billionth", calls_per_window);
      hint_ = "the equations are too stiff or not smooth here; look for a parameter that is extreme";
      return false;
    }
    window_start_ = time;
  }
  return true;
}

}  // namespace poultice::solvers
