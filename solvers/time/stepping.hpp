#pragma once

#include <functional>
#include <memory>

#include "solvers/time/integrator.hpp"
#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// An integrator that goes by steps. It calls `seen(time)` at every time that is looked at; may be null.
/// `system` must outlive it.
[[nodiscard]] std::unique_ptr<Integrator> make_stepping(const core::System& system,
                                                        std::unique_ptr<Stepper> stepper,
                                                        std::function<void(double)> seen = {});

}  // namespace poultice::solvers
