#pragma once

#include <string>

#include "core/scenario/document.hpp"
#include "core/scenario/scenario.hpp"

namespace poultice::bindings {

/// A scenario as TOML that explains itself: what `root`, the document it was read from, says stands live,
/// what comes from sets and defaults stands behind a # ("#cells = 20"), each under its meaning, what it
/// accepts and where it comes from; sources stand numbered at the end. Prose stands behind "# ".
[[nodiscard]] std::string commented_scenario(const core::Scenario& scenario, const core::Node& root);

}  // namespace poultice::bindings
