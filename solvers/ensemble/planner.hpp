#pragma once

#include "core/study/study.hpp"
#include "solvers/ensemble/plan.hpp"

namespace poultice::solvers {

struct PlanOptions {
  core::Index width = 32;    ///< lanes of a block
  core::Index n_shards = 1;  ///< at most one per block
};

/// Decides how the members of a design are run: groups them by resolved scenario but for the times of their
/// events, which need only come in the same order; sorts each group by stiffness and by these times; cuts it
/// into blocks. Every group's scenario is read, and its models are put together once.
/// Throws ScenarioError where a member cannot be, or where what is to be kept is not there; ModelError where
/// no member's models fit together.
[[nodiscard]] Plan make_plan(const core::Study& study, core::Design design, const PlanOptions& options = {});

/// Cuts the plan's blocks into this many shards, or as many as there are blocks. Changes no number.
void cut_into_shards(Plan& plan, core::Index n_shards);

}  // namespace poultice::solvers
