#pragma once

#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::solvers {

/// Orders members so that each `width` that follow one another lie close in several coordinates at once:
/// halves them again and again where they spread furthest, at a multiple of the width, and leaves those of
/// one block in the order they came in. `coordinates` [which][member]; returns places in these. The same
/// for the same numbers.
[[nodiscard]] std::vector<core::Index> neighbours_together(
    const std::vector<std::vector<double>>& coordinates, core::Index n_members, core::Index width);

}  // namespace poultice::solvers
