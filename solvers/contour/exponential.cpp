#include "solvers/contour/exponential.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "solvers/contour/cram.hpp"

namespace poultice::solvers {

using core::Index;

void Exponential::start(double time, core::LaneView state, double) { start(time, state, system_.forcing()); }

void Exponential::start(double time, core::LaneView state, core::LaneView forcing) {
  resolvent_.emplace(system_, forcing);
  std::copy_n(state.data(), state.size(), state_.span().data());
  time_ = time;
  ++work_.restarts;
}

void Exponential::advance(double time, core::LaneSpan state) {
  if (!guard_.is_in_time()) {
    if (guard_.was_interrupted()) throw core::Interrupted(time_);
    throw core::IntegrationError(time_, guard_.reason(), guard_.hint());
  }
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
    Index lane = 0;
    for (; lane + TwinPack::size <= width; lane += TwinPack::size)
      add_pole(AcrossMembers{lane}, TwinPack::size, z, forced, factor);
    for (; lane < width; ++lane) add_pole(AcrossNodes{lane}, 1, z, forced, factor);
    one += (factor * forced).real();
    work_.linear_solves += resolvent_->n_solves();
    ++work_.factorizations;
  }
  for (Index i = 0; i < state_.view().size(); ++i) state_.span().data()[i] *= Cram::limit;
  ++work_.steps;
}

template <class Access>
void Exponential::add_pole(const Access& access, Index n_lanes, std::complex<double> z,
                           std::complex<double> forced, std::complex<double> factor) {
  const auto pack = [](std::complex<double> c) {
    return ComplexPack{in_all_lanes(c.real()), in_all_lanes(c.imag())};
  };
  resolvent_->solve(access, pack(z), state_.view(), pack(forced));
  for (Index row = 0; row < state_.rows(); ++row) {
    const auto& x = (*resolvent_)[row];
    const TwinPack change = in_all_lanes(factor.real()) * x.re - in_all_lanes(factor.imag()) * x.im;
    double* amount = state_[row] + access.lane;
    for (Index i = 0; i < n_lanes; ++i) amount[i] += change[i];
  }
}

}  // namespace poultice::solvers
