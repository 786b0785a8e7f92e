#pragma once

#include <functional>
#include <string>
#include <vector>

#include "solvers/run/block.hpp"

namespace poultice::solvers {

/// One number that members of a group may have of their own: its path, and its value [SI] for each of them.
struct LaneColumn {
  std::string path;
  std::function<double(core::Index)> value;  ///< of a member
};

/// A number for each of `members` that grows with how fast its states move: the mean logarithm of all linear
/// rates, to first order in the logarithms of the columns. Members with nearly the same number take nearly
/// the same steps. Only columns that are positive throughout are taken into account.
[[nodiscard]] std::vector<double> stiffness_of(const core::Scenario& scenario,
                                               const std::vector<LaneColumn>& columns,
                                               const std::vector<core::Index>& members);

}  // namespace poultice::solvers
