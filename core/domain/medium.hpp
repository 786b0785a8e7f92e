#pragma once

#include <limits>
#include <vector>

#include "core/system/state_layout.hpp"

namespace poultice::core {

/// What diffusion needs to know of each cell, per species and lane. With the potential u = c/K =
/// amount/capacity, continuous across layers, a jump in partition is only a jump in capacity.
class Medium {
 public:
  Medium(const StateLayout& layout, Index width)
      : capacity_(layout.n_cell_rows(), width, 1.0),
        half_resistance_(layout.n_cell_rows(), width, std::numeric_limits<double>::infinity()),
        activation_(layout.n_cell_rows(), width, 0.0),
        reference_temperature_(layout.n_cell_rows(), width, 1.0),
        temperature_(static_cast<std::size_t>(layout.n_cell_rows()), Control{-1}) {}

  /// K * V [m^3]: amount [mol] over capacity is the potential [mol/m^3 of the reference phase].
  [[nodiscard]] LaneArray& capacity() noexcept { return capacity_; }
  [[nodiscard]] const LaneArray& capacity() const noexcept { return capacity_; }
  /// From the cell's centre to its face, at the reference temperature: dx / (2 D K A) [s/m^3]. Infinite until
  /// somebody says more: a substance stays out of what it was given no way into.
  [[nodiscard]] LaneArray& half_resistance() noexcept { return half_resistance_; }

  /// Lets the diffusivity of a row follow the temperature [K] in `control`: D = D_ref exp(-E/R (1/T -
  /// 1/T_ref)). `activation` is E/R [K] and `reference` is T_ref [K], per lane.
  void follow_temperature(Index row, Control control, const double* activation, const double* reference);
  /// The half resistance [s/m^3] of a row at the temperature that `controls` holds.
  void resistance(Index row, LaneView controls, double* out) const;

 private:
  LaneArray capacity_, half_resistance_, activation_, reference_temperature_;
  std::vector<Control> temperature_;  // per row; index -1: temperature has no effect
};

}  // namespace poultice::core
