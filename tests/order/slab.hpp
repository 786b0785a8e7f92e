#pragma once

#include <memory>
#include <vector>

#include "core/domain/layered_domain.hpp"
#include "core/domain/medium.hpp"
#include "core/system/system.hpp"
#include "tests/problems/slab_layer.hpp"

namespace poultice::testing {

/// The engine's own discretisation of a slab of unit area, sealed above and held at zero below.
class Slab {
 public:
  /// `n` graded cells for each layer.
  Slab(std::vector<SlabLayer> layers, core::Index n, core::FineAt fine_at = core::FineAt::both_faces);

  [[nodiscard]] core::System& system() { return *system_; }
  [[nodiscard]] const core::LayeredDomain& domain() const { return domain_; }
  /// Rows of totals: through the lower face, through the face between the first and the second layer,
  /// cleared.
  [[nodiscard]] core::Index out() const { return system_->layout().row(out_); }
  [[nodiscard]] core::Index passed() const { return system_->layout().row(passed_); }
  [[nodiscard]] core::Index cleared() const { return system_->layout().row(cleared_); }
  [[nodiscard]] double width(core::Index cell) const { return domain_.width()(cell, 0); }
  [[nodiscard]] double capacity(core::Index cell) const { return medium_->capacity()(cell, 0); }

  /// The state at `time`, from `state` at time zero, with an error in time far below that in space.
  [[nodiscard]] core::LaneArray at(double time, const core::LaneArray& state,
                                   double relative_tolerance = 1e-11) const;

 private:
  core::LayeredDomain domain_;
  core::Accumulator out_, passed_, cleared_;
  std::unique_ptr<core::Medium> medium_;
  std::unique_ptr<core::System> system_;
};

}  // namespace poultice::testing
