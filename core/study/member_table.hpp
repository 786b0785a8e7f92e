#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/value_reader.hpp"
#include "core/study/design.hpp"
#include "core/study/varied_paths.hpp"

namespace poultice::core {

/// The members that a CSV text lists: a column for each parameter, named in the first line by its path, with
/// the unit in brackets ("patch.area [cm^2]") or beside each value. All that is wrong is reported with line
/// and column of `file`, but of one column no more than its first ten values.
[[nodiscard]] std::vector<DesignColumn> read_member_table(std::string_view text, const std::string& file,
                                                          const VariedPaths& paths, ProblemList& problems);

}  // namespace poultice::core
