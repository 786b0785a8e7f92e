#include "solvers/time/cvode.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

#include <fmt/format.h>
#include <sundials/sundials_linearsolver.h>

#include "core/base/error.hpp"
#include "core/system/lane_loop.hpp"
#include "solvers/linear/bordered_solver.hpp"
#include "solvers/sundials/context.hpp"
#include "solvers/sundials/lane_vector.hpp"
#include "solvers/time/progress_guard.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneSpan;
using core::LaneView;

namespace {

class Cvode final : public Stepper {
 public:
  Cvode(const core::System& system, Tolerances tolerances, Limits limits)
      : system_(system),
        tolerances_(std::move(tolerances)),
        state_(system.n_rows(), system.width(), context_.get()),
        absolute_(system.n_rows(), system.width(), context_.get()),
        solver_(system.layout(), system.width()),
        guard_(limits),
        max_steps_(limits.max_steps) {
    for (Index row = 0; row < system.n_rows(); ++row)
      std::copy_n(tolerances_.absolute[0], system.width(), absolute_.lanes()[row]);
    linear_solver_ = checked(SUNLinSolNewEmpty(context_.get()), "SUNLinSolNewEmpty");
    linear_solver_->ops->gettype = [](SUNLinearSolver) { return SUNLINEARSOLVER_MATRIX_EMBEDDED; };
    linear_solver_->ops->solve = [](SUNLinearSolver self, SUNMatrix, N_Vector x, N_Vector b, sunrealtype) {
      return static_cast<Cvode*>(self->content)->solve(x, b);
    };
    linear_solver_->content = this;
    memory_ = checked(CVodeCreate(CV_BDF, context_.get()), "CVodeCreate");
    checked(CVodeInit(memory_, rates, 0.0, state_.get()), "CVodeInit");
    checked(CVodeSetUserData(memory_, this), "CVodeSetUserData");
    checked(CVodeSVtolerances(memory_, tolerances_.relative, absolute_.get()), "CVodeSVtolerances");
    checked(CVodeSetLinearSolver(memory_, linear_solver_, nullptr), "CVodeSetLinearSolver");
    checked(silence_sundials(context_.get(), memory_), "silence_sundials");
  }

  ~Cvode() override {
    CVodeFree(&memory_);
    SUNLinSolFreeEmpty(linear_solver_);
  }
  Cvode(const Cvode&) = delete;
  Cvode& operator=(const Cvode&) = delete;

  void start(double time, LaneView state, double stop) override {
    bank_work();
    std::copy_n(state.data(), state.size(), state_.lanes().data());
    checked(CVodeReInit(memory_, time, state_.get()), "CVodeReInit");
    checked(CVodeSetStopTime(memory_, stop), "CVodeSetStopTime");
    factored_gamma_ = 0.0;
    time_ = time;
    stop_ = stop;
  }

  void advance(double time, LaneSpan state) override {
    if (time > time_) go_on(time, CV_NORMAL);
    std::copy_n(state_.lanes().data(), state.size(), state.data());
  }

  double step() override {
    go_on(stop_, CV_ONE_STEP);
    n_derivatives_ = 0;
    return time_;
  }

  void interpolate(const double* times, LaneSpan state) override {
    if (n_derivatives_ == 0) find_derivatives();
    for (Index row = 0; row < state.rows(); ++row) {
      double* sum = state[row];
      std::copy_n(derivatives_[n_derivatives_ - 1].lanes()[row], state.width(), sum);
      for (std::size_t k = n_derivatives_ - 1; k-- > 0;) {
        const double* lower = derivatives_[k].lanes()[row];
        const double inverse = 1.0 / static_cast<double>(k + 1);
        core::for_lanes(state.width(), [&](Index lane) {
          sum[lane] = lower[lane] + sum[lane] * ((times[lane] - time_) * inverse);
        });
      }
    }
  }

  [[nodiscard]] Work work() const override {
    Work sum = banked_;
    sum += current_work();
    return sum;
  }

 private:
  void go_on(double time, int task) {
    // CVODE's own limit is on the steps of one call.
    const long steps_left = max_steps_ - work().steps;
    if (steps_left <= 0) fail(CV_TOO_MUCH_WORK);
    checked(CVodeSetMaxNumSteps(memory_, steps_left), "CVodeSetMaxNumSteps");
    sunrealtype reached = time_;
    const int status = CVode(memory_, time, state_.get(), &reached, task);
    time_ = reached;
    if (status < 0) fail(status);
  }

  /// The polynomial that CVODE goes by within its last step, as derivatives at the end of that.
  void find_derivatives() {
    int order = 0;
    checked(CVodeGetLastOrder(memory_, &order), "CVodeGetLastOrder");
    n_derivatives_ = static_cast<std::size_t>(order) + 1;
    while (derivatives_.size() < n_derivatives_)
      derivatives_.emplace_back(system_.n_rows(), system_.width(), context_.get());
    for (int k = 0; k <= order; ++k)
      checked(CVodeGetDky(memory_, time_, k, derivatives_[static_cast<std::size_t>(k)].get()), "CVodeGetDky");
  }

  static int rates(sunrealtype time, N_Vector state, N_Vector rate, void* self_pointer) {
    auto& self = *static_cast<Cvode*>(self_pointer);
    if (!self.guard_.may_go_on(time)) return -1;
    self.system_.rates(time, lanes_of(state), lanes_of(rate));
    const LaneSpan r = lanes_of(rate);
    // CVODE takes NaN for a slow convergence and burns all its steps on it: a positive status lets it try a
    // smaller step once, and the cause is kept for the message.
    double sum = 0.0;
    for (Index i = 0; i < r.size(); ++i) sum += r.data()[i] * 0.0;
    if (sum == 0.0) {
      self.guard_.note_finite(time);
      return 0;
    }
    self.guard_.note_not_finite(self.first_not_finite(r), time);
    return 1;
  }

  Index first_not_finite(LaneSpan values) const {
    for (Index i = 0; i < values.size(); ++i)
      if (!std::isfinite(values.data()[i])) return i / values.width();
    return 0;
  }

  int solve(N_Vector x, N_Vector b) {
    sunrealtype time = 0.0, gamma = 0.0, rl1 = 0.0;
    N_Vector predicted = nullptr, now = nullptr, rate = nullptr, history = nullptr;
    void* user = nullptr;
    if (CVodeGetNonlinearSystemData(memory_, &time, &predicted, &now, &rate, &gamma, &rl1, &history, &user) !=
        0)
      return -1;
    const bool is_new_step = time != factored_time_;
    // A factorisation costs about as much as a solve, and an exact one makes Newton's method end after one
    // iteration where the system is linear: so a new gamma always gets its own.
    if (gamma != factored_gamma_ || (is_new_step && !system_.is_linear())) {
      const auto& matrix = system_.jacobian(time, lanes_of(now), jacobian_);
      solver_.factor(matrix, gamma);
      factored_gamma_ = gamma;
      factored_time_ = time;
      ++factorizations_;
    }
    const LaneSpan out = lanes_of(x), in = lanes_of(b);
    std::copy_n(in.data(), in.size(), out.data());
    solver_.solve(out);
    ++linear_solves_;
    return 0;
  }

  [[nodiscard]] Work current_work() const {
    Work work;
    long error_failures = 0, iterations = 0, convergence_failures = 0;
    CVodeGetNumSteps(memory_, &work.steps);
    CVodeGetNumRhsEvals(memory_, &work.rate_evaluations);
    CVodeGetNumErrTestFails(memory_, &error_failures);
    CVodeGetNonlinSolvStats(memory_, &iterations, &convergence_failures);
    work.error_test_failures = error_failures;
    work.nonlinear_iterations = iterations;
    work.convergence_failures = convergence_failures;
    work.factorizations = factorizations_;
    work.linear_solves = linear_solves_;
    return work;
  }

  void bank_work() {
    banked_ += current_work();
    ++banked_.restarts;
    factorizations_ = linear_solves_ = 0;
  }

  [[noreturn]] void fail(int status) {
    if (guard_.was_interrupted()) throw core::Interrupted(time_);
    std::string what = guard_.reason();
    std::string hint = guard_.hint();
    // Steps that shrink towards a place where the rate is none end as "no progress": the place is the cause.
    if (guard_.not_finite_row() >= 0)
      what = fmt::format("the rate of change of {} is not a finite number",
                         system_.layout().row_name(guard_.not_finite_row())),
      hint.clear();
    if (what.empty() && status == CV_TOO_MUCH_WORK)
      what = "the step limit was used up",
      hint = "raise solver.max_steps or loosen solver.relative_tolerance";
    if (what.empty()) {
      char* name = CVodeGetReturnFlagName(status);
      what = fmt::format("CVODE gave up ({}), least accurate at {}", name, least_accurate_row());
      std::free(name);
    }
    if (hint.empty()) hint = "look for a parameter that is extreme; `poultice check` lists all of them";
    throw core::IntegrationError(time_, std::move(what), std::move(hint));
  }

  std::string least_accurate_row() {
    LaneVector errors(system_.n_rows(), system_.width(), context_.get());
    LaneVector weights(system_.n_rows(), system_.width(), context_.get());
    if (CVodeGetEstLocalErrors(memory_, errors.get()) != 0 || CVodeGetErrWeights(memory_, weights.get()) != 0)
      return "an unknown row";
    Index worst = 0;
    double largest = -1.0;
    for (Index i = 0; i < errors.lanes().size(); ++i) {
      const double error = std::abs(errors.lanes().data()[i] * weights.lanes().data()[i]);
      if (error > largest) largest = error, worst = i / system_.width();
    }
    return system_.layout().row_name(worst);
  }

  const core::System& system_;
  Tolerances tolerances_;
  SundialsContext context_;
  LaneVector state_, absolute_;
  BorderedSolver solver_;
  ProgressGuard guard_;
  long max_steps_;
  core::RateMatrix jacobian_;
  SUNLinearSolver linear_solver_ = nullptr;
  void* memory_ = nullptr;
  double time_ = 0.0, stop_ = 0.0;
  std::deque<LaneVector> derivatives_;  // at time_, of the last step
  std::size_t n_derivatives_ = 0;
  double factored_gamma_ = 0.0, factored_time_ = 0.0;
  long factorizations_ = 0, linear_solves_ = 0;
  Work banked_;
};

}  // namespace

std::unique_ptr<Stepper> make_cvode(const core::System& system, Tolerances tolerances, Limits limits) {
  return std::make_unique<Cvode>(system, std::move(tolerances), limits);
}

}  // namespace poultice::solvers
