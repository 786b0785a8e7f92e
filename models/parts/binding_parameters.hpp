#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/parts/tissue.hpp"

/// The keys of binding that takes time, the same in every layer of every tissue.
namespace poultice::models {

/// association_rate, dissociation_rate and binding_capacity below `prefix` ("dermis.", "layer.*.").
[[nodiscard]] std::vector<core::ParameterSpec> binding_parameters(const std::string& prefix);

/// What they say, or nothing where no association rate was given.
[[nodiscard]] std::optional<KineticBinding> binding_of(const core::ParameterView& own,
                                                       const std::string& prefix);

/// Appends a problem where one rate was given without the other, or a capacity without rates.
void check_binding(const core::Scenario& scenario, const core::Instance& instance, const std::string& prefix,
                   std::vector<core::Problem>& problems);

}  // namespace poultice::models
