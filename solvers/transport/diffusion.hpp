#pragma once

#include <optional>
#include <vector>

#include "core/domain/medium.hpp"
#include "core/system/term.hpp"

namespace poultice::solvers {

/// A face between two cells through which substances diffuse.
struct Face {
  core::Index a, b;  ///< cells; flow from a to b counts positive
  /// Resistance of the face itself besides the two half cells (a membrane) [s/m^3 of reference phase],
  /// [1][lane].
  std::optional<core::LaneArray> extra_resistance{};
  /// Control that opens (1) and closes (0) the face.
  std::optional<core::Control> gate{};
  struct Counter {
    core::Index species;
    core::Accumulator total;
  };
  /// Totals of what passes from a to b.
  std::vector<Counter> counters{};
};

/// Diffusion across faces, driven by the potential u = c/K = amount/capacity: flow = G (u_a - u_b) with the
/// series conductance G = 1/(R_a + R_extra + R_b) of the half cells. The potential is continuous across
/// layers, so jumps of partition are exact and nothing is lost at an interface; second order in space on
/// smoothly graded cells.
class Diffusion final : public core::LinearTerm {
 public:
  /// `medium` must outlive the term.
  Diffusion(std::string name, const core::Medium& medium, std::vector<Face> faces);
  void assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan forcing) const override;

 private:
  const core::Medium& medium_;
  std::vector<Face> faces_;
};

/// The faces inside a chain of cells.
[[nodiscard]] std::vector<Face> chain_faces(core::Field field);

}  // namespace poultice::solvers
