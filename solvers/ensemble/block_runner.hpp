#pragma once

#include <atomic>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/study/timetable.hpp"
#include "solvers/ensemble/plan.hpp"
#include "solvers/ensemble/rows.hpp"
#include "solvers/run/record.hpp"

namespace poultice::solvers {

/// Runs blocks of a plan, one at a time; each thread has one of its own. A block that fails is run again
/// without the members that fail by themselves: those are NaN and say why, the others lose nothing.
class BlockRunner {
 public:
  /// Keeps references. `max_wall_seconds`, where given, replaces the scenario's limit for one run.
  BlockRunner(const Plan& plan, const core::Catalogue& catalogue, const std::atomic<bool>* stop,
              std::optional<double> max_wall_seconds);

  /// Throws core::Interrupted when stopped; a member's failure is no error but part of the rows.
  [[nodiscard]] Rows run(core::Index block);

  /// What can be simulated but looks wrong, each sentence once.
  [[nodiscard]] const std::set<std::string>& warnings() const { return warnings_; }

 private:
  using Members = std::span<const core::Index>;

  void enter(core::Index group);
  [[nodiscard]] Rows run(Members members);
  [[nodiscard]] Rows rows_of(Members members);
  [[nodiscard]] Rows without_culprits(Members members);
  [[nodiscard]] Rows alone(core::Index member);
  void set_event_times(Members members, core::ParameterBlock& parameters) const;
  void keep(const Block& block, const Record& record, Rows& rows) const;

  const Plan& plan_;
  const core::Catalogue& catalogue_;
  const std::atomic<bool>* stop_;
  std::optional<double> max_wall_seconds_;
  std::vector<std::string> kept_;  ///< names of probes
  core::Index group_ = -1;
  std::optional<core::Scenario> scenario_;  ///< of the group
  core::Timetable timetable_;
  std::set<std::string> warnings_;
};

}  // namespace poultice::solvers
