#pragma once

#include <string>
#include <string_view>

namespace poultice::core {

/// What is known about one unit.
struct Unit {
  std::string plain;  ///< its spelling in ASCII with operators written out
  std::string si;     ///< the coherent SI unit of its dimension
  bool is_one;        ///< it is the number 1 itself: "1", "dimensionless", "mol/mol", but not "%"
};

/// Looks a unit up. Throws UnitError with the nearest known unit where it is misspelt; a near unit whose
/// SI unit is `wanted_si` goes before others. Throws FileError where UDUNITS finds no unit database.
/// Safe to call from several threads.
[[nodiscard]] Unit find_unit(std::string_view unit, std::string_view wanted_si = "");

/// `value` in `unit` converted to SI, and back. Throws as find_unit does.
[[nodiscard]] double convert_to_si(double value, std::string_view unit);
[[nodiscard]] double convert_from_si(double si, std::string_view unit);

}  // namespace poultice::core
