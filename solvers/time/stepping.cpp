#include "solvers/time/stepping.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace poultice::solvers {

using core::Index;

namespace {

class Stepping final : public Integrator {
 public:
  Stepping(core::System& system, std::unique_ptr<Stepper> stepper, std::function<void(double)> seen)
      : system_(system),
        stepper_(std::move(stepper)),
        seen_(std::move(seen)),
        rate_(system.n_rows(), system.width()) {}

  void integrate(const Stretch& stretch, core::LaneSpan state) override {
    if (stretch.is_shared())
      integrate_shared(stretch, state);
    else
      integrate_each(stretch, state);
  }

  [[nodiscard]] Work work() const override { return stepper_->work(); }

 private:
  void integrate_shared(const Stretch& stretch, core::LaneSpan state) {
    stepper_->start(stretch.begin, state, stretch.end);
    next_.assign(stretch.looks.size(), 0);
    double time = next_time(stretch);
    while (time < stretch.end) {
      stepper_->advance(time, state);
      look(stretch, time, state);
      time = next_time(stretch);
    }
    stepper_->advance(stretch.end, state);
    look(stretch, stretch.end, state);
  }

  /// Each lane through a stretch of its own, in a time that goes from 0 to 1.
  void integrate_each(const Stretch& stretch, core::LaneSpan state) {
    const Index width = state.width();
    own_times_ = core::LaneArray(1, width);
    lengths_ = core::LaneArray(1, width);
    if (moment_.rows() == 0) moment_ = core::LaneArray(state.rows(), width);
    for (Index lane = 0; lane < width; ++lane)
      lengths_(0, lane) =
          stretch.ends[static_cast<std::size_t>(lane)] - stretch.begins[static_cast<std::size_t>(lane)];
    system_.set_pace(stretch.begins.data(), lengths_[0]);
    stepper_->start(0.0, state, 1.0);
    std::vector<std::vector<Index>> next;
    for (const auto& each : stretch.looks) next.emplace_back(each.first.begin(), each.first.end());
    double reached = 0.0;
    while (reached < 1.0) {
      reached = stepper_->step();
      for (std::size_t i = 0; i < next.size(); ++i)
        while (set_own_times(stretch, stretch.looks[i], next[i], reached))
          look_back(stretch.looks[i], next[i]);
      if (seen_) seen_(stretch.begin + reached * (stretch.end - stretch.begin));
    }
    stepper_->advance(1.0, state);
  }

  /// Sets the time of each lane's next sample, as far as the last step has passed it; false where it has
  /// passed none. Lanes without one stay at the end of the step.
  bool set_own_times(const Stretch& stretch, const Look& look, const std::vector<Index>& next,
                     double reached) {
    bool has_any = false;
    is_due_.assign(next.size(), false);
    for (std::size_t lane = 0; lane < next.size(); ++lane) {
      double& time = own_times_(0, static_cast<Index>(lane));
      time = reached;
      if (next[lane] >= look.last[lane]) continue;
      const double since = look.times[static_cast<std::size_t>(next[lane])] - stretch.begins[lane];
      const double sample = std::min(since / lengths_(0, static_cast<Index>(lane)), 1.0);
      if (sample > reached) continue;
      time = sample;
      is_due_[lane] = has_any = true;
    }
    return has_any;
  }

  /// Looks at each lane at its own time, and goes on to the next sample of those that had one.
  void look_back(const Look& look, std::vector<Index>& next) {
    stepper_->interpolate(own_times_[0], moment_.span());
    if (!look.what->of_rate().empty()) system_.observed_rates(own_times_[0], moment_.view(), rate_.span());
    const Index n = look.what->n_values();
    if (values_.rows() < n) values_ = core::LaneArray(n, moment_.width());
    look.what->evaluate(moment_.view(), rate_.view(), {values_[0], n, values_.width()});
    for (std::size_t lane = 0; lane < next.size(); ++lane) {
      if (!is_due_[lane]) continue;
      const Index at = static_cast<Index>(lane);
      for (Index v = 0; v < n; ++v) look.out(next[lane] * n + v, at) = values_(v, at);
      ++next[lane];
    }
  }

  [[nodiscard]] double next_time(const Stretch& stretch) const {
    double next = stretch.end;
    for (std::size_t i = 0; i < next_.size(); ++i)
      if (next_[i] < stretch.looks[i].times.size()) next = std::min(next, stretch.looks[i].times[next_[i]]);
    return next;
  }

  void look(const Stretch& stretch, double time, core::LaneView state) {
    bool has_rate = false;
    for (std::size_t i = 0; i < next_.size(); ++i) {
      const auto& what = stretch.looks[i].what;
      const auto& times = stretch.looks[i].times;
      const auto& out = stretch.looks[i].out;
      if (next_[i] == times.size() || times[next_[i]] != time) continue;
      if (!what->of_rate().empty() && !std::exchange(has_rate, true))
        system_.rates(time, state, rate_.span());
      const Index n = what->n_values();
      what->evaluate(state, rate_.view(), {out[static_cast<Index>(next_[i]) * n], n, out.width()});
      ++next_[i];
    }
    if (seen_) seen_(time);
  }

  core::System& system_;
  std::unique_ptr<Stepper> stepper_;
  std::function<void(double)> seen_;
  core::LaneArray rate_;
  std::vector<std::size_t> next_;  // per look: the sample to come
  // Of lanes that go through stretches of their own:
  core::LaneArray own_times_, lengths_, moment_, values_;
  std::vector<bool> is_due_;
};

}  // namespace

std::unique_ptr<Integrator> make_stepping(core::System& system, std::unique_ptr<Stepper> stepper,
                                          std::function<void(double)> seen) {
  return std::make_unique<Stepping>(system, std::move(stepper), std::move(seen));
}

}  // namespace poultice::solvers
