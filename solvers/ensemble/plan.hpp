#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/study/design.hpp"
#include "solvers/ensemble/layout.hpp"
#include "solvers/ensemble/scenario_texts.hpp"

namespace poultice::solvers {

/// A sweep, decided down to which member runs beside which. Blocks are runs of `order`, and belong to one
/// group each: the members that share one resolved scenario but for numbers that lanes may have of their own,
/// and for the times of events that come in the same order. The same plan gives the same numbers, whoever
/// runs which part of it, and however often it was interrupted.
struct Plan {
  std::string title;
  std::string software;  ///< that made it, and alone may run it: "poultice 0.1.0"
  core::Design design;
  std::string integrator;                    ///< as solver.integrator names it
  core::Index width = 0;                     ///< lanes of a block; the last of a group is filled up
  std::vector<core::EntryTiming> timings{};  ///< of the study's schedule, as far as the design varies none
  ScenarioTexts scenarios;  ///< of each group's first member, resolved: sets need not be looked up again
  std::vector<core::Index> order;        ///< members in the order in which they are run
  std::vector<core::Index> block_begin;  ///< where each block begins in `order`, and the end
  std::vector<core::Index> block_group;  ///< of each block
  std::vector<core::Index> shard_begin;  ///< the first block of each shard, and the end
  Layout layout;
  std::string hash;  ///< SHA-256 of all that decides a number; shards do not

  [[nodiscard]] core::Index n_members() const { return design.n_members; }
  [[nodiscard]] core::Index n_groups() const { return scenarios.size(); }
  [[nodiscard]] core::Index n_blocks() const { return static_cast<core::Index>(block_group.size()); }
  [[nodiscard]] core::Index n_shards() const { return static_cast<core::Index>(shard_begin.size()) - 1; }
  [[nodiscard]] std::span<const core::Index> members_of(core::Index block) const;
  /// How many lanes `n` members take: one alone; otherwise a multiple of eight, which fills the widest vector
  /// registers, and at most `width`. Lanes left over repeat the last member.
  [[nodiscard]] core::Index lanes_for(core::Index n) const;
  [[nodiscard]] std::string computed_hash() const;
};

/// Bounds of `n` parts of 0 … `total`, as even as can be: n + 1 numbers.
[[nodiscard]] std::vector<core::Index> even_parts(core::Index total, core::Index n);

}  // namespace poultice::solvers
