#pragma once

#include <string>
#include <vector>

#include "core/scenario/scenario.hpp"
#include "core/system/probe.hpp"
#include "solvers/run/sample_times.hpp"
#include "solvers/time/work.hpp"

namespace poultice::solvers {

/// What happened when, in words a result file and a plot can show.
struct LoggedEvent {
  double time;       ///< [s]
  std::string text;  ///< "apply patch", "remove patch"
};

/// What one block left behind: samples of every probe, and how well the integration went.
struct Record {
  std::vector<double> times;          ///< [s], of scalar probes
  std::vector<double> profile_times;  ///< [s], of profiles
  /// Where members have events at times of their own, samples at these follow those at `times` and at
  /// `profile_times`: [event][lane], s. Otherwise empty, and events are among the times.
  core::LaneArray own_times;
  /// Per probe of the block, in its order: [time * n_points + point][lane], SI.
  std::vector<core::LaneArray> samples;
  std::vector<LoggedEvent> events;  ///< at the times of the first lane
  core::LaneArray headlines;        ///< [headline][lane], SI; NaN where undefined
  core::LaneArray balance_error;    ///< [moiety][lane]: worst over all samples, relative to what was applied
  double lowest_state = 0.0;        ///< most negative amount seen, in units of its absolute tolerance
  Work work;
  double wall_seconds = 0.0;
};

/// "apply patch, to left arm": an event without its time.
[[nodiscard]] std::string in_words(const core::Event& event);

/// Reduces the samples of probes to the numbers of headlines.
class Reducer {
 public:
  /// Keeps a reference to the record, for its times.
  Reducer(const Record& record, core::Index width);
  /// `samples` [sample][lane] of a scalar probe; out [lane].
  void reduce(const core::Headline& headline, core::LaneView samples, double* out) const;

 private:
  const Record& record_;
  std::vector<std::vector<Sample>> in_order_;  // of lanes with times of their own
};

}  // namespace poultice::solvers
