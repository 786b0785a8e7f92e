#pragma once

#include <vector>

#include "core/model/parameter_block.hpp"

namespace poultice::solvers {

/// When a block is sampled: every so often, at each event, and at the end. Where all members share the times
/// of events, these are merged into the grid, and every sample has one time. Where members have times of
/// their own, samples on the grid come first, the same for all, and then one for each event; a member whose
/// event lies on the grid has its sample in both places.
class SampleTimes {
 public:
  /// Every `spacing` [s].
  SampleTimes(const core::ParameterBlock& parameters, double spacing);

  [[nodiscard]] bool is_shared() const noexcept { return is_shared_; }
  [[nodiscard]] double spacing() const noexcept { return spacing_; }
  /// [s], rising: of all samples, or of those on the grid.
  [[nodiscard]] const std::vector<double>& times() const noexcept { return times_; }
  [[nodiscard]] core::Index n_samples() const;
  /// The number of the sample at an event; of members that do not share times.
  [[nodiscard]] core::Index of_event(core::Index event) const;
  /// Which of times() lie strictly between two times, but for rounding: from first on, and before last.
  struct Range {
    core::Index first, last;
  };
  [[nodiscard]] Range between(double begin, double end) const;
  /// The number of the one of times() at `time`, but for rounding where times are not shared; -1 if none is.
  [[nodiscard]] core::Index at(double time) const;

 private:
  double spacing_, slack_;
  bool is_shared_;
  std::vector<double> times_;
  core::Index n_events_;
};

/// Multiples of `step` up to `end`, `end`, and the rising times `events`, sorted, each once.
[[nodiscard]] std::vector<double> grid_with(double step, double end, std::vector<double> events);

/// One sample of one lane: its time [s] and its number.
struct Sample {
  double time;
  core::Index number;
};

/// The samples of a lane in the order of time, each once, as the lane would have them by itself: those on the
/// grid `times`, and those at events, `own_times` [event][lane].
[[nodiscard]] std::vector<Sample> samples_in_order(const std::vector<double>& times, core::LaneView own_times,
                                                   core::Index lane);

}  // namespace poultice::solvers
