#pragma once

#include "solvers/run/result.hpp"

namespace poultice::solvers {

/// A result of two curves, one profile over two layers, two headlines and one event, with a scenario of one
/// invented model; computed by nobody, so that every number in it is known.
[[nodiscard]] Result sample_result();

}  // namespace poultice::solvers
