#pragma once

#include <vector>

#include "core/model/model.hpp"

namespace poultice::models::donor {

[[nodiscard]] core::ParameterTable parameters();

/// Appends what is missing or too much for the kind of donor, and what is wrong with its wear.
void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems);

}  // namespace poultice::models::donor
