#pragma once

#include "core/system/rate_matrix.hpp"

namespace poultice::solvers {

/// Whether the spectrum of a matrix of first-order transfers is known to be real: around every cycle of rows
/// the rates one way multiply to those the other way (Kolmogorov's criterion), as in diffusion, where a
/// diagonal scaling makes the matrix symmetric. One-way steps are in no cycle. True only if so in every lane.
[[nodiscard]] bool has_real_spectrum(const core::RateMatrix& matrix);

}  // namespace poultice::solvers
