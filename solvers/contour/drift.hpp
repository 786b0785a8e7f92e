#pragma once

#include "core/system/system.hpp"

namespace poultice::solvers {

/// What needs no contour of a forced system, or of any: state = steady + slope * t + what the rest does,
/// which starts at start - steady and is driven by `forcing`.
///
/// - Totals that nothing flows into keep what they have, to the last bit.
/// - What a constant forcing drives cells and compartments to is taken out: the transform of what grows with
///   time has a double pole at zero, where contours lose three digits, and a donor held at the surface
///   supplies and takes back many times what goes through.
/// - Where a compartment fills up and hardly empties, its steady state would dwarf what there is. Then only
///   the cells' is taken out, with compartments kept empty, and what flows into these and into totals drives
///   them. Where cells themselves only fill up, nothing is taken out.
struct Drift {
  core::LaneArray steady;   ///< [row][lane], mol
  core::LaneArray slope;    ///< [row][lane], mol/s; of totals
  core::LaneArray forcing;  ///< [row][lane], mol/s; what is left of it
};

/// The drift of a system that starts from `start` [row][lane] over `length` [s].
[[nodiscard]] Drift drift_of(const core::System& system, core::LaneView start, double length);

}  // namespace poultice::solvers
