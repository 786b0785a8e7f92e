#pragma once

#include <string>
#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::core {

/// A weighted sum of rows that nothing may change: what was put in counts negative, what is anywhere counts
/// positive, and the sum stays zero.
struct Moiety {
  struct Share {
    Index row;
    double weight;
  };
  std::string name;
  std::vector<Share> shares;

  /// The sum [mol], which ought to be zero, of one lane.
  [[nodiscard]] double imbalance(LaneView state, Index lane) const;
};

}  // namespace poultice::core
