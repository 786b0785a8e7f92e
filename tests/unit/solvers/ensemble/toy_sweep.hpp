#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "core/study/study.hpp"
#include "solvers/ensemble/planner.hpp"
#include "solvers/ensemble/run_blocks.hpp"

/// Sweeps over the tank that drains, and a folder of its own for each test.
namespace poultice::solvers::testing {

/// Three hours of a tank, filled at once, and what follows [sweep].
[[nodiscard]] core::Study tank_study(const std::string& sweep);

/// 60 members: 10 losses, 3 contents, closed at 1 h or 2 h; one curve and one profile.
[[nodiscard]] core::Study wide_study();

/// 75 members, each filled and closed at times of its own, some on the grid of samples, some at once; curves
/// of what is left and of how fast it drains.
[[nodiscard]] core::Study timed_study(const std::string& integrator);

/// 12 members, of which numbers 2, 6 and 10 lose amounts and fail.
[[nodiscard]] core::Study poisoned_study();

[[nodiscard]] Plan plan_of(const core::Study& study, core::Index width = 8, core::Index n_shards = 1);

class SweepTest : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  /// A folder with the plan in it, ready to be run.
  [[nodiscard]] SweepFolder planned(const std::string& name, const core::Study& study, core::Index width = 8,
                                    core::Index n_shards = 1) const;
  /// All missing blocks run; what came out.
  static RunReport run(const SweepFolder& folder, const RunOptions& options = {.n_threads = 1});
  /// The digest of all pieces, merged.
  [[nodiscard]] std::string merged_digest(const SweepFolder& folder) const;

  std::filesystem::path directory_;
};

}  // namespace poultice::solvers::testing
