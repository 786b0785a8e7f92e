#pragma once

#include <chrono>
#include <string>

#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// Watches an integration from inside its rate callback: wall clock, a stop from outside, and time that no
/// longer moves. The clock is read once in a while only.
class ProgressGuard {
 public:
  explicit ProgressGuard(Limits limits) : limits_(limits), begun_(std::chrono::steady_clock::now()) {}

  /// False when the run must end; reason() then says why.
  bool may_go_on(double time);
  /// The same for what does not go forward in time: looks at the stop and the clock only.
  bool is_in_time();
  void note_not_finite(core::Index row, double time) { not_finite_row_ = row, not_finite_time_ = time; }
  /// A finite rate at a later time: smaller steps have mended what was noted.
  void note_finite(double time) {
    if (time > not_finite_time_) not_finite_row_ = -1;
  }

  [[nodiscard]] bool was_interrupted() const noexcept { return is_interrupted_; }
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }
  /// Row whose rate was last seen not to be finite; -1 if none, or if the run got past it.
  [[nodiscard]] core::Index not_finite_row() const noexcept { return not_finite_row_; }

 private:
  Limits limits_;
  std::chrono::steady_clock::time_point begun_;
  long calls_ = 0;
  double window_start_ = -1.0;
  bool is_interrupted_ = false;
  core::Index not_finite_row_ = -1;
  double not_finite_time_ = 0.0;
  std::string reason_, hint_;
};

}  // namespace poultice::solvers
