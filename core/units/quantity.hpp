#pragma once

#include <string>
#include <string_view>

namespace poultice::core {

/// A number in SI with the text it was given as. Only at the border: inside the engine everything is
/// coherent SI and carries no unit.
struct Quantity {
  double si;         ///< in the coherent SI unit of its dimension
  std::string text;  ///< as the user wrote it, "4.2 mg"
};

/// Parses "4.2 mg" or "32 degC" and gives the value in si_unit(unit). `unit` is only there to say which
/// dimension is wanted and to be quoted in messages. A bare number is accepted where `unit` is the
/// number 1 itself. A temperature is absolute: "32 degC" is 305.15 K.
/// Throws UnitError: number missing or not finite, unit missing, unknown or of another dimension.
[[nodiscard]] double parse_quantity(std::string_view text, std::string_view unit);

/// The difference of two quantities, such as a standard deviation: "2 degC" is 2 K. Throws as
/// parse_quantity does.
[[nodiscard]] double parse_difference(std::string_view text, std::string_view unit);

/// `si`, given in si_unit(unit), expressed in `unit`; and the reverse. NaN and infinity pass through.
/// Throw UnitError where `unit` is not known.
[[nodiscard]] double from_si(double si, std::string_view unit);
[[nodiscard]] double to_si(double value, std::string_view unit);

/// The coherent SI unit of the dimension of `unit`, spelled so that UDUNITS and pint both read it:
/// "ng/mL" gives "kg/m^3", "mmHg" gives "Pa", "%" gives "1".
[[nodiscard]] std::string si_unit(std::string_view unit);

/// "4.2 mg": `si`, given in SI, written in `unit` with `digits` significant digits. A unit of "1" is left
/// out.
[[nodiscard]] std::string format_quantity(double si, std::string_view unit, int digits = 4);

/// What `unit` measures, in words: "length", "diffusivity", "velocity"; its SI unit where it has no name.
[[nodiscard]] std::string dimension_name(std::string_view unit);

/// Whether a quantity in `a` can be converted to `b`. Grams and moles cannot: that takes a molar mass.
[[nodiscard]] bool same_dimension(std::string_view a, std::string_view b);

}  // namespace poultice::core
