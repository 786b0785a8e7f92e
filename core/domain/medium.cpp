#include "core/domain/medium.hpp"

#include <algorithm>
#include <cmath>

#include "core/system/lane_loop.hpp"

namespace poultice::core {

void Medium::follow_temperature(Index row, Control control, const double* activation,
                                const double* reference) {
  const Index width = activation_.width(), last = activation_.rows() - 1;
  const bool is_as_before = last >= 0 && temperature_.back().index == control.index &&
                            std::equal(activation, activation + width, activation_[last]) &&
                            std::equal(reference, reference + width, reference_temperature_[last]);
  if (!is_as_before) {
    std::copy_n(activation, width, activation_[activation_.append()]);
    std::copy_n(reference, width, reference_temperature_[reference_temperature_.append()]);
    temperature_.push_back(control);
  }
  warming_[static_cast<std::size_t>(row)] = activation_.rows() - 1;
}

Medium::Resistances::Resistances(const Medium& medium, LaneView controls)
    : medium_(medium), controls_(controls), factor_(1, medium.half_resistance_.width()) {}

void Medium::Resistances::find(Index row, double* out) {
  const Index width = factor_.width(), warming = medium_.warming_[static_cast<std::size_t>(row)];
  const double* at_reference = medium_.half_resistance_[row];
  if (warming == unwarmed) {
    std::copy_n(at_reference, width, out);
    return;
  }
  double* factor = factor_[0];
  if (warming != warming_) {
    const double* temperature = controls_[medium_.temperature_[static_cast<std::size_t>(warming)].index];
    for (Index lane = 0; lane < width; ++lane) {
      const double difference = 1.0 / temperature[lane] - 1.0 / medium_.reference_temperature_(warming, lane);
      factor[lane] = std::exp(medium_.activation_(warming, lane) * difference);
    }
    warming_ = warming;
  }
  for_lanes(width, [&](Index lane) { out[lane] = at_reference[lane] * factor[lane]; });
}

}  // namespace poultice::core
