#include "solvers/run/integrator_choice.hpp"

#include <utility>

#include "solvers/time/cvode.hpp"
#include "solvers/time/stepping.hpp"

namespace poultice::solvers {

std::unique_ptr<Integrator> make_integrator(std::string_view, const core::System& system,
                                            Tolerances tolerances, const Limits& limits,
                                            std::function<void(double)> seen) {
  return make_stepping(system, make_cvode(system, std::move(tolerances), limits), std::move(seen));
}

}  // namespace poultice::solvers
