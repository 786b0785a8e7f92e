#pragma once

#include <filesystem>

#include "core/study/study.hpp"
#include "solvers/ensemble/plan.hpp"

namespace poultice::solvers {

inline constexpr const char* plan_filetype = "poultice-plan";

/// Writes a plan, with the study it was made from and where each value comes from, as an HDF5 file that
/// appears whole or not at all. A plan is never changed: an existing file is refused unless `overwrite`.
/// Throws core::FileError.
void write_plan(const Plan& plan, const core::Study& study, const std::filesystem::path& file,
                bool overwrite);

/// Reads it back. Throws core::FileError, also where the content does not match its hash.
[[nodiscard]] Plan read_plan(const std::filesystem::path& file);

}  // namespace poultice::solvers
