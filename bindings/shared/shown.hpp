#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/parameter.hpp"

namespace poultice::bindings {

/// A unit as people in the field read it: "ug/cm^2/h" gives "µg/cm²/h", "1" gives "".
[[nodiscard]] std::string shown_unit(std::string_view unit);

/// Four significant digits, or "-" for NaN: "0.8501", "36.5", "2.98e-15".
[[nodiscard]] std::string shown_number(double value);

/// shown_number and shown_unit of an SI value in another unit: "24.9 µg/h".
[[nodiscard]] std::string shown_quantity(double si, std::string_view unit);

/// How long something took: "7.5 ms", "120 ms", "1.25 s", "1234 s".
[[nodiscard]] std::string shown_time(double seconds);

/// "quantity", "count", "choice", "text", "flag", "set", "instance".
[[nodiscard]] std::string_view type_word(core::ParameterType type);

/// Lines of cells in columns, two spaces apart, the last cell of a line as long as it is. Columns of
/// `right_aligned` numbers end together. Each line starts with `indent` and ends in a line feed.
[[nodiscard]] std::string in_columns(const std::vector<std::vector<std::string>>& rows,
                                     const std::vector<std::size_t>& right_aligned = {},
                                     std::string_view indent = "  ");

}  // namespace poultice::bindings
