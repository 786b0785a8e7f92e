#pragma once

#include "core/system/lane_array.hpp"

namespace poultice::solvers {

/// LU factors of a small dense matrix in each lane, in place, without pivoting: for the diagonally dominant
/// blocks of (I - gamma J). `a` holds the matrix row by row from row `first`; pivots are stored inverted.
void lane_lu_factor(core::LaneSpan a, core::Index first, core::Index n);

/// Solves with such factors; x holds the right-hand side in rows first_x ... first_x + n - 1 and is
/// overwritten.
void lane_lu_solve(core::LaneView a, core::Index first, core::Index n, core::LaneSpan x, core::Index first_x);

}  // namespace poultice::solvers
