#include "core/scenario/entry_timing.hpp"

#include <cmath>

namespace poultice::core {

double EntryTiming::n_events() const {
  constexpr double rounding = 1e-12;
  if (std::isnan(every)) return 1.0;
  if (!std::isnan(times)) return std::round(times);
  return std::floor((until - at) / every * (1.0 + rounding)) + 1.0;
}

double EntryTiming::time(long number) const {
  return std::isnan(every) ? at : at + static_cast<double>(number) * every;
}

double EntryTiming::last() const {
  if (std::isnan(every)) return at;
  return std::isnan(until) ? at + (n_events() - 1.0) * every : until;
}

}  // namespace poultice::core
