#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "solvers/time/integrator.hpp"
#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// The integrator that `solver.integrator` asks for; "automatic" takes the fastest that serves the system.
/// Throws ModelError where the one asked for does not serve it. `seen(time)` is called now and then.
[[nodiscard]] std::unique_ptr<Integrator> make_integrator(std::string_view choice, core::System& system,
                                                          Tolerances tolerances, const Limits& limits,
                                                          std::function<void(double)> seen);

}  // namespace poultice::solvers
