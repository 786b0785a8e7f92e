#include "solvers/reaction/saturable_binding.hpp"

#include <utility>

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;

SaturableBinding::SaturableBinding(std::string name, std::vector<Binding> bindings)
    : NonlinearTerm(std::move(name), core::TermKind::exchange), bindings_(std::move(bindings)) {
  if (!bindings_.empty()) slopes_ = core::LaneArray(2, bindings_.front().capacity.width());
}

void SaturableBinding::add_rates(const double*, core::LaneView, core::LaneView state,
                                 core::LaneSpan rate) const {
  core::with_width(rate.width(), [&](auto width) {
    for (const auto& binding : bindings_) {
      const double* free = state[binding.free];
      const double* bound = state[binding.bound];
      const double* association = binding.association[0];
      const double* dissociation = binding.dissociation[0];
      const double* capacity = binding.capacity[0];
      double* rate_free = rate[binding.free];
      double* rate_bound = rate[binding.bound];
      core::for_lanes(width, [&](Index lane) {
        const double taken = bound[lane] / capacity[lane];
        const double moved =
            association[lane] * free[lane] * (1.0 - taken) - dissociation[lane] * bound[lane];
        rate_free[lane] -= moved;
        rate_bound[lane] += moved;
      });
    }
  });
}

void SaturableBinding::add_jacobian(const double*, core::LaneView, core::LaneView state,
                                    core::RateMatrix& matrix) const {
  for (const auto& binding : bindings_) {
    core::with_width(matrix.width(), [&](auto width) {
      const double* free = state[binding.free];
      const double* bound = state[binding.bound];
      const double* association = binding.association[0];
      const double* dissociation = binding.dissociation[0];
      const double* capacity = binding.capacity[0];
      double *binds = slopes_[0], *leaves = slopes_[1];
      core::for_lanes(width, [&](Index lane) {
        binds[lane] = association[lane] * (1.0 - bound[lane] / capacity[lane]);
        leaves[lane] = dissociation[lane] + association[lane] * free[lane] / capacity[lane];
      });
    });
    matrix.transfer(binding.free, binding.bound, slopes_[0]);
    matrix.transfer(binding.bound, binding.free, slopes_[1]);
  }
}

}  // namespace poultice::solvers
