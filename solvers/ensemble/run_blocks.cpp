#include "solvers/ensemble/run_blocks.hpp"

#include <chrono>
#include <mutex>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <omp.h>

#include "core/base/error.hpp"
#include "core/base/version.hpp"
#include "solvers/ensemble/block_runner.hpp"
#include "solvers/ensemble/ordered_window.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using Clock = std::chrono::steady_clock;

/// Collects the rows of neighbouring blocks of one shard, and commits them now and then.
class Pieces {
 public:
  Pieces(const Plan& plan, const SweepFolder& folder, const RunOptions& options, RunReport& report)
      : plan_(plan),
        folder_(folder),
        options_(options),
        report_(report),
        bytes_per_member_(static_cast<std::size_t>(plan.layout.n_values()) * sizeof(double)) {}

  void take(Index block, const Rows& rows) {
    if (rows_.size() > 0 && (block != end_ || shard_of(plan_, block) != shard_of(plan_, first_))) commit();
    if (rows_.size() == 0) {
      first_ = block;
      begun_ = Clock::now();
    }
    end_ = block + 1;
    rows_.append(rows);
    const std::chrono::duration<double> held = Clock::now() - begun_;
    if (held.count() >= options_.commit_after_seconds ||
        static_cast<std::size_t>(rows_.size()) * bytes_per_member_ >= options_.commit_after_bytes)
      commit();
    if (options_.progress)
      options_.progress(report_.n_members + rows_.size(), report_.n_failed + rows_.n_failed());
  }

  void commit() {
    if (rows_.size() == 0) return;
    const auto rows = std::exchange(rows_, {});  // what cannot be written is not tried again
    folder_.write_piece(plan_, first_, end_, rows);
    report_.n_members += rows.size();
    report_.n_failed += rows.n_failed();
    report_.seconds += rows.seconds;
  }

 private:
  const Plan& plan_;
  const SweepFolder& folder_;
  const RunOptions& options_;
  RunReport& report_;
  std::size_t bytes_per_member_;
  Rows rows_;
  Index first_ = 0, end_ = 0;
  Clock::time_point begun_;
};

bool is_set(const std::atomic<bool>* flag) { return flag != nullptr && *flag; }

}  // namespace

RunReport run_blocks(const Plan& plan, const SweepFolder& folder, const std::vector<Index>& blocks,
                     const core::Catalogue& catalogue, const RunOptions& options) {
  if (plan.software != core::software())
    throw core::FileError(
        folder.plan_file().string(),
        fmt::format("the plan was made by {}, and this is {}", plan.software, core::software()),
        "numbers of two versions may differ: run it with the version that planned it, or "
        "plan it anew in another folder");
  const int n_threads = options.n_threads > 0 ? options.n_threads : omp_get_max_threads();
  constexpr Index blocks_per_thread = 4;  // out or waiting: the slowest may take as long as some others
  RunReport report;
  Pieces pieces(plan, folder, options, report);
  const auto n_blocks = static_cast<Index>(blocks.size());
  OrderedWindow window(0, n_blocks, blocks_per_thread * n_threads, [&](Index number, Rows&& rows) {
    pieces.take(blocks[static_cast<std::size_t>(number)], rows);
  });
  std::mutex warnings_mutex;
  std::set<std::string> warnings;

  const auto work = [&] {
    try {
      BlockRunner runner(plan, catalogue, options.stop, options.max_wall_seconds);
      while (!is_set(options.preempt) && !is_set(options.stop)) {
        const auto number = window.next();
        if (!number) break;
        window.deliver(*number, runner.run(blocks[static_cast<std::size_t>(*number)]));
      }
      const std::lock_guard lock(warnings_mutex);
      warnings.insert(runner.warnings().begin(), runner.warnings().end());
    } catch (const core::Interrupted&) {
      window.call_off();
    } catch (...) {
      window.fail(std::current_exception());
    }
  };
  if (n_threads == 1) {
    work();  // no team of threads, so that a forked process may do this after its parent has had one
  } else {
#pragma omp parallel num_threads(n_threads)
    work();
  }
  try {
    report.n_blocks_left = n_blocks - window.finish();
  } catch (...) {
    pieces.commit();
    throw;
  }
  pieces.commit();
  report.warnings.assign(warnings.begin(), warnings.end());
  return report;
}

std::vector<Index> blocks_to_run(const Plan& plan, const std::vector<Piece>& pieces,
                                 std::optional<Index> shard) {
  const auto done = blocks_done(plan, pieces);
  const Index first = shard ? plan.shard_begin[static_cast<std::size_t>(*shard)] : 0;
  const Index end = shard ? plan.shard_begin[static_cast<std::size_t>(*shard) + 1] : plan.n_blocks();
  std::vector<Index> blocks;
  for (Index block = first; block < end; ++block)
    if (!done[static_cast<std::size_t>(block)]) blocks.push_back(block);
  return blocks;
}

std::vector<Index> limited(const Plan& plan, std::vector<Index> blocks, Index n) {
  Index members = 0;
  std::size_t count = 0;
  while (count < blocks.size() && members < n)
    members += static_cast<Index>(plan.members_of(blocks[count++]).size());
  blocks.resize(count);
  return blocks;
}

}  // namespace poultice::solvers
