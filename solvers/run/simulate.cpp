#include "solvers/run/simulate.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "solvers/run/integrator_choice.hpp"
#include "solvers/run/series.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;

namespace {

/// One run of one block: the state between events, and what has been sampled of it.
class Run {
 public:
  Run(Block& block, const Watch& watch, const std::vector<std::string>* kept)
      : block_(block),
        watch_(watch),
        state_(block.initial_state()),
        rate_(block.initial_state()),
        controls_(block.initial_controls()),
        absolute_(block.absolute_tolerance()),
        curve_times_(block.parameters(), block.scenario().number("output.every")),
        profile_times_(block.parameters(), block.scenario().number("output.profiles_every")),
        now_(static_cast<std::size_t>(block.width()), 0.0),
        stop_(now_) {
    const auto& scenario = block.scenario();
    record_.times = curve_times_.times();
    record_.profile_times = profile_times_.times();
    if (!curve_times_.is_shared()) record_.own_times = block.parameters().all_event_times();
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
    while (true) {
      const Index first_event = next_event_;
      act();
      block_.system().set_controls(controls_.view());
      sample(first_event);
      if (is_at_the_end()) break;
      set_stop();
      const std::array looks{curves_.between(now_, stop_), profiles_.between(now_, stop_)};
      integrator_->integrate(stretch(looks), state_.span());
      keep();
      now_ = stop_;
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

  /// Lets happen what has its time come in every lane: where lanes' times differ, the next event waits for
  /// the last of them, and the others go through a stretch of no length.
  void act() {
    const auto& events = block_.scenario().events();
    for (; next_event_ < block_.parameters().n_events(); ++next_event_) {
      const double* times = block_.parameters().event_times(next_event_);
      if (!std::equal(now_.begin(), now_.end(), times, [](double now, double time) { return time <= now; }))
        return;
      const auto& event = events[static_cast<std::size_t>(next_event_)];
      block_.act(event, state_.span(), controls_.span());
      record_.events.push_back({times[0], in_words(event)});
    }
  }

  [[nodiscard]] bool is_at_the_end() const {
    const double end = block_.scenario().duration();
    return next_event_ == block_.parameters().n_events() &&
           std::all_of(now_.begin(), now_.end(), [&](double now) { return now >= end; });
  }

  void set_stop() {
    const double end = block_.scenario().duration();
    const auto& parameters = block_.parameters();
    for (std::size_t lane = 0; lane < now_.size(); ++lane)
      stop_[lane] = next_event_ < parameters.n_events() ? parameters.event_times(next_event_)[lane]
                                                        : std::max(end, now_[lane]);
  }

  [[nodiscard]] Stretch stretch(std::span<const Look> looks) const {
    const auto [first, last] = std::minmax_element(now_.begin(), now_.end());
    const auto [first_stop, last_stop] = std::minmax_element(stop_.begin(), stop_.end());
    if (*first == *last && *first_stop == *last_stop) return {*first, *last_stop, looks};
    return {*first, *last_stop, looks, now_, stop_};
  }

  /// Samples where a stretch begins, after the events there.
  void sample(Index first_event) {
    block_.system().observed_rates(now_.data(), state_.view(), rate_.span());
    if (curves_.is_sampled(now_, first_event, next_event_))
      check_balance(now_.front(), curves_.sample(state_.view(), rate_.view()));
    if (profiles_.is_sampled(now_, first_event, next_event_)) profiles_.sample(state_.view(), rate_.view());
    note_lowest(state_.view());
    show_progress(now_.front());
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
    const Reducer reducer(record_, block_.width());
    for (std::size_t h = 0; h < headlines.size(); ++h)
      for (std::size_t p = 0; p < block_.probes().size(); ++p)
        if (block_.probes()[p].name == headlines[h].probe)
          reducer.reduce(headlines[h], record_.samples[p].view(), record_.headlines[static_cast<Index>(h)]);
  }

  Block& block_;
  const Watch& watch_;
  LaneArray state_, rate_, controls_, absolute_;
  Record record_;
  SampleTimes curve_times_, profile_times_;
  Series curves_{curve_times_, block_.width()}, profiles_{profile_times_, block_.width()};
  Index n_probe_values_ = 0;
  std::unique_ptr<Integrator> integrator_;
  Index next_event_ = 0;
  std::vector<double> now_, stop_;  // [lane], s
};

}  // namespace

std::vector<double> sample_times(const core::Scenario& scenario) {
  return SampleTimes({scenario, 1}, scenario.number("output.every")).times();
}

std::vector<double> profile_times(const core::Scenario& scenario) {
  return SampleTimes({scenario, 1}, scenario.number("output.profiles_every")).times();
}

Record simulate(Block& block, const Watch& watch, const std::vector<std::string>* kept) {
  return Run(block, watch, kept).go();
}

}  // namespace poultice::solvers
