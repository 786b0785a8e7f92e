#pragma once

#include <memory>

#include "core/system/system.hpp"

/// Processes for tests of what does not care which processes there are.
namespace poultice::core::testing {

/// First-order transfer whose rate [1/s] is a control.
class GatedTransfer final : public LinearTerm {
 public:
  GatedTransfer(Index from, Index to, Control rate)
      : LinearTerm("gated transfer", TermKind::exchange), from_(from), to_(to), rate_(rate) {}
  void assemble(LaneView controls, RateMatrix& matrix, LaneSpan) const override {
    matrix.transfer(from_, to_, controls[rate_.index]);
  }

 private:
  Index from_, to_;
  Control rate_;
};

/// A constant rate [mol/s] into a row.
class Supply final : public LinearTerm {
 public:
  Supply(Index to, double rate) : LinearTerm("supply", TermKind::source), to_(to), rate_(rate) {}
  void assemble(LaneView, RateMatrix&, LaneSpan forcing) const override {
    for (Index lane = 0; lane < forcing.width(); ++lane) forcing(to_, lane) += rate_;
  }

 private:
  Index to_;
  double rate_;
};

/// Two species of a cell become a third: rate k a b.
class Binding final : public NonlinearTerm {
 public:
  Binding(Index a, Index b, Index product, double k)
      : NonlinearTerm("binding", TermKind::reaction), a_(a), b_(b), product_(product), k_(k) {}
  void add_rates(const double*, LaneView, LaneView state, LaneSpan rate) const override {
    for (Index lane = 0; lane < rate.width(); ++lane) {
      const double v = k_ * state(a_, lane) * state(b_, lane);
      rate(a_, lane) -= v, rate(b_, lane) -= v, rate(product_, lane) += v;
    }
  }
  void add_jacobian(const double*, LaneView, LaneView state, RateMatrix& matrix) const override {
    LaneArray by_a(1, matrix.width()), by_b(1, matrix.width());
    for (Index lane = 0; lane < matrix.width(); ++lane)
      by_a(0, lane) = k_ * state(b_, lane), by_b(0, lane) = k_ * state(a_, lane);
    for (const Index row : {a_, b_, product_}) {
      const double sign = row == product_ ? 1.0 : -1.0;
      matrix.add(row, a_, by_a[0], sign);
      matrix.add(row, b_, by_b[0], sign);
    }
  }

 private:
  Index a_, b_, product_;
  double k_;
};

/// Saturable uptake from a row into a compartment or total: vmax x / (km + x), faster as time goes by if told
/// so.
class SaturableUptake final : public NonlinearTerm {
 public:
  SaturableUptake(Index from, Index to, double vmax, double km, double growth = 0.0)
      : NonlinearTerm("saturable uptake", TermKind::exchange),
        from_(from),
        to_(to),
        vmax_(vmax),
        km_(km),
        growth_(growth) {}
  void add_rates(const double* time, LaneView, LaneView state, LaneSpan rate) const override {
    for (Index lane = 0; lane < rate.width(); ++lane) {
      const double x = state(from_, lane), v = vmax_ * (1.0 + growth_ * time[lane]) * x / (km_ + x);
      rate(from_, lane) -= v, rate(to_, lane) += v;
    }
  }
  void add_jacobian(const double* time, LaneView, LaneView state, RateMatrix& matrix) const override {
    LaneArray slope(1, matrix.width());
    for (Index lane = 0; lane < matrix.width(); ++lane) {
      const double sum = km_ + state(from_, lane);
      slope(0, lane) = vmax_ * (1.0 + growth_ * time[lane]) * km_ / (sum * sum);
    }
    matrix.add(from_, from_, slope[0], -1.0);
    matrix.add(to_, from_, slope[0], 1.0);
  }

 private:
  Index from_, to_;
  double vmax_, km_, growth_;
};

}  // namespace poultice::core::testing
