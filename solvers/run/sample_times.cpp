#include "solvers/run/sample_times.hpp"

#include <algorithm>
#include <cmath>

namespace poultice::solvers {

using core::Index;

namespace {

std::vector<double> events_of_first_lane(const core::ParameterBlock& parameters) {
  std::vector<double> times;
  for (Index event = 0; event < parameters.n_events(); ++event)
    times.push_back(parameters.event_times(event)[0]);
  return times;
}

}  // namespace

std::vector<double> grid_with(double step, double end, std::vector<double> events) {
  events.push_back(end);
  events.erase(std::unique(events.begin(), events.end()), events.end());
  auto times = events;
  const auto n = static_cast<long>(std::floor(end / step * (1.0 + core::time_rounding)));
  for (long i = 0; i <= n; ++i) {
    // "every 0.1 h" and an event "at 72 h" meet but for rounding: one sample, at the event's own time.
    const double time = static_cast<double>(i) * step, slack = core::time_rounding * end;
    const auto next = std::lower_bound(events.begin(), events.end(), time - slack);
    if (next == events.end() || *next > time + slack) times.push_back(time);
  }
  std::sort(times.begin(), times.end());
  return times;
}

SampleTimes::SampleTimes(const core::ParameterBlock& parameters, double spacing)
    : spacing_(spacing),
      slack_(core::time_rounding * parameters.scenario().duration()),
      is_shared_(parameters.shares_event_times()),
      times_(grid_with(spacing, parameters.scenario().duration(),
                       is_shared_ ? events_of_first_lane(parameters) : std::vector<double>{})),
      n_events_(parameters.n_events()) {
  if (is_shared_) slack_ = 0.0;
}

Index SampleTimes::n_samples() const {
  return static_cast<Index>(times_.size()) + (is_shared_ ? 0 : n_events_);
}

Index SampleTimes::of_event(Index event) const { return static_cast<Index>(times_.size()) + event; }

SampleTimes::Range SampleTimes::between(double begin, double end) const {
  const auto first = std::upper_bound(times_.begin(), times_.end(), begin + slack_) - times_.begin();
  const auto last = std::lower_bound(times_.begin(), times_.end(), end - slack_) - times_.begin();
  return {first, std::max(first, last)};
}

Index SampleTimes::at(double time) const {
  const auto found = std::lower_bound(times_.begin(), times_.end(), time - slack_);
  return found != times_.end() && *found <= time + slack_ ? found - times_.begin() : -1;
}

std::vector<Sample> samples_in_order(const std::vector<double>& times, core::LaneView own_times, Index lane) {
  const double slack = core::time_rounding * times.back();
  std::vector<Sample> samples;
  const Index n_events = own_times.rows();
  for (Index event = 0; event < n_events; ++event) {
    const double time = own_times(event, lane);
    // Of several events at one time the last one's sample is taken after all of them.
    if (event + 1 < n_events && own_times(event + 1, lane) == time) continue;
    samples.push_back({time, static_cast<Index>(times.size()) + event});
  }
  const auto n_at_events = static_cast<std::ptrdiff_t>(samples.size());
  const auto is_earlier = [](const Sample& a, const Sample& b) { return a.time < b.time; };
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto end = samples.begin() + n_at_events;
    const auto next = std::lower_bound(samples.begin(), end, Sample{times[i] - slack, 0}, is_earlier);
    if (next == end || next->time > times[i] + slack) samples.push_back({times[i], static_cast<Index>(i)});
  }
  std::inplace_merge(samples.begin(), samples.begin() + n_at_events, samples.end(), is_earlier);
  return samples;
}

}  // namespace poultice::solvers
