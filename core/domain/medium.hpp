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
        activation_(0, width),
        reference_temperature_(0, width),
        warming_(static_cast<std::size_t>(layout.n_cell_rows()), unwarmed) {}

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
  void resistance(Index row, LaneView controls, double* out) const {
    Resistances(*this, controls).find(row, out);
  }

  /// Half resistances at the temperatures that `controls` holds. Rows of one layer follow temperature alike:
  /// the last factor is kept for the next row.
  class Resistances {
   public:
    Resistances(const Medium& medium, LaneView controls);
    /// out [lane] = the half resistance [s/m^3] of a row.
    void find(Index row, double* out);

   private:
    const Medium& medium_;
    LaneView controls_;
    Index warming_ = unwarmed;
    LaneArray factor_;
  };

 private:
  static constexpr Index unwarmed = -1;  // temperature has no effect

  LaneArray capacity_, half_resistance_;
  LaneArray activation_, reference_temperature_;  // [warming][lane], in the order of `temperature_`
  std::vector<Control> temperature_;
  std::vector<Index> warming_;  // per row
};

}  // namespace poultice::core
