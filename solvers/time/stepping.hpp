#pragma once

#include <functional>
#include <memory>

#include "solvers/time/integrator.hpp"
#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// An integrator that goes by steps. It calls `seen(time)` at every time that is looked at; may be null.
/// `system` must outlive it. Where a stretch differs from lane to lane, all lanes go through theirs side by
/// side, each at its own pace: the steps are those of the lane that needs the smallest part of its stretch,
/// and the system is left at that pace.
[[nodiscard]] std::unique_ptr<Integrator> make_stepping(core::System& system,
                                                        std::unique_ptr<Stepper> stepper,
                                                        std::function<void(double)> seen = {});

}  // namespace poultice::solvers
