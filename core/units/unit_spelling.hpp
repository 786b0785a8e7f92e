#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace poultice::core {

/// A unit as the user spelled it, taken apart before UDUNITS sees it.
struct UnitSpelling {
  std::string plain;               ///< ASCII, operators written out: "cm² s⁻¹" gives "cm^2*s^-1"
  std::vector<std::string> words;  ///< the unit words in order: {"cm", "s"}
  std::string problem;             ///< why it is not a product of unit powers; empty when it is
};

/// Reads products and quotients of unit words with integer powers. Accepts *, ., /, per, ^, **, a space
/// between factors, brackets, and the Unicode signs for micro, degree, middle dot, minus and superscripts.
/// Numbers other than a leading 1 are refused: UDUNITS would read "5 mg/100 mL" as (mg/100)*mL.
[[nodiscard]] UnitSpelling read_unit_spelling(std::string_view unit);

/// `text` with the Unicode signs above turned into ASCII.
[[nodiscard]] std::string in_ascii(std::string_view text);

}  // namespace poultice::core
