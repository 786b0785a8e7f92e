#include "solvers/run/integrator_choice.hpp"

#include <utility>

#include "core/base/error.hpp"
#include "solvers/contour/contour.hpp"
#include "solvers/time/cvode.hpp"
#include "solvers/time/stepping.hpp"

namespace poultice::solvers {

std::unique_ptr<Integrator> make_integrator(std::string_view choice, const core::System& system,
                                            Tolerances tolerances, const Limits& limits,
                                            std::function<void(double)> seen) {
  const bool is_linear = system.is_linear();
  if (choice == "contour" && !is_linear)
    throw core::ModelError("solver", "integrator = \"contour\" serves linear studies only; this one has the "
                                     "nonlinear term " + system.term_names().back());
  auto cvode = make_stepping(system, make_cvode(system, std::move(tolerances), limits), seen);
  if (choice == "cvode" || !is_linear) return cvode;
  return make_contour(system, limits, std::move(cvode), std::move(seen));
}

}  // namespace poultice::solvers
