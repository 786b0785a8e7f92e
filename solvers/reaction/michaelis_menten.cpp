#include "solvers/reaction/michaelis_menten.hpp"

#include <cmath>
#include <utility>

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;

MichaelisMenten::MichaelisMenten(std::string name, const core::StateLayout& layout,
                                 std::vector<Conversion> conversions)
    : NonlinearTerm(std::move(name), core::TermKind::reaction), conversions_(std::move(conversions)) {
  for (const auto& conversion : conversions_)
    counters_.push_back(conversion.counter ? std::optional(layout.row(*conversion.counter)) : std::nullopt);
  if (!conversions_.empty()) slope_ = core::LaneArray(1, conversions_.front().volume.width());
}

void MichaelisMenten::add_rates(const double*, core::LaneView, core::LaneView state,
                                core::LaneSpan rate) const {
  core::with_width(rate.width(), [&](auto width) {
    for (std::size_t i = 0; i < conversions_.size(); ++i) {
      const auto& conversion = conversions_[i];
      const double* amount = state[conversion.substrate];
      const double* volume = conversion.volume[0];
      const double* fastest = conversion.maximum_rate[0];
      const double* K = conversion.michaelis_constant[0];
      double* lost = rate[conversion.substrate];
      double* gained = rate[conversion.product];
      double* counted = counters_[i] ? rate[*counters_[i]] : nullptr;
      core::for_lanes(width, [&](Index lane) {
        const double c = amount[lane] / volume[lane];
        const double converted = fastest[lane] * c / (K[lane] + std::abs(c));
        lost[lane] -= converted;
        gained[lane] += converted;
        if (counted != nullptr) counted[lane] += converted;
      });
    }
  });
}

void MichaelisMenten::add_jacobian(const double*, core::LaneView, core::LaneView state,
                                   core::RateMatrix& matrix) const {
  for (std::size_t i = 0; i < conversions_.size(); ++i) {
    const auto& conversion = conversions_[i];
    core::with_width(matrix.width(), [&](auto width) {
      const double* amount = state[conversion.substrate];
      const double* volume = conversion.volume[0];
      const double* fastest = conversion.maximum_rate[0];
      const double* K = conversion.michaelis_constant[0];
      double* slope = slope_[0];
      core::for_lanes(width, [&](Index lane) {
        const double sum = K[lane] + std::abs(amount[lane] / volume[lane]);
        slope[lane] = fastest[lane] / volume[lane] * K[lane] / (sum * sum);
      });
    });
    matrix.transfer(conversion.substrate, conversion.product, slope_[0]);
    if (counters_[i]) matrix.count(*counters_[i], conversion.substrate, slope_[0], 1.0);
  }
}

}  // namespace poultice::solvers
