#include "solvers/run/series.hpp"

#include <algorithm>

namespace poultice::solvers {

using core::Index;
using core::LaneView;

void Series::add(const core::Probe& probe, core::LaneArray& samples) {
  samples = core::LaneArray(times_.n_samples() * probe.n_points, what_.width());
  parts_.push_back({what_.add(probe), probe.n_points, &samples});
}

Look Series::between(std::span<const double> begins, std::span<const double> ends) {
  first_.clear();
  last_.clear();
  if (what_.n_values() == 0) {
    range_ = {0, 0};
  } else if (times_.is_shared()) {
    range_ = times_.between(begins.front(), ends.front());
  } else {
    for (std::size_t lane = 0; lane < begins.size(); ++lane) {
      const auto [first, last] = times_.between(begins[lane], ends[lane]);
      first_.push_back(first);
      last_.push_back(last);
    }
    range_ = {*std::min_element(first_.begin(), first_.end()), *std::max_element(last_.begin(), last_.end())};
  }
  const Index rows = (range_.last - range_.first) * what_.n_values();
  if (seen_.rows() < rows) seen_ = core::LaneArray(rows, what_.width());
  from_.clear();
  before_.clear();
  for (std::size_t lane = 0; lane < first_.size(); ++lane) {
    from_.push_back(first_[lane] - range_.first);
    before_.push_back(last_[lane] - range_.first);
  }
  const auto times = std::span(times_.times())
                         .subspan(static_cast<std::size_t>(range_.first),
                                  static_cast<std::size_t>(range_.last - range_.first));
  return {&what_, times, seen_.span(), from_, before_, times_.spacing()};
}

/// Takes over one sample of the last look.
void Series::keep(Index sample, double* values) {
  const Index n = what_.n_values(), width = what_.width();
  const auto is_of = [&](Index lane) {
    const auto at = static_cast<std::size_t>(lane);
    return first_[at] <= sample && sample < last_[at];
  };
  bool is_of_all = true;
  for (Index lane = 0; lane < static_cast<Index>(first_.size()); ++lane) is_of_all &= is_of(lane);
  if (is_of_all) {
    for (const auto& [from, n_points, samples] : parts_)
      std::copy_n(values + from * width, n_points * width, (*samples)[sample * n_points]);
    return;
  }
  for (Index lane = 0; lane < width; ++lane)
    if (!is_of(lane))
      for (Index v = 0; v < n; ++v) values[v * width + lane] = 0.0;
  for (const auto& [from, n_points, samples] : parts_)
    for (Index point = 0; point < n_points; ++point) {
      double* to = (*samples)[sample * n_points + point];
      for (Index lane = 0; lane < width; ++lane)
        if (is_of(lane)) to[lane] = values[(from + point) * width + lane];
    }
}

bool Series::is_sampled(std::span<const double> now, Index first_event, Index last_event) {
  places_.clear();
  if (what_.n_values() == 0) return false;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto lane = static_cast<Index>(i);
    if (const Index sample = times_.at(now[i]); sample >= 0) places_.push_back({lane, sample});
    if (times_.is_shared()) continue;
    for (Index event = first_event; event < last_event; ++event)
      places_.push_back({lane, times_.of_event(event)});
  }
  return !places_.empty();
}

LaneView Series::sample(LaneView state, LaneView rate) {
  const Index n = what_.n_values();
  if (seen_.rows() < n) seen_ = core::LaneArray(n, what_.width());
  const core::LaneSpan values{seen_[0], n, what_.width()};
  what_.evaluate(state, rate, values);
  for (const auto& [from, n_points, samples] : parts_)
    for (const auto& [lane, sample] : places_)
      for (Index point = 0; point < n_points; ++point)
        (*samples)(sample * n_points + point, lane) = values(from + point, lane);
  return values;
}

}  // namespace poultice::solvers
