#pragma once

#include <string>
#include <utility>
#include <vector>

#include "solvers/ensemble/sweep_folder.hpp"

namespace poultice::solvers {

/// How far a sweep is.
struct SweepStatus {
  core::Index n_members = 0, n_ok = 0, n_failed = 0;    ///< the rest is missing
  std::vector<core::Index> done{}, begun{}, missing{};  ///< shards
  /// Why members failed, the commonest first; numbers in the texts are replaced by "…".
  std::vector<std::pair<std::string, core::Index>> causes{};
  double seconds = 0.0;  ///< of processor time so far
};

/// Throws core::FileError.
[[nodiscard]] SweepStatus sweep_status(const Plan& plan, const SweepFolder& folder);

/// The first line of a text with "…" for each number in it, so that like failures look alike.
[[nodiscard]] std::string without_numbers(const std::string& text);

}  // namespace poultice::solvers
