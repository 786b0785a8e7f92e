#include "solvers/run/integrator_choice.hpp"

#include <functional>
#include <utility>

#include "core/base/error.hpp"
#include "solvers/contour/contour.hpp"
#include "solvers/time/cvode.hpp"
#include "solvers/time/rosenbrock.hpp"
#include "solvers/time/stepping.hpp"

namespace poultice::solvers {
namespace {

/// Made when first needed: room for the history of CVODE costs more than a short run by contours.
class Deferred final : public Integrator {
 public:
  explicit Deferred(std::function<std::unique_ptr<Integrator>()> make) : make_(std::move(make)) {}

  void integrate(const Stretch& stretch, core::LaneSpan state) override {
    if (made_ == nullptr) made_ = make_();
    made_->integrate(stretch, state);
  }
  [[nodiscard]] Work work() const override { return made_ == nullptr ? Work{} : made_->work(); }

 private:
  std::function<std::unique_ptr<Integrator>()> make_;
  std::unique_ptr<Integrator> made_;
};

}  // namespace

std::unique_ptr<Integrator> make_integrator(std::string_view choice, core::System& system,
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
  const auto cvode = [&system, limits, seen, tolerances = std::move(tolerances)] {
    return make_stepping(system, make_cvode(system, tolerances, limits), seen);
  };
  if (choice == "cvode") return cvode();
  return make_contour(system, limits, std::make_unique<Deferred>(cvode), seen);
}

}  // namespace poultice::solvers
