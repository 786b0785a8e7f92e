#pragma once

#include <optional>
#include <vector>

#include "core/system/term.hpp"

namespace poultice::solvers {

/// What an enzyme turns into something else, in one place. Volume and Michaelis constant are positive.
struct Conversion {
  core::Index substrate, product;  ///< rows: two species of one cell, or rows that RateMatrix::transfer links
  /// [1][lane], m^3: amount over this volume is the free concentration that the enzyme sees (volume of tissue
  /// times 1 + bound/free).
  core::LaneArray volume;
  core::LaneArray maximum_rate;                ///< [1][lane], mol/s in this place
  core::LaneArray michaelis_constant;          ///< [1][lane], mol/m^3
  std::optional<core::Accumulator> counter{};  ///< totals what is converted
};

/// Michaelis-Menten kinetics: rate = maximum_rate c / (K + |c|) with c the free concentration of the
/// substrate, first order where c is small and constant where it is large. The absolute value makes the rate
/// an odd function: round-off below zero is led back to zero and meets no pole at c = -K.
class MichaelisMenten final : public core::NonlinearTerm {
 public:
  /// `layout` says in which rows the counters are.
  MichaelisMenten(std::string name, const core::StateLayout& layout, std::vector<Conversion> conversions);
  void add_rates(const double* time, core::LaneView controls, core::LaneView state,
                 core::LaneSpan rate) const override;
  void add_jacobian(const double* time, core::LaneView controls, core::LaneView state,
                    core::RateMatrix& matrix) const override;

 private:
  std::vector<Conversion> conversions_;
  std::vector<std::optional<core::Index>> counters_;  // rows
  mutable core::LaneArray slope_;                     // [1]: a term is evaluated without allocating
};

}  // namespace poultice::solvers
