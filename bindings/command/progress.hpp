#pragma once

#include <chrono>

namespace poultice::bindings {

/// A bar on stderr where that is a terminal; nothing anywhere else, and nothing for runs that are over before
/// it could be read.
class Progress {
 public:
  explicit Progress(bool is_wanted);
  ~Progress();  ///< wipes the bar
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `done` is the part that is done, 0 … 1.
  void show(double done);

 private:
  using Clock = std::chrono::steady_clock;
  bool is_wanted_;
  bool is_shown_ = false;
  Clock::time_point begun_ = Clock::now(), last_ = begun_;
};

}  // namespace poultice::bindings
