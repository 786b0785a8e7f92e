#pragma once

#include "core/system/system.hpp"
#include "solvers/contour/resolvent.hpp"

namespace poultice::solvers {

/// What a constant forcing drives a system to: state = steady + slope * t + what dies away. Taken out before
/// the contour, since the transform of a total that grows with time has a double pole at zero, where contours
/// lose three digits.
struct Drift {
  bool is_any = false;
  core::LaneArray steady;  ///< [row][lane], mol; zero for totals
  core::LaneArray slope;   ///< [row][lane], mol/s; of totals only
};

/// The drift of a forced system; none where it is not forced, or where something fills up that hardly
/// empties: over `length` [s] its steady state would dwarf what there is.
[[nodiscard]] Drift drift_of(const core::System& system, core::LaneView start, double length);

}  // namespace poultice::solvers
