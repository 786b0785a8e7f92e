#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "solvers/ensemble/sweep_folder.hpp"

namespace poultice::solvers {

struct RunOptions {
  int n_threads = 0;                           ///< 0: as many as OpenMP likes
  std::optional<double> max_wall_seconds{};    ///< for one run, in place of the scenario's
  double commit_after_seconds = 60.0;          ///< how much work a kill may cost
  std::size_t commit_after_bytes = 64 << 20;   ///< how much is held in memory before it is written
  const std::atomic<bool>* stop = nullptr;     ///< breaks off the blocks that are running
  const std::atomic<bool>* preempt = nullptr;  ///< lets them finish, and begins no more
  /// Called by one thread at a time, when a block has been handed on: members done in this call, of these
  /// those that failed.
  std::function<void(core::Index, core::Index)> progress{};
};

struct RunReport {
  core::Index n_members = 0, n_failed = 0;  ///< of this call, all committed
  core::Index n_blocks_left = 0;            ///< asked for and not run
  double seconds = 0.0;                     ///< of processor time
  std::vector<std::string> warnings;        ///< what could be simulated but looks wrong, each once
};

/// Runs blocks of a plan, given in rising order, and commits what they leave as pieces in the sweep's
/// folder. Neither numbers nor the order in pieces depend on how many threads there are. Stopped or
/// preempted, it commits what is done and says how much is left. Throws core::FileError, also where another
/// version of the program made the plan.
RunReport run_blocks(const Plan& plan, const SweepFolder& folder, const std::vector<core::Index>& blocks,
                     const core::Catalogue& catalogue, const RunOptions& options);

/// Blocks of a shard, or of all where there is none, that no piece holds yet.
[[nodiscard]] std::vector<core::Index> blocks_to_run(const Plan& plan, const std::vector<Piece>& pieces,
                                                     std::optional<core::Index> shard);

/// The first of these blocks that hold at least `n` members.
[[nodiscard]] std::vector<core::Index> limited(const Plan& plan, std::vector<core::Index> blocks,
                                               core::Index n);

}  // namespace poultice::solvers
