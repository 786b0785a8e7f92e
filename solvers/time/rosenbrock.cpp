#include "solvers/time/rosenbrock.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.hpp"
#include "core/base/error.hpp"
#include "core/system/lane_loop.hpp"
#include "solvers/time/rosenbrock_control.hpp"
#include "solvers/time/rosenbrock_kernels.hpp"
#include "solvers/time/rosenbrock_stages.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;
using core::LaneSpan;
using core::LaneView;

namespace {

using Outcome = RosenbrockStages::Outcome;

RosenbrockMethod chosen(RosenbrockMethod wanted, const core::System& system) {
  if (wanted != RosenbrockMethod::automatic) return wanted;
  return system.is_linear() ? RosenbrockMethod::pade5 : RosenbrockMethod::rodas5p;
}

class Rosenbrock final : public Stepper {
 public:
  Rosenbrock(const core::System& system, Tolerances tolerances, Limits limits,
             const RosenbrockTableau& tableau)
      : system_(system),
        tolerances_(std::move(tolerances)),
        tableau_(tableau),
        guard_(limits),
        max_steps_(limits.max_steps),
        stages_(system, tableau, guard_, work_),
        control_(tableau.error_order),
        before_(system.n_rows(), system.width()),
        now_(system.n_rows(), system.width()),
        error_(system.n_rows(), system.width()),
        squares_(1, system.width()) {
    POULTICE_ASSERT(system.is_linear() || !tableau.is_chain);
    for (std::size_t i = 0; i < tableau.stages; ++i) {
      if (tableau.step[i] != 0.0 || tableau.error[i] != 0.0) counting_.push_back(i);
    }
  }

  void start(double time, LaneView state, double stop) override {
    ++work_.restarts;
    stages_.renew();
    std::copy_n(state.data(), state.size(), now_.span().data());
    begun_ = time_ = time;
    stop_ = stop;
    control_.forget();
    step_ = 0.0;
  }

  void advance(double time, LaneSpan state) override {
    if (time > time_ && step_ == 0.0) step_ = first_step();
    while (time_ < time) take_step();
    if (time >= time_)
      std::copy_n(now_.view().data(), state.size(), state.data());
    else
      interpolate((time - begun_) / (time_ - begun_), state);
  }

  double step() override {
    if (step_ == 0.0) step_ = first_step();
    take_step();
    return time_;
  }

  void interpolate(const double* times, LaneSpan state) override {
    const Index width = state.width();
    if (weights_.rows() == 0) weights_ = LaneArray(static_cast<Index>(tableau_.stages), width);
    for (std::size_t i = 0; i < tableau_.stages; ++i) {
      double* weight = weights_[static_cast<Index>(i)];
      for (Index lane = 0; lane < width; ++lane)
        weight[lane] = dense_weight(i, (times[lane] - begun_) / (time_ - begun_));
    }
    for (Index row = 0; row < state.rows(); ++row) {
      double* sum = state[row];
      std::copy_n(before_[row], width, sum);
      for (std::size_t i = 0; i < tableau_.stages; ++i) {
        const double *weight = weights_[static_cast<Index>(i)], *stage = stages_.stage(i)[row];
        core::for_lanes(width, [&](Index lane) { sum[lane] += weight[lane] * stage[lane]; });
      }
    }
  }

  [[nodiscard]] Work work() const override { return work_; }

 private:
  void take_step() {
    if (work_.steps >= max_steps_) fail_at_limit();
    std::swap(before_, now_);
    begun_ = time_;
    control_.begin();
    bool is_prepared = false;
    while (true) {
      const double step = fitted(step_);
      if (!(begun_ + step > begun_)) fail("the steps shrank to nothing");
      auto outcome = is_prepared ? Outcome::done : stages_.prepare(begun_, before_.view(), step);
      is_prepared = outcome == Outcome::done;
      if (outcome == Outcome::done) outcome = stages_.compute(step);
      if (outcome == Outcome::must_end) fail("");
      const double error = outcome == Outcome::done ? finish() : std::numeric_limits<double>::quiet_NaN();
      if (!std::isfinite(error)) {
        ++work_.convergence_failures;
        step_ = 0.25 * step;
        continue;
      }
      step_ = control_.next(step, error);
      if (error <= 1.0) {
        ++work_.steps;
        // The last bits of a sum of times must not keep the stop from being reached.
        time_ = step >= stop_ - begun_ ? stop_ : begun_ + step;
        return;
      }
      ++work_.error_test_failures;
    }
  }

  /// Ends at the stop, and avoids a crumb before it.
  [[nodiscard]] double fitted(double step) const {
    const double left = stop_ - begun_;
    if (step >= 0.999 * left) return left;
    return step > 0.5 * left ? 0.5 * left : step;
  }

  /// The state at the end of the step, and the largest lane's error in units of its tolerance.
  double finish() {
    WeightedSum steps, errors;
    for (const auto i : counting_) {
      steps.add(tableau_.step[i], stages_.stage(i));
      errors.add(tableau_.error[i], stages_.stage(i));
    }
    add_to(before_.view(), steps, now_.span());
    assign(errors, error_.span());
    return norm(error_.view(), before_.view(), now_.view());
  }

  /// The largest root mean square, over rows, of v / (relative max(|a|, |b|) + absolute) among lanes.
  double norm(LaneView v, LaneView a, LaneView b) {
    const double relative = tolerances_.relative;
    const double* absolute = tolerances_.absolute[0];
    squares_.fill(0.0);
    double* sum = squares_[0];
    core::with_width(v.width(), [&](auto width) {
      for (Index row = 0; row < v.rows(); ++row) {
        const double *x = v[row], *y = a[row], *z = b[row];
        core::for_lanes(width, [&](Index lane) {
          const double size = std::max(std::abs(y[lane]), std::abs(z[lane]));
          const double ratio = x[lane] / (relative * size + absolute[lane]);
          sum[lane] += ratio * ratio;
        });
      }
    });
    // std::max would drop a NaN.
    double largest = 0.0;
    for (Index lane = 0; lane < v.width(); ++lane)
      if (!(sum[lane] <= largest)) largest = sum[lane];
    return std::sqrt(largest / static_cast<double>(v.rows()));
  }

  /// What moves fastest at the start, and how far, tell a step that it and all slower things allow.
  double first_step() {
    const double span = stop_ - time_;
    LaneView state = now_.view();
    auto outcome = stages_.rates(time_, state, before_.span());
    if (outcome != Outcome::done) fail("");
    const double size = norm(state, state, state), speed = norm(before_.view(), state, state);
    if (speed == 0.0) return span;
    const double probe = std::min(size > 0.0 ? 0.01 * size / speed : 1e-6 * span, 0.01 * span);
    WeightedSum move;
    move.add(probe, before_.view());
    LaneArray moved(state.rows(), state.width()), rate(state.rows(), state.width());
    add_to(state, move, moved.span());
    outcome = stages_.rates(time_ + probe, moved.view(), rate.span());
    if (outcome == Outcome::must_end) fail("");
    if (outcome == Outcome::not_finite) return probe;
    WeightedSum minus;
    minus.add(-1.0, before_.view());
    add_to(rate.view(), minus, rate.span());
    const double frequency = norm(rate.view(), state, state) / (probe * speed);
    if (!(frequency * span > 1e-3)) return span;
    const double amplitude = speed / frequency;
    return std::min(span, std::pow(amplitude, -1.0 / tableau_.error_order) / frequency);
  }

  /// w_i(theta) of the continuous extension.
  [[nodiscard]] double dense_weight(std::size_t i, double theta) const {
    double weight = 0.0;
    for (std::size_t k = tableau_.stages; k-- > 0;) weight = (weight + tableau_.dense[k][i]) * theta;
    return weight;
  }

  void interpolate(double theta, LaneSpan state) const {
    WeightedSum sum;
    for (std::size_t i = 0; i < tableau_.stages; ++i) sum.add(dense_weight(i, theta), stages_.stage(i));
    add_to(before_.view(), sum, state);
  }

  [[noreturn]] void fail_at_limit() {
    throw core::IntegrationError(time_, "the step limit was used up",
                                 "raise solver.max_steps or loosen solver.relative_tolerance");
  }

  [[noreturn]] void fail(std::string what) {
    if (guard_.was_interrupted()) throw core::Interrupted(begun_);
    std::string hint = guard_.hint();
    if (!guard_.reason().empty()) what = guard_.reason();
    // Steps that shrink towards a place where the rate is none end as "no progress": the place is the cause.
    if (guard_.not_finite_row() >= 0)
      what = fmt::format("the rate of change of {} is not a finite number",
                         system_.layout().row_name(guard_.not_finite_row())),
      hint.clear();
    else if (guard_.reason().empty())
      what = fmt::format("{} gave up ({}), least accurate at {}", tableau_.name, what, least_accurate_row());
    if (hint.empty()) hint = "look for a parameter that is extreme; `poultice check` lists all of them";
    throw core::IntegrationError(begun_, std::move(what), std::move(hint));
  }

  std::string least_accurate_row() {
    Index worst = 0;
    double largest = -1.0;
    for (Index row = 0; row < error_.rows(); ++row)
      for (Index lane = 0; lane < error_.width(); ++lane) {
        const double weight =
            tolerances_.relative * std::abs(before_(row, lane)) + tolerances_.absolute(0, lane);
        const double error = std::abs(error_(row, lane)) / weight;
        if (!(error <= largest)) largest = error, worst = row;
      }
    return system_.layout().row_name(worst);
  }

  const core::System& system_;
  Tolerances tolerances_;
  const RosenbrockTableau& tableau_;
  ProgressGuard guard_;
  long max_steps_;
  Work work_;
  RosenbrockStages stages_;
  StepControl control_;
  std::vector<std::size_t> counting_;  // stages that a step's end or its error needs
  LaneArray before_, now_;             // the state at either end of the last step
  LaneArray error_, squares_;
  LaneArray weights_;  // [stage][lane] of the continuous extension, each lane at its own time
  double begun_ = 0.0, time_ = 0.0, stop_ = 0.0;
  double step_ = 0.0;  // to try next; 0 before the first
};

}  // namespace

std::unique_ptr<Stepper> make_rosenbrock(const core::System& system, Tolerances tolerances, Limits limits,
                                         RosenbrockMethod method) {
  const auto& tableau = rosenbrock_tableau(chosen(method, system));
  return std::make_unique<Rosenbrock>(system, std::move(tolerances), limits, tableau);
}

}  // namespace poultice::solvers
