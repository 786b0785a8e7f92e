#pragma once

#include <memory>

#include "solvers/time/rosenbrock_tableau.hpp"
#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// A Rosenbrock method on a block of members: linear solves with one matrix per step, no iteration. L-stable
/// and stiffly accurate; linear invariants stay to round-off, between steps too. A step is accepted when it
/// passes every member's own error test, the root mean square over rows as in CVODE. `system` must outlive
/// it, and its settings may only change before start(). A method for linear systems needs one.
[[nodiscard]] std::unique_ptr<Stepper> make_rosenbrock(const core::System& system, Tolerances tolerances,
                                                       Limits limits,
                                                       RosenbrockMethod method = RosenbrockMethod::automatic);

}  // namespace poultice::solvers
