#include "solvers/time/rosenbrock_stages.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/time/rosenbrock_kernels.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;
using core::LaneSpan;
using core::LaneView;

namespace {

bool is_finite(LaneView values) {
  const auto nothing = [&](Index i, auto& value) {
    load(value, values.data() + i);
    value *= 0.0;
  };
  return sum_of(values.size(), nothing) == 0.0;
}

Index first_not_finite(LaneView values) {
  for (Index i = 0; i < values.size(); ++i)
    if (!std::isfinite(values.data()[i])) return i / values.width();
  return 0;
}

// Of the step: rounding in the rates' difference and the slope's own change are both far below the tolerance.
constexpr double slope_reach = 0x1p-20;

}  // namespace

RosenbrockStages::RosenbrockStages(const core::System& system, const RosenbrockTableau& tableau,
                                   ProgressGuard& guard, Work& work)
    : system_(system),
      tableau_(tableau),
      guard_(guard),
      work_(work),
      solver_(system.layout(), system.width()),
      first_rate_(system.n_rows(), system.width()),
      rate_(system.n_rows(), system.width()) {
  for (std::size_t i = 0; i < tableau.stages; ++i) stages_.emplace_back(system.n_rows(), system.width());
  if (tableau.is_chain) return;
  time_slope_ = LaneArray(system.n_rows(), system.width());
  argument_ = LaneArray(system.n_rows(), system.width());
}

void RosenbrockStages::renew() {
  factored_step_ = 0.0;
  jacobian_ = nullptr;
  const auto forcing = system_.forcing();
  has_forcing_ =
      std::any_of(forcing.data(), forcing.data() + forcing.size(), [](double b) { return b != 0.0; });
}

RosenbrockStages::Outcome RosenbrockStages::rates(double time, LaneView state, LaneSpan rate) {
  if (!guard_.may_go_on(time)) return Outcome::must_end;
  system_.rates(time, state, rate);
  ++work_.rate_evaluations;
  if (is_finite(rate)) {
    guard_.note_finite(time);
    return Outcome::done;
  }
  guard_.note_not_finite(first_not_finite(rate), time);
  return Outcome::not_finite;
}

RosenbrockStages::Outcome RosenbrockStages::prepare(double time, LaneView state, double step) {
  time_ = time;
  state_ = state;
  if (jacobian_ == nullptr || !system_.is_linear()) {
    jacobian_ = &system_.jacobian(time, state, store_);
    factored_step_ = 0.0;
  }
  if (tableau_.is_chain) return Outcome::done;
  if (const auto outcome = rates(time, state, first_rate_.span()); outcome != Outcome::done) return outcome;
  depends_on_time_ = false;
  if (system_.is_linear()) return Outcome::done;
  const double least = 4.0 * (std::nextafter(time, 2.0 * time + 1.0) - time);
  const double reach = std::min(std::max(slope_reach * step, least), step);
  if (const auto outcome = rates(time + reach, state, rate_.span()); outcome != Outcome::done) return outcome;
  WeightedSum slope;
  slope.add(1.0 / reach, rate_.view());
  slope.add(-1.0 / reach, first_rate_.view());
  assign(slope, time_slope_.span());
  const double* slopes = time_slope_.view().data();
  depends_on_time_ = sum_of(rate_.view().size(), [&](Index i, auto& square) {
                       load(square, slopes + i);
                       square *= square;
                     }) > 0.0;
  return Outcome::done;
}

RosenbrockStages::Outcome RosenbrockStages::compute(double step) {
  if (factored_step_ != step) {
    solver_.factor(*jacobian_, tableau_.gamma * step);
    factored_step_ = step;
    ++work_.factorizations;
  }
  return tableau_.is_chain ? compute_chain(step) : compute_tableau(step);
}

void RosenbrockStages::solve(LaneArray& x) {
  solver_.solve(x.span());
  ++work_.linear_solves;
}

RosenbrockStages::Outcome RosenbrockStages::compute_chain(double step) {
  // U_1 = (I - gamma h A)^-1 (y + gamma h b) - y equals (I - gamma h A)^-1 gamma h (A y + b), without a rate.
  auto& first = stages_[0];
  const Index size = state_.size();
  if (has_forcing_) {
    WeightedSum forcing;
    forcing.add(tableau_.gamma * step, system_.forcing());
    add_to(state_, forcing, first.span());
  } else {
    std::copy_n(state_.data(), size, first.span().data());
  }
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    if (!guard_.may_go_on(time_)) return Outcome::must_end;
    if (i > 0) std::copy_n(stages_[i - 1].view().data(), size, stages_[i].span().data());
    solve(stages_[i]);
    if (i > 0) continue;
    WeightedSum minus_state;
    minus_state.add(-1.0, state_);
    add_to(first.view(), minus_state, first.span());
  }
  return Outcome::done;
}

RosenbrockStages::Outcome RosenbrockStages::compute_tableau(double step) {
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    if (i > 0) {
      set_argument(i);
      const auto outcome = rates(time_ + tableau_.alpha[i] * step, argument_.view(), rate_.span());
      if (outcome != Outcome::done) return outcome;
    }
    set_right_side(i, step);
    solve(stages_[i]);
  }
  return Outcome::done;
}

void RosenbrockStages::set_argument(std::size_t i) {
  // The last stages of a stiffly accurate method repeat the weights of the one before and add that itself.
  auto grown = tableau_.a[i - 1];
  grown[i - 1] = 1.0;
  WeightedSum sum;
  if (i > 1 && tableau_.a[i] == grown) {
    sum.add(1.0, stages_[i - 1].view());
    return add_to(argument_.view(), sum, argument_.span());
  }
  for (std::size_t j = 0; j < i; ++j) sum.add(tableau_.a[i][j], stages_[j].view());
  add_to(state_, sum, argument_.span());
}

void RosenbrockStages::set_right_side(std::size_t i, double step) {
  WeightedSum sum;
  sum.add(tableau_.gamma * step, i == 0 ? first_rate_.view() : rate_.view());
  for (std::size_t j = 0; j < i; ++j) sum.add(tableau_.gamma * tableau_.c[i][j], stages_[j].view());
  if (depends_on_time_) sum.add(tableau_.gamma * step * step * tableau_.d[i], time_slope_.view());
  assign(sum, stages_[i].span());
}

}  // namespace poultice::solvers
