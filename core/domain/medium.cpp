#include "core/domain/medium.hpp"

#include <algorithm>
#include <cmath>

namespace poultice::core {

void Medium::follow_temperature(Index row, Control control, const double* activation,
                                const double* reference) {
  temperature_[static_cast<std::size_t>(row)] = control;
  std::copy_n(activation, activation_.width(), activation_[row]);
  std::copy_n(reference, activation_.width(), reference_temperature_[row]);
}

void Medium::resistance(Index row, LaneView controls, double* out) const {
  const Index width = half_resistance_.width();
  const double* at_reference = half_resistance_[row];
  const Control control = temperature_[static_cast<std::size_t>(row)];
  if (control.index < 0) {
    std::copy_n(at_reference, width, out);
    return;
  }
  for (Index lane = 0; lane < width; ++lane) {
    const double difference = 1.0 / controls(control.index, lane) - 1.0 / reference_temperature_(row, lane);
    out[lane] = at_reference[lane] * std::exp(activation_(row, lane) * difference);
  }
}

}  // namespace poultice::core
