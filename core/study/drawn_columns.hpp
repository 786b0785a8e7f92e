#pragma once

#include <vector>

#include "core/study/study.hpp"

namespace poultice::core {

/// Drawn columns in the order of the study's distributions, with units, looked at value by value: each is
/// within the parameter's range, or one of the categories. Throws ScenarioError where one is not (a cut is
/// missing), ParameterError where the columns are not those of the distributions.
[[nodiscard]] std::vector<DesignColumn> checked_draws(const Study& study,
                                                      const std::vector<DesignColumn>& drawn);

}  // namespace poultice::core
