#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "solvers/ensemble/plan.hpp"
#include "solvers/ensemble/rows.hpp"

namespace poultice::solvers {

/// A committed file with the results of some blocks of a sweep, one after the other.
struct Piece {
  std::filesystem::path file;
  core::Index shard = 0;
  core::Index first_block = 0, end_block = 0;  ///< of the plan
  core::Index n_members = 0, n_failed = 0;
  double seconds = 0.0;  ///< of processor time
};

/// Where a sweep lies: plan.h5, shards/ with its pieces, log/, job.sbatch.
class SweepFolder {
 public:
  explicit SweepFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }
  [[nodiscard]] std::filesystem::path plan_file() const { return folder_ / "plan.h5"; }
  [[nodiscard]] std::filesystem::path shards() const { return folder_ / "shards"; }
  [[nodiscard]] std::filesystem::path log() const { return folder_ / "log"; }
  [[nodiscard]] std::filesystem::path job_file() const { return folder_ / "job.sbatch"; }
  /// Makes the folder and those in it, where they are missing. Throws core::FileError.
  void create() const;

  /// Writes a piece: "shards/0007-00012.h5" for the blocks of shard 7 from its twelfth on. Throws
  /// core::FileError; then nothing is left behind.
  void write_piece(const Plan& plan, core::Index first_block, core::Index end_block, const Rows& rows) const;

  /// The pieces there are, by their first blocks. Throws core::FileError where a file is none, or belongs to
  /// another plan.
  [[nodiscard]] std::vector<Piece> pieces(const Plan& plan) const;

  /// Removes what processes that were killed have begun to write. For a sweep that is done: whoever still
  /// writes would fail.
  void remove_left_overs() const;

 private:
  std::filesystem::path folder_;
};

/// Which blocks have been run: [block].
[[nodiscard]] std::vector<bool> blocks_done(const Plan& plan, const std::vector<Piece>& pieces);

/// The shard that a block belongs to.
[[nodiscard]] core::Index shard_of(const Plan& plan, core::Index block);

}  // namespace poultice::solvers
