#pragma once

#include "solvers/time/observation.hpp"

namespace poultice::solvers {

/// How much there is at the start of a stretch, or comes from outside in the course of it: what errors of a
/// contour are relative to. [1][lane], mol. `start` [row][lane], mol; `forcing` [row][lane], mol/s;
/// `length` [s].
[[nodiscard]] core::LaneArray dose_of(core::LaneView start, core::LaneView forcing, double length);

/// What each observed value would be if the whole dose were where it weighs most [value][lane]: in the unit
/// of the value, or, of a rate, that of the value times a second.
[[nodiscard]] core::LaneArray scales_of(const Observation& what, const core::LaneArray& dose);

}  // namespace poultice::solvers
