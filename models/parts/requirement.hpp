#pragma once

#include <string>
#include <vector>

#include "core/model/model.hpp"

namespace poultice::models {

/// Appends a problem where an optional quantity is missing that another value asks for. `what` says who needs
/// it, `given` quotes that other value, and `hint` says how to do without.
void require(const core::Scenario& scenario, const core::Instance& instance, const std::string& key,
             std::string what, std::string given, std::string hint, std::vector<core::Problem>& problems);

}  // namespace poultice::models
