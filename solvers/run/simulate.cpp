#include "solvers/run/simulate.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "solvers/run/integrator_choice.hpp"

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

/// Probes that are observed together, the times at which they are, and what has been seen.
class Series {
 public:
  Series(const std::vector<double>& times, Index width) : times_(times), what_(width) {}

  void add(const core::Probe& probe, LaneArray& samples) {
    samples = LaneArray(static_cast<Index>(times_.size()) * probe.n_points, what_.width());
    parts_.push_back({what_.add(probe), probe.n_points, &samples});
  }
  [[nodiscard]] Observation& what() noexcept { return what_; }

  /// What is to be looked at strictly between two times.
  [[nodiscard]] Look between(double begin, double end) {
    const auto first = std::upper_bound(times_.begin(), times_.end(), begin) - times_.begin();
    const auto last = std::lower_bound(times_.begin(), times_.end(), end) - times_.begin();
    return look_at(static_cast<std::size_t>(first), static_cast<std::size_t>(std::max(first, last)));
  }
  /// One sample, if `time` is one of the times.
  [[nodiscard]] Look at(double time) {
    const auto found = std::lower_bound(times_.begin(), times_.end(), time);
    const auto i = static_cast<std::size_t>(found - times_.begin());
    return look_at(i, found != times_.end() && *found == time ? i + 1 : i);
  }
  /// Takes over what the last look saw. Calls inspect(time, values) for each of its samples.
  template <class Inspect>
  void keep(Inspect&& inspect) {
    const Index n = what_.n_values(), width = what_.width();
    for (std::size_t i = first_; i < last_; ++i) {
      const double* values = seen_[static_cast<Index>(i - first_) * n];
      for (const auto& [from, n_points, samples] : parts_)
        std::copy_n(values + from * width, n_points * width, (*samples)[static_cast<Index>(i) * n_points]);
      inspect(times_[i], core::LaneView(values, n, width));
    }
  }

 private:
  struct Part {
    Index first, n_points;
    LaneArray* samples;
  };

  Look look_at(std::size_t first, std::size_t last) {
    if (what_.n_values() == 0) last = first;
    first_ = first, last_ = last;
    const Index rows = static_cast<Index>(last - first) * what_.n_values();
    if (seen_.rows() < rows) seen_ = LaneArray(rows, what_.width());
    return {&what_, std::span(times_).subspan(first, last - first), seen_.span()};
  }

  const std::vector<double>& times_;
  Observation what_;
  std::vector<Part> parts_;
  LaneArray seen_;
  std::size_t first_ = 0, last_ = 0;
};

/// One run of one block: the state between events, and what has been sampled of it.
class Run {
 public:
  Run(Block& block, const Watch& watch, const std::vector<std::string>* kept)
      : block_(block),
        watch_(watch),
        state_(block.initial_state()),
        rate_(block.initial_state()),
        controls_(block.initial_controls()),
        absolute_(block.absolute_tolerance()) {
    const auto& scenario = block.scenario();
    record_.times = sample_times(scenario);
    record_.profile_times = profile_times(scenario);
    record_.samples.resize(block.probes().size());
    for (std::size_t p = 0; p < block.probes().size(); ++p) {
      const auto& probe = block.probes()[p];
      if (is_kept(probe, kept)) (probe.axis.empty() ? curves_ : profiles_).add(probe, record_.samples[p]);
    }
    n_probe_values_ = curves_.what().n_values();
    for (const auto& moiety : block.system().moieties()) curves_.what().add(moiety);
    record_.balance_error = LaneArray(static_cast<Index>(block.system().moieties().size()), block.width());
    Limits limits;
    limits.max_wall_seconds = scenario.number("solver.max_wall_time");
    limits.max_steps = std::lround(scenario.number("solver.max_steps"));
    limits.stop = watch.stop;
    integrator_ = make_integrator(scenario.text("solver.integrator"), block.system(),
                                  {scenario.number("solver.relative_tolerance"), absolute_}, limits,
                                  [this](double time) { show_progress(time); });
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
      const std::array looks{curves_.between(time, stop), profiles_.between(time, stop)};
      integrator_->integrate({time, stop, looks}, state_.span());
      keep();
      time = stop;
    }
    finish();
    record_.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return std::move(record_);
  }

 private:
  [[nodiscard]] bool is_kept(const core::Probe& probe, const std::vector<std::string>* kept) const {
    if (kept == nullptr || std::find(kept->begin(), kept->end(), probe.name) != kept->end()) return true;
    return std::any_of(block_.headlines().begin(), block_.headlines().end(),
                       [&](const auto& headline) { return headline.probe == probe.name; });
  }

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

  /// Samples where a stretch begins, after the events there.
  void sample(double time) {
    const std::array looks{curves_.at(time), profiles_.at(time)};
    block_.system().rates(time, state_.view(), rate_.span());
    for (const auto& [what, times, out] : looks)
      if (!times.empty())
        what->evaluate(state_.view(), rate_.view(), {out.data(), what->n_values(), block_.width()});
    keep();
    show_progress(time);
  }

  void keep() {
    curves_.keep([this](double time, core::LaneView values) { check_balance(time, values); });
    profiles_.keep([](double, core::LaneView) {});
    note_lowest(state_.view());
  }

  void check_balance(double time, core::LaneView values) {
    const auto& moieties = block_.system().moieties();
    for (std::size_t m = 0; m < moieties.size(); ++m) {
      const double* imbalance = values[n_probe_values_ + 2 * static_cast<Index>(m)];
      const double* put_in = imbalance + block_.width();
      for (Index lane = 0; lane < block_.width(); ++lane) {
        // A donor that is held at its concentration supplies what nobody knew beforehand.
        const double applied = std::max({block_.amount_scale()(0, lane), std::abs(put_in[lane]), 1e-300});
        const double error = std::abs(imbalance[lane]) / applied;
        double& worst = record_.balance_error(static_cast<Index>(m), lane);
        worst = std::max(worst, error);
        if (!(error <= largest_balance_error))
          throw core::IntegrationError(
              time,
              fmt::format("the balance of {} is off by {:.2g} of what was applied", moieties[m].name, error),
              "this is a bug or an extreme parameter: please report the scenario");
      }
    }
  }

  void note_lowest(core::LaneView state) {
    for (Index row = 0; row < state.rows(); ++row)
      for (Index lane = 0; lane < block_.width(); ++lane)
        record_.lowest_state = std::min(record_.lowest_state, state(row, lane) / absolute_(0, lane));
  }

  void show_progress(double time) const {
    if (watch_.progress) watch_.progress(time / block_.scenario().duration());
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
  Record record_;
  Series curves_{record_.times, block_.width()}, profiles_{record_.profile_times, block_.width()};
  Index n_probe_values_ = 0;
  std::unique_ptr<Integrator> integrator_;
  std::size_t next_event_ = 0;
};

}  // namespace

std::vector<double> sample_times(const core::Scenario& scenario) {
  return grid_with(scenario.number("output.every"), scenario.duration(), event_times(scenario));
}

std::vector<double> profile_times(const core::Scenario& scenario) {
  return grid_with(scenario.number("output.profiles_every"), scenario.duration(), event_times(scenario));
}

Record simulate(Block& block, const Watch& watch, const std::vector<std::string>* kept) {
  return Run(block, watch, kept).go();
}

}  // namespace poultice::solvers
