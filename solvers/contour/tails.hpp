#pragma once

#include "core/system/system.hpp"
#include "solvers/time/integrator.hpp"

namespace poultice::solvers {

/// How small a value may be, relative to what errors are relative to, before `refine_tails` takes it up:
/// there a contour for all times has three of its digits left.
inline constexpr double tail_threshold = 1e-10;

/// Works out anew what has only just begun: values that are zero where the stretch begins and, in the first
/// of its samples, still below `tail_threshold` of the dose, as the plasma concentration soon after a patch
/// is applied. A window of its own for each doubling of time, with more nodes than rounding allows for what
/// is as large as the dose, gives these relative to themselves: to some 1e-11 down to 1e-12 of the dose, to
/// 1e-7 at 1e-16.
///
/// `start` [row][lane] is the state at the beginning, and `stretch` has been integrated, so that its looks
/// are filled in. Only members and times that need it cost anything. Returns the solves that it took.
[[nodiscard]] Work refine_tails(const core::System& system, core::LaneView start, const Stretch& stretch);

}  // namespace poultice::solvers
