#pragma once

#include <string>
#include <vector>

#include "core/study/study.hpp"
#include "tests/unit/core/scenario/fake_catalogue.hpp"

namespace poultice::core::testing {

/// A study of the small scenario, read as "study.toml" from `folder`.
[[nodiscard]] Study study_of(const std::string& sweep, const std::string& folder = "no/such/folder",
                             const std::vector<Override>& overrides = {});

/// The small scenario with a schedule of two entries, then `sweep`.
[[nodiscard]] std::string study_text(const std::string& sweep);

/// The problems of such a study; empty when it is good.
[[nodiscard]] std::vector<Problem> study_problems(const std::string& sweep,
                                                  const std::string& folder = "no/such/folder",
                                                  const std::vector<Override>& overrides = {});

/// "line: key: what" of each problem.
[[nodiscard]] std::vector<std::string> lines_of(const std::vector<Problem>& problems);

/// The line on which `sweep` begins in study_text.
inline constexpr int first_line = 14;

}  // namespace poultice::core::testing
