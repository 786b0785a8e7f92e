#pragma once

#include <atomic>

#include "solvers/ensemble/plan.hpp"

namespace poultice::solvers {

/// What a sweep will take, by one block of it that was run.
struct Trial {
  core::Index n_members = 0;  ///< that were run
  core::Index n_failed = 0;   ///< of these
  double seconds = 0.0;       ///< of processor time, of the whole sweep
  double bytes = 0.0;         ///< of the merged file, not compressed
};

/// Runs the block in the middle of the plan. Throws core::Interrupted.
[[nodiscard]] Trial try_out(const Plan& plan, const core::Catalogue& catalogue,
                            const std::atomic<bool>* stop = nullptr);

}  // namespace poultice::solvers
