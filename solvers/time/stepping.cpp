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
  Stepping(const core::System& system, std::unique_ptr<Stepper> stepper, std::function<void(double)> seen)
      : system_(system),
        stepper_(std::move(stepper)),
        seen_(std::move(seen)),
        rate_(system.n_rows(), system.width()) {}

  void integrate(const Stretch& stretch, core::LaneSpan state) override {
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

  [[nodiscard]] Work work() const override { return stepper_->work(); }

 private:
  [[nodiscard]] double next_time(const Stretch& stretch) const {
    double next = stretch.end;
    for (std::size_t i = 0; i < next_.size(); ++i)
      if (next_[i] < stretch.looks[i].times.size()) next = std::min(next, stretch.looks[i].times[next_[i]]);
    return next;
  }

  void look(const Stretch& stretch, double time, core::LaneView state) {
    bool has_rate = false;
    for (std::size_t i = 0; i < next_.size(); ++i) {
      const auto& [what, times, out] = stretch.looks[i];
      if (next_[i] == times.size() || times[next_[i]] != time) continue;
      if (!what->of_rate().empty() && !std::exchange(has_rate, true))
        system_.rates(time, state, rate_.span());
      const Index n = what->n_values();
      what->evaluate(state, rate_.view(), {out[static_cast<Index>(next_[i]) * n], n, out.width()});
      ++next_[i];
    }
    if (seen_) seen_(time);
  }

  const core::System& system_;
  std::unique_ptr<Stepper> stepper_;
  std::function<void(double)> seen_;
  core::LaneArray rate_;
  std::vector<std::size_t> next_;  // per look: the sample to come
};

}  // namespace

std::unique_ptr<Integrator> make_stepping(const core::System& system, std::unique_ptr<Stepper> stepper,
                                          std::function<void(double)> seen) {
  return std::make_unique<Stepping>(system, std::move(stepper), std::move(seen));
}

}  // namespace poultice::solvers
