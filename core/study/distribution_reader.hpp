#pragma once

#include <optional>

#include "core/study/distribution.hpp"
#include "core/study/varied_entries.hpp"

namespace poultice::core {

/// How one parameter is drawn; nothing, with problems, when the entry is wrong.
[[nodiscard]] std::optional<Distribution> read_distribution(const VariedEntry& entry, const Tier& tier,
                                                            ProblemList& problems);

}  // namespace poultice::core
