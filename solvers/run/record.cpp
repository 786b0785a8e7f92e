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

void reduce(const core::Headline& headline, const std::vector<double>& times, core::LaneView samples,
            double* out) {
  using Reduction = core::Headline::Reduction;
  const Index n = static_cast<Index>(times.size());
  for (Index lane = 0; lane < samples.width(); ++lane) {
    Index best = 0;
    switch (headline.reduction) {
      case Reduction::last:
        out[lane] = samples(n - 1, lane);
        break;
      case Reduction::maximum:
      case Reduction::time_of_maximum:
        for (Index i = 1; i < n; ++i)
          if (samples(i, lane) > samples(best, lane)) best = i;
        out[lane] = headline.reduction == Reduction::maximum ? samples(best, lane)
                                                             : times[static_cast<std::size_t>(best)];
        break;
      case Reduction::minimum_after:
        best = n - 1;
        for (Index i = n - 1; i >= 0 && times[static_cast<std::size_t>(i)] >= headline.from; --i)
          if (samples(i, lane) < samples(best, lane)) best = i;
        out[lane] = samples(best, lane);
        break;
      case Reduction::at:
        out[lane] = interpolate(times, samples, lane, headline.from);
        break;
      case Reduction::mean_rate:
        out[lane] = (interpolate(times, samples, lane, headline.to) -
                     interpolate(times, samples, lane, headline.from)) /
                    (headline.to - headline.from);
        break;
      case Reduction::lag:
        out[lane] = lag(times, samples, lane);
        break;
    }
  }
}

}  // namespace poultice::solvers
