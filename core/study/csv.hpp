#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/problem_list.hpp"

namespace poultice::core {

/// One field of a CSV text, without its quotes and the blanks around it.
struct CsvField {
  std::string text;
  int line = 0, column = 0;  ///< 1-based; columns count characters
};

/// The records of a CSV text (RFC 4180): commas, double quotes that may hold commas, line breaks and doubled
/// quotes, LF or CRLF, an optional byte order mark. Lines that hold nothing are passed over. Quotes that do
/// not match are reported.
[[nodiscard]] std::vector<std::vector<CsvField>> read_csv(std::string_view text, const std::string& file,
                                                          ProblemList& problems);

}  // namespace poultice::core
