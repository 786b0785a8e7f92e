#pragma once

#include <string>

#include "bindings/shared/source_list.hpp"
#include "core/scenario/document.hpp"
#include "core/scenario/scenario.hpp"

namespace poultice::bindings {

/// The [[schedule]] of `root`, entry by entry, with what each does, what else it may say, and what else could
/// be done to the tables of the scenario.
[[nodiscard]] std::string commented_schedule(const core::Scenario& scenario, const core::Node& root,
                                             SourceList& sources);

}  // namespace poultice::bindings
