#pragma once

#include <limits>

namespace poultice::core {

/// When one entry of a schedule happens: once, or again and again. Times in seconds; NaN where nothing is
/// said.
struct EntryTiming {
  static constexpr double unsaid = std::numeric_limits<double>::quiet_NaN();
  double at = unsaid, every = unsaid;
  double times = unsaid;  ///< how often
  double until = unsaid;

  /// How many events it makes. A whole number, which may be absurdly large, or below one where `until` lies
  /// before `at`.
  [[nodiscard]] double n_events() const;
  /// [s] of the event `number`, counted from 0.
  [[nodiscard]] double time(long number) const;
  /// What must not be past the end of the study: the last event, or the time it is repeated until.
  [[nodiscard]] double last() const;
};

}  // namespace poultice::core
