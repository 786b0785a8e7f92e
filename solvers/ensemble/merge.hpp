#pragma once

#include <filesystem>

#include "solvers/ensemble/sweep_folder.hpp"

namespace poultice::solvers {

struct MergeOptions {
  bool is_partial_fine = false;  ///< members that are missing become NaN, with status not_run
  int deflate = 0;               ///< 0 … 9
  bool overwrite = false;
};

struct MergeReport {
  core::Index n_members = 0, n_failed = 0, n_missing = 0;
};

/// Copies all pieces of a sweep into one file, its members in the order of the design, with the provenance
/// of the plan. What comes out does not depend on how the sweep was cut up. Memory is bounded. Throws
/// core::FileError: also for pieces of another plan, and for missing ones unless that is fine.
MergeReport merge(const SweepFolder& folder, const std::filesystem::path& out,
                  const MergeOptions& options = {});

}  // namespace poultice::solvers
