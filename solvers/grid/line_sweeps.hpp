#pragma once

#include "solvers/grid/line_factor.hpp"

namespace poultice::solvers {

/// Solves along the rows of a plane [row][cell], `n_rows` lines that lie in memory one after the other, each
/// cell next to the one before.
void sweep_rows(const LineFactor& factor, core::Index n_rows, double* plane);

/// Solves along the columns of a plane [cell][line]: `n_lines` neighbouring lines.
void sweep_columns(const LineFactor& factor, core::Index n_lines, double* plane);

/// One step of either half of the same, for lines through many planes: this[line] takes in the plane before.
void eliminate(const LineFactor& factor, core::Index i, core::Index n_lines, const double* before,
               double* here);
void substitute(const LineFactor& factor, core::Index i, core::Index n_lines, const double* after,
                double* here);

}  // namespace poultice::solvers
