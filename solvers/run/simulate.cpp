#include "solvers/run/simulate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "solvers/time/cvode.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;

namespace {

/// Multiples of `step` up to `end`, and the rising times `events`, sorted, each once.
std::vector<double> grid_with(double step, double end, std::vector<double> events) {
  events.push_back(end);
  events.erase(std::unique(events.begin(), events.end()), events.end());
  auto times = events;
  const auto n = static_cast<long>(std::floor(end / step * (1.0 + 1e-12)));
  for (long i = 0; i <= n; ++i) {
    // "every 0.1 h" and an event "at 72 h" meet but for rounding: one sample, at the event's own time.
    const double time = static_cast<double>(i) * step, slack = 1e-12 * end;
    const auto next = std::lower_bound(events.begin(), events.end(), time - slack);
    if (next == events.end() || *next > time + slack) times.push_back(time);
  }
  std::sort(times.begin(), times.end());
  return times;
}

std::vector<double> event_times(const core::Scenario& scenario) {
  std::vector<double> times;
  for (const auto& event : scenario.events()) times.push_back(event.time);
  return times;
}

/// One run of one block: the state between events, and what has been sampled of it.
class Run {
 public:
  Run(Block& block, const Watch& watch)
      : block_(block),
        watch_(watch),
        state_(block.initial_state()),
        rate_(block.initial_state()),
        controls_(block.initial_controls()),
        absolute_(block.absolute_tolerance()) {
    const auto& scenario = block.scenario();
    record_.times = sample_times(scenario);
    record_.profile_times = profile_times(scenario);
    for (const auto& probe : block.probes()) {
      const auto& times = probe.axis.empty() ? record_.times : record_.profile_times;
      record_.samples.emplace_back(static_cast<Index>(times.size()) * probe.n_points, block.width());
    }
    record_.balance_error = LaneArray(static_cast<Index>(block.system().moieties().size()), block.width());
    Limits limits;
    limits.max_wall_seconds = scenario.number("solver.max_wall_time");
    limits.max_steps = std::lround(scenario.number("solver.max_steps"));
    limits.stop = watch.stop;
    integrator_ =
        make_cvode(block.system(), {scenario.number("solver.relative_tolerance"), absolute_}, limits);
  }

  Record go() {
    const auto begun = std::chrono::steady_clock::now();
    const double end = block_.scenario().duration();
    double time = 0.0;
    while (true) {
      act(time);
      block_.system().set_controls(controls_.view());
      sample(time);
      if (time >= end) break;
      const double stop = next_stop(time, end);
      integrator_->start(time, state_.view(), stop);
      double next = next_sample(time, stop);
      while (next < stop) {
        integrator_->advance(next, state_.span());
        sample(next);
        next = next_sample(next, stop);
      }
      integrator_->advance(stop, state_.span());
      time = stop;
    }
    finish();
    record_.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return std::move(record_);
  }

 private:
  void act(double time) {
    const auto& events = block_.scenario().events();
    while (next_event_ < events.size() && events[next_event_].time <= time) {
      block_.act(events[next_event_], state_.span(), controls_.span());
      record_.events.push_back({events[next_event_].time, in_words(events[next_event_])});
      ++next_event_;
    }
  }

  [[nodiscard]] double next_stop(double time, double end) const {
    for (auto i = next_event_; i < block_.scenario().events().size(); ++i)
      if (block_.scenario().events()[i].time > time) return block_.scenario().events()[i].time;
    return end;
  }

  [[nodiscard]] double next_sample(double time, double stop) const {
    const auto later = [&](const std::vector<double>& times) {
      const auto next = std::upper_bound(times.begin(), times.end(), time);
      return next == times.end() ? stop : std::min(*next, stop);
    };
    return std::min(later(record_.times), later(record_.profile_times));
  }

  void sample(double time) {
    const bool wants_scalars = take(record_.times, next_time_, time);
    const bool wants_profiles = take(record_.profile_times, next_profile_, time);
    if (!wants_scalars && !wants_profiles) return;
    block_.system().rates(time, state_.view(), rate_.span());
    for (std::size_t p = 0; p < block_.probes().size(); ++p) {
      const auto& probe = block_.probes()[p];
      if (!(probe.axis.empty() ? wants_scalars : wants_profiles)) continue;
      const auto index = static_cast<Index>(probe.axis.empty() ? next_time_ : next_profile_) - 1;
      double* first = record_.samples[p][index * probe.n_points];
      probe.evaluate(probe.of_rate ? rate_.view() : state_.view(), {first, probe.n_points, block_.width()});
    }
    keep_balance(time);
    if (watch_.progress) watch_.progress(time / block_.scenario().duration());
  }

  static bool take(const std::vector<double>& times, std::size_t& next, double time) {
    if (next == times.size() || times[next] != time) return false;
    ++next;
    return true;
  }

  void keep_balance(double time) {
    const auto& moieties = block_.system().moieties();
    for (std::size_t m = 0; m < moieties.size(); ++m) {
      for (Index lane = 0; lane < block_.width(); ++lane) {
        const double applied = std::max(block_.amount_scale()(0, lane), 1e-300);
        const double error = std::abs(moieties[m].imbalance(state_.view(), lane)) / applied;
        double& worst = record_.balance_error(static_cast<Index>(m), lane);
        worst = std::max(worst, error);
        if (!(error <= largest_balance_error))
          throw core::IntegrationError(
              time,
              fmt::format("the balance of {} is off by {:.2g} of what was applied", moieties[m].name, error),
              "this is a bug or an extreme parameter: please report the scenario");
      }
    }
    for (Index row = 0; row < state_.rows(); ++row)
      for (Index lane = 0; lane < block_.width(); ++lane)
        record_.lowest_state = std::min(record_.lowest_state, state_(row, lane) / absolute_(0, lane));
  }

  void finish() {
    record_.work = integrator_->work();
    const auto& headlines = block_.headlines();
    record_.headlines = LaneArray(static_cast<Index>(headlines.size()), block_.width());
    for (std::size_t h = 0; h < headlines.size(); ++h)
      for (std::size_t p = 0; p < block_.probes().size(); ++p)
        if (block_.probes()[p].name == headlines[h].probe)
          reduce(headlines[h], record_.times, record_.samples[p].view(),
                 record_.headlines[static_cast<Index>(h)]);
  }

  Block& block_;
  const Watch& watch_;
  LaneArray state_, rate_, controls_, absolute_;
  std::unique_ptr<Integrator> integrator_;
  Record record_;
  std::size_t next_event_ = 0, next_time_ = 0, next_profile_ = 0;
};

}  // namespace

std::vector<double> sample_times(const core::Scenario& scenario) {
  return grid_with(scenario.number("output.every"), scenario.duration(), event_times(scenario));
}

std::vector<double> profile_times(const core::Scenario& scenario) {
  return grid_with(scenario.number("output.profiles_every"), scenario.duration(), event_times(scenario));
}

Record simulate(Block& block, const Watch& watch) { return Run(block, watch).go(); }

}  // namespace poultice::solvers
