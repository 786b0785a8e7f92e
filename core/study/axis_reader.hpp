#pragma once

#include "core/study/varied_entries.hpp"

namespace poultice::core {

/// One axis: a list of values, or `{ from = …, to = …, count = …, spacing = "linear" | "log" }`, ends
/// included. Without values, and with problems, when it is wrong.
[[nodiscard]] DesignColumn read_axis(const VariedEntry& entry, const Tier& tier, ProblemList& problems);

}  // namespace poultice::core
