#pragma once

#include <memory>

#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// CVODE's backward differentiation formulas on a block of members in one instance, with our own vectors and
/// linear solver. The reference among the integrators: it serves every system. `system` must outlive it, and
/// its settings may only change before start().
[[nodiscard]] std::unique_ptr<Stepper> make_cvode(const core::System& system, Tolerances tolerances,
                                                  Limits limits);

}  // namespace poultice::solvers
