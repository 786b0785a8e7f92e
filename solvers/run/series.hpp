#pragma once

#include <vector>

#include "solvers/run/sample_times.hpp"
#include "solvers/time/integrator.hpp"

namespace poultice::solvers {

/// Probes that are observed together, the times at which they are, and what has been seen.
class Series {
 public:
  /// `times` must outlive it.
  Series(const SampleTimes& times, core::Index width) : times_(times), what_(width) {}

  /// `samples` [sample * n_points + point][lane] are made here, and filled in as they are seen.
  void add(const core::Probe& probe, core::LaneArray& samples);
  [[nodiscard]] Observation& what() noexcept { return what_; }

  /// What is to be looked at strictly between two times, of each lane [lane].
  [[nodiscard]] Look between(std::span<const double> begins, std::span<const double> ends);
  /// Takes over what the last look saw. Calls inspect(time, values) for each of its samples; lanes that have
  /// no sample then are zero.
  template <class Inspect>
  void keep(Inspect&& inspect) {
    const core::Index n = what_.n_values(), width = what_.width();
    for (core::Index i = range_.first; i < range_.last; ++i) {
      double* values = seen_[(i - range_.first) * n];
      keep(i, values);
      inspect(times_.times()[static_cast<std::size_t>(i)], core::LaneView(values, n, width));
    }
  }

  /// Whether any lane is sampled at this time of its own [lane], at which the events from `first_event` to
  /// before `last_event` have just happened.
  [[nodiscard]] bool is_sampled(std::span<const double> now, core::Index first_event, core::Index last_event);
  /// Takes the sample of that time.
  core::LaneView sample(core::LaneView state, core::LaneView rate);

 private:
  struct Part {
    core::Index first, n_points;
    core::LaneArray* samples;
  };
  struct Place {
    core::Index lane, sample;
  };
  void keep(core::Index sample, double* values);

  const SampleTimes& times_;
  Observation what_;
  std::vector<Part> parts_;
  core::LaneArray seen_;
  SampleTimes::Range range_{0, 0};          // of the last look, over all lanes
  std::vector<core::Index> first_, last_;   // of its lanes, where they differ
  std::vector<core::Index> from_, before_;  // the same, counted from the first of the look
  std::vector<Place> places_;               // of the sample that is_sampled found
};

}  // namespace poultice::solvers
