#include "solvers/contour/exponential.hpp"

#include <algorithm>
#include <vector>

#include "core/base/error.hpp"
#include "solvers/contour/cram.hpp"

namespace poultice::solvers {

using core::Index;

namespace {

/// [s]: no time at all, but one that may be divided by.
constexpr double least_length = 1e-25;

ComplexPack everywhere(std::complex<double> c) { return {in_all_lanes(c.real()), in_all_lanes(c.imag())}; }

}  // namespace

void Exponential::start(double time, core::LaneView state, double stop) {
  start(time, state, system_.forcing());
  stop_ = stop;
}

void Exponential::start(double time, core::LaneView state, core::LaneView forcing) {
  resolvent_.emplace(system_, forcing);
  std::copy_n(state.data(), state.size(), state_.span().data());
  time_ = time;
  ++work_.restarts;
}

void Exponential::check_time() {
  if (guard_.is_in_time()) return;
  if (guard_.was_interrupted()) throw core::Interrupted(time_);
  throw core::IntegrationError(time_, guard_.reason(), guard_.hint());
}

void Exponential::advance(double time, core::LaneSpan state) {
  check_time();
  if (time > time_) step(time - time_);
  time_ = time;
  std::copy_n(state_.view().data(), state.size(), state.data());
}

void Exponential::step(double length) {
  // The forcing is one more row, which stays 1 and feeds the others.
  double one = 1.0;
  for (std::size_t i = 0; i < Cram::n_poles; ++i) {
    const auto z = Cram::poles[i] / length, factor = -2.0 * Cram::residues[i] / length;
    const auto forced = one / z;
    const Index width = state_.width();
    const auto add = [&](const auto& access, Index n_lanes) {
      add_pole(access, n_lanes, everywhere(z), everywhere(forced), everywhere(factor), state_.view(),
               state_.span());
    };
    Index lane = 0;
    for (; lane + TwinPack::size <= width; lane += TwinPack::size) add(AcrossMembers{lane}, TwinPack::size);
    for (; lane < width; ++lane) add(AcrossNodes{lane}, 1);
    one += (factor * forced).real();
    work_.linear_solves += resolvent_->n_solves();
    ++work_.factorizations;
  }
  for (Index i = 0; i < state_.view().size(); ++i) state_.span().data()[i] *= Cram::limit;
  ++work_.steps;
}

void Exponential::interpolate(const double* times, core::LaneSpan state) {
  check_time();
  const Index width = state_.width();
  std::copy_n(state_.view().data(), state.size(), state.data());
  std::vector<double> one(static_cast<std::size_t>(width), 1.0);
  for (std::size_t i = 0; i < Cram::n_poles; ++i) {
    // Packs of what differs from lane to lane, from `lane` on.
    const auto add = [&](const auto& access, Index lane, Index n_lanes) {
      ComplexPack z = everywhere(Cram::poles[i]), forced = everywhere(1.0), factor = everywhere(0.0);
      for (Index k = 0; k < n_lanes; ++k) {
        auto& first = one[static_cast<std::size_t>(lane + k)];
        const double length = std::max(times[lane + k] - time_, least_length);
        const auto pole = Cram::poles[i] / length, weight = -2.0 * Cram::residues[i] / length;
        const auto driven = first / pole;
        z.re.set(k, pole.real()), z.im.set(k, pole.imag());
        forced.re.set(k, driven.real()), forced.im.set(k, driven.imag());
        factor.re.set(k, weight.real()), factor.im.set(k, weight.imag());
        first += (weight * driven).real();
      }
      add_pole(access, n_lanes, z, forced, factor, state, state);
    };
    Index lane = 0;
    for (; lane + TwinPack::size <= width; lane += TwinPack::size)
      add(AcrossMembers{lane}, lane, TwinPack::size);
    for (; lane < width; ++lane) add(AcrossNodes{lane}, lane, 1);
    work_.linear_solves += resolvent_->n_solves();
    ++work_.factorizations;
  }
  for (Index i = 0; i < state.size(); ++i) state.data()[i] *= Cram::limit;
  ++work_.steps;
}

/// to += Re(factor x) of one pole, for `n_lanes` lanes from that of `access` on.
template <class Access>
void Exponential::add_pole(const Access& access, Index n_lanes, const ComplexPack& z,
                           const ComplexPack& forced, const ComplexPack& factor, core::LaneView from,
                           core::LaneSpan to) {
  resolvent_->solve(access, z, from, forced);
  for (Index row = 0; row < to.rows(); ++row) {
    const auto& x = (*resolvent_)[row];
    const TwinPack change = factor.re * x.re - factor.im * x.im;
    double* amount = to[row] + access.lane;
    for (Index i = 0; i < n_lanes; ++i) amount[i] += change[i];
  }
}

}  // namespace poultice::solvers
