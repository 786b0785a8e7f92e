#pragma once

#include <optional>
#include <vector>

#include "core/domain/medium.hpp"
#include "core/system/term.hpp"

namespace poultice::solvers {

/// A cell whose outer face touches a well-mixed compartment, or drains into a row that gives nothing back.
struct WettedFace {
  core::Index cell;
  core::Index species = 0;
  core::Index compartment;                    ///< row of the well-mixed amount, or of a running total
  std::optional<core::LaneArray> capacity{};  ///< K * V of the compartment [1][lane], m^3; none = a sink
  /// Resistance of the face itself besides the half cell [s/m^3 of reference phase], [1][lane].
  std::optional<core::LaneArray> extra_resistance{};
  std::optional<core::Control> gate{};       ///< opens (1) and closes (0) the face
  std::vector<core::Accumulator> inward{};   ///< totals of inward minus outward flow
  std::vector<core::Accumulator> outward{};  ///< totals of outward minus inward flow
};

/// Diffusion through such faces: (u_compartment - u_cell) / R, with R the half cell's resistance and what the
/// face adds. A finite donor above a tissue, a receptor below it.
class CompartmentFace final : public core::LinearTerm {
 public:
  /// `medium` must outlive the term.
  CompartmentFace(std::string name, const core::Medium& medium, std::vector<WettedFace> faces);
  void assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan forcing) const override;

 private:
  const core::Medium& medium_;
  std::vector<WettedFace> faces_;
};

}  // namespace poultice::solvers
