#pragma once

#include <functional>
#include <memory>

#include "solvers/time/integrator.hpp"
#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// Integrates linear systems by contour integrals: exp(tA) m is the inverse Laplace transform of the
/// resolvent (zI - A)^-1 m, and some fifty nodes z serve all times of a stretch at once (see Window). Costs
/// no steps, however stiff the system, and errs by some 1e-13 of the amounts; ill posed for nonlinear
/// systems.
///
/// - Stretches with few times to look at are stepped through by the rational exponential.
/// - Where the spectrum is not known to be real, start and end of the stretch are compared with the rational
///   exponential; where these differ `fallback` takes the stretch.
/// - Where stretches differ from lane to lane all lanes still share the nodes. What a lane has to look at
/// less
///   than half a spacing after its beginning, and the end of a stretch as short, is had by the rational
///   exponential, so that it does not widen the window for all.
///
/// `system` must outlive it. `seen(time)` is called at the end of each stretch; may be null.
[[nodiscard]] std::unique_ptr<Integrator> make_contour(const core::System& system, const Limits& limits,
                                                       std::unique_ptr<Integrator> fallback,
                                                       std::function<void(double)> seen = {});

/// The error that contours are made for, relative to the amounts.
inline constexpr double contour_tolerance = 1e-13;

}  // namespace poultice::solvers
