#include "solvers/run/record.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace poultice::solvers {
namespace {

using core::Index;

/// Straight between samples; NaN outside of them.
double interpolate(const std::vector<double>& times, core::LaneView samples, Index lane, double time) {
  const auto after = std::lower_bound(times.begin(), times.end(), time);
  if (after == times.end()) return std::numeric_limits<double>::quiet_NaN();
  const Index i = after - times.begin();
  if (*after == time) return samples(i, lane);
  if (i == 0) return std::numeric_limits<double>::quiet_NaN();
  const double before = times[static_cast<std::size_t>(i - 1)];
  const double share = (time - before) / (*after - before);
  return samples(i - 1, lane) + share * (samples(i, lane) - samples(i - 1, lane));
}

/// Where the steepest stretch between two samples, drawn on backwards, meets zero; NaN where nothing rises.
double lag(const std::vector<double>& times, core::LaneView samples, Index lane) {
  double steepest = 0.0, found = std::numeric_limits<double>::quiet_NaN();
  for (Index i = 1; i < static_cast<Index>(times.size()); ++i) {
    const double before = times[static_cast<std::size_t>(i - 1)], after = times[static_cast<std::size_t>(i)];
    const double slope = (samples(i, lane) - samples(i - 1, lane)) / (after - before);
    if (!(slope > steepest)) continue;
    steepest = slope;
    found = after - samples(i, lane) / slope;
  }
  return found;
}

}  // namespace

std::string in_words(const core::Event& event) {
  std::string text = event.verb + " " + event.instance;
  for (const auto& option : event.options)
    if (!option.given.empty() && option.origin != core::Origin::preset)
      text += fmt::format(", {} {}", option.path, option.given);
  return text;
}

namespace {

double reduced(const core::Headline& headline, std::size_t lane_of_times, const std::vector<double>& times,
               core::LaneView samples, Index lane) {
  using Reduction = core::Headline::Reduction;
  const Index n = static_cast<Index>(times.size());
  Index best = 0;
  switch (headline.reduction) {
    case Reduction::last:
      return samples(n - 1, lane);
    case Reduction::maximum:
    case Reduction::time_of_maximum:
      for (Index i = 1; i < n; ++i)
        if (samples(i, lane) > samples(best, lane)) best = i;
      return headline.reduction == Reduction::maximum ? samples(best, lane)
                                                      : times[static_cast<std::size_t>(best)];
    case Reduction::minimum_after:
      best = n - 1;
      for (Index i = n - 1; i >= 0 && times[static_cast<std::size_t>(i)] >= headline.from[lane_of_times]; --i)
        if (samples(i, lane) < samples(best, lane)) best = i;
      return samples(best, lane);
    case Reduction::at:
      return interpolate(times, samples, lane, headline.from[lane_of_times]);
    case Reduction::mean_rate: {
      const double from = headline.from[lane_of_times], to = headline.to[lane_of_times];
      return (interpolate(times, samples, lane, to) - interpolate(times, samples, lane, from)) / (to - from);
    }
    case Reduction::lag:
      return lag(times, samples, lane);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Reducer::Reducer(const Record& record, Index width) : record_(record) {
  if (record.own_times.rows() == 0) return;
  for (Index lane = 0; lane < width; ++lane)
    in_order_.push_back(samples_in_order(record.times, record.own_times.view(), lane));
}

void Reducer::reduce(const core::Headline& headline, core::LaneView samples, double* out) const {
  std::vector<double> times;
  for (Index lane = 0; lane < samples.width(); ++lane) {
    const auto at = static_cast<std::size_t>(lane);
    if (in_order_.empty()) {
      out[lane] = reduced(headline, at, record_.times, samples, lane);
      continue;
    }
    const auto& order = in_order_[at];
    core::LaneArray own(static_cast<Index>(order.size()), 1);
    times.clear();
    for (const auto& [time, number] : order) {
      own(static_cast<Index>(times.size()), 0) = samples(number, lane);
      times.push_back(time);
    }
    out[lane] = reduced(headline, at, times, own.view(), 0);
  }
}

}  // namespace poultice::solvers
