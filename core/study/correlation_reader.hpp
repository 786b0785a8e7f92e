#pragma once

#include <vector>

#include "core/study/distribution.hpp"
#include "core/study/varied_entries.hpp"

namespace poultice::core {

/// `[[sweep.correlations]]`: between which two of the distributions, and the rank correlation. That all of
/// them can hold at once is checked too.
[[nodiscard]] std::vector<RankCorrelation> read_correlations(const Node& list,
                                                             const std::vector<Distribution>& distributions,
                                                             const Tier& tier, ProblemList& problems);

}  // namespace poultice::core
