#include "solvers/run/integrator_choice.hpp"

#include <utility>

#include "core/base/error.hpp"
#include "solvers/contour/contour.hpp"
#include "solvers/time/cvode.hpp"
#include "solvers/time/rosenbrock.hpp"
#include "solvers/time/stepping.hpp"

namespace poultice::solvers {

std::unique_ptr<Integrator> make_integrator(std::string_view choice, const core::System& system,
                                            Tolerances tolerances, const Limits& limits,
                                            std::function<void(double)> seen) {
  const bool is_linear = system.is_linear();
  if (choice == "contour" && !is_linear)
    throw core::ModelError(
        "solver",
        "integrator = \"contour\" serves linear studies only; this one has the nonlinear term " +
            system.term_names().back(),
        "take \"automatic\"");
  if (choice == "rosenbrock" || (choice == "automatic" && !is_linear))
    return make_stepping(system, make_rosenbrock(system, std::move(tolerances), limits), std::move(seen));
  auto cvode = make_stepping(system, make_cvode(system, std::move(tolerances), limits), seen);
  if (choice == "cvode") return cvode;
  return make_contour(system, limits, std::move(cvode), std::move(seen));
}

}  // namespace poultice::solvers
