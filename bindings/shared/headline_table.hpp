#pragma once

#include <string>
#include <vector>

#include "solvers/run/result.hpp"

namespace poultice::bindings {

/// One headline, ready to be shown.
struct HeadlineRow {
  std::string name;   ///< as in the file: "plasma_concentration_max"
  std::string label;  ///< "Cmax"
  double value;       ///< SI; NaN where undefined
  std::string unit;   ///< SI
  double shown;       ///< in display_unit
  std::string display_unit;
  double share;             ///< of the last value of `relative_to`; NaN where there is none
  std::string relative_to;  ///< name of that running total; "" = none
};

[[nodiscard]] std::vector<HeadlineRow> headline_rows(const solvers::Result& result);

/// The rows as aligned lines, each ending in a line feed: label, number with unit, share.
[[nodiscard]] std::string headline_table(const solvers::Result& result);

}  // namespace poultice::bindings
