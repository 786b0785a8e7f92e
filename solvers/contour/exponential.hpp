#pragma once

#include <memory>

#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// Steps of any length through the rational exponential of Cram: eight resolvents each. For linear systems
/// whose spectrum lies on or near the negative real axis; exact to some 1e-15 of the amounts there. `system`
/// must outlive it.
[[nodiscard]] std::unique_ptr<Stepper> make_exponential(const core::System& system, const Limits& limits);

}  // namespace poultice::solvers
