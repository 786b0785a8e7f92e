#pragma once

#include <string>
#include <vector>

#include "core/scenario/scenario.hpp"
#include "core/system/probe.hpp"
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
  /// Per probe of the block, in its order: [time * n_points + point][lane], SI.
  std::vector<core::LaneArray> samples;
  std::vector<LoggedEvent> events;
  core::LaneArray headlines;      ///< [headline][lane], SI; NaN where undefined
  core::LaneArray balance_error;  ///< [moiety][lane]: worst over all samples, relative to what was applied
  double lowest_state = 0.0;      ///< most negative amount seen, in units of its absolute tolerance
  Work work;
  double wall_seconds = 0.0;
};

/// "apply patch, to left arm": an event without its time.
[[nodiscard]] std::string in_words(const core::Event& event);

/// Reduces the samples of a probe to the headline's number, per lane.
void reduce(const core::Headline& headline, const std::vector<double>& times, core::LaneView samples,
            double* out);

}  // namespace poultice::solvers
