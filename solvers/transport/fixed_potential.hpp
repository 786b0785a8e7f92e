#pragma once

#include <optional>
#include <vector>

#include "core/domain/medium.hpp"
#include "core/system/term.hpp"

namespace poultice::solvers {

/// A cell whose outer face is held at a potential: an infinite donor (u0 > 0) or a sink (u0 = 0). What passes
/// inward through the face is totalled.
struct HeldFace {
  core::Index cell;
  core::Index species = 0;
  std::optional<core::Control> potential{};  ///< u0 [mol/m^3 of reference phase]; none = 0, a sink
  std::optional<core::Control> gate{};       ///< opens (1) and closes (0) the face
  std::vector<core::Accumulator> inward{};   ///< totals of inward minus outward flow
  std::vector<core::Accumulator> outward{};  ///< totals of outward minus inward flow
};

/// Flow through such faces: (u0 - u) / R with the resistance R of the half cell between the face and the
/// centre.
class FixedPotential final : public core::LinearTerm {
 public:
  /// `medium` must outlive the term.
  FixedPotential(std::string name, const core::Medium& medium, std::vector<HeldFace> faces);
  void assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan forcing) const override;

 private:
  const core::Medium& medium_;
  std::vector<HeldFace> faces_;
};

}  // namespace poultice::solvers
