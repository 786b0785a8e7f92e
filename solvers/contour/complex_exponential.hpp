#pragma once

#include <complex>

#include "core/system/lane_array.hpp"

namespace poultice::solvers {

/// exp(z t) for `n` times: real parts to `re`, imaginary parts to `im`. To a few roundings of z t, as
/// std::exp has it, for |Im(z t)| below a million; several at once, which std::exp is not.
void exponentials(std::complex<double> z, const double* times, core::Index n, double* re, double* im);

}  // namespace poultice::solvers
