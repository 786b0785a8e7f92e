#include "core/system/moiety.hpp"

namespace poultice::core {

double Moiety::imbalance(LaneView state, Index lane) const {
  double sum = 0.0;
  for (const auto& [row, weight] : shares) sum += weight * state(row, lane);
  return sum;
}

}  // namespace poultice::core
