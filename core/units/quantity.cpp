#include "core/units/quantity.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/units/dimension.hpp"
#include "core/units/unit_spelling.hpp"
#include "core/units/unit_system.hpp"

namespace poultice::core {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// "a diffusivity", or "a quantity in kg^2/m" where the dimension has no name.
std::string measures(std::string_view si) {
  const auto* dimension = find_dimension(si);
  return dimension != nullptr ? with_article(dimension->name) : fmt::format("a quantity in {}", si);
}

/// What parse_quantity was asked for, and how its complaints are worded.
struct Request {
  std::string_view text;
  std::string_view unit;
  std::string si;

  [[nodiscard]] std::string expected() const { return fmt::format("{} ({})", measures(si), unit); }

  [[nodiscard]] std::string example() const {
    const auto* dimension = find_dimension(si);
    return dimension != nullptr ? std::string(dimension->example) : fmt::format("1 {}", unit);
  }

  [[noreturn]] void refuse(std::string what, std::string hint = "") const {
    if (hint.empty()) hint = fmt::format("write for example \"{}\"", example());
    throw UnitError(std::move(what), std::string(text), expected(), std::move(hint));
  }
};

struct Pieces {
  double value;
  std::string_view unit;
};

bool names_no_finite_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  std::string word;
  for (const char c : text) {
    if (!std::isalpha(static_cast<unsigned char>(c))) break;
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return word == "nan" || word == "inf" || word == "infinity";
}

/// Cuts `ascii` into number and unit; from_chars reads the same number in every locale.
Pieces take_apart(std::string_view ascii, const Request& request) {
  auto rest = trimmed(ascii);
  if (rest.empty()) request.refuse("nothing is given");
  if (names_no_finite_number(rest)) request.refuse("the number is not finite");
  if (rest.starts_with('+') && !rest.starts_with("+-")) rest.remove_prefix(1);
  Pieces pieces{};
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), pieces.value);
  if (error == std::errc::result_out_of_range)
    request.refuse("the number is too large or too small to be held");
  if (error != std::errc{}) request.refuse("the number is missing");
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  if (rest.starts_with(','))
    request.refuse("the number holds a comma", "write a decimal point and no separators");
  pieces.unit = trimmed(rest);
  if (pieces.unit.starts_with('*') || pieces.unit.starts_with("x"))
    request.refuse("the power of ten is not understood", "write it as in 2e-9, not as 2*10^-9");
  return pieces;
}

/// A hint for the mistakes of dimension that have a known cause.
std::string hint_for(const Request& request, const Pieces& pieces, const Unit& given) {
  const auto swapped = [](std::string_view si, std::string_view from, std::string_view to) {
    return si.starts_with(from) ? fmt::format("{}{}", to, si.substr(from.size())) : std::string();
  };
  if (request.si == "K" && (pieces.unit == "C" || pieces.unit == "F"))
    return fmt::format("write \"{:.6g} deg{}\"", pieces.value, pieces.unit);
  if (request.si == "kg/mol" && given.plain.ends_with("Da"))
    return fmt::format("a dalton is the mass of one molecule; write \"{:.6g} g/mol\"",
                       convert_from_si(convert_to_si(pieces.value, pieces.unit), "Da"));
  if (swapped(given.si, "kg", "mol") == request.si || swapped(given.si, "mol", "kg") == request.si)
    return fmt::format("mass and amount convert only through a molar mass; write for example \"{}\"",
                       request.example());
  return "";
}

Unit find_given(const Pieces& pieces, const Request& request) {
  try {
    return find_unit(pieces.unit, request.si);
  } catch (const UnitError& error) {
    throw UnitError(error.what_is_wrong(), std::string(request.text), request.expected(), error.hint());
  }
}

}  // namespace

double parse_quantity(std::string_view text, std::string_view unit) {
  const auto wanted = find_unit(unit);
  const Request request{text, unit, wanted.si};
  const auto ascii = in_ascii(text);
  const auto pieces = take_apart(ascii, request);
  if (pieces.unit.empty()) {
    if (wanted.is_one) return pieces.value;
    request.refuse("the unit is missing",
                   fmt::format("write \"{} {}\" if that is the unit", trimmed(ascii), unit));
  }
  const auto given = find_given(pieces, request);
  if (given.si != wanted.si)
    request.refuse(fmt::format("\"{}\" is {}, where {} is needed", trimmed(text), measures(given.si),
                               measures(wanted.si)),
                   hint_for(request, pieces, given));
  const double si = convert_to_si(pieces.value, pieces.unit);
  if (!std::isfinite(si)) request.refuse("the number is too large to be held");
  return si;
}

double parse_difference(std::string_view text, std::string_view unit) {
  const double absolute = parse_quantity(text, unit);
  const auto ascii = in_ascii(text);
  const auto pieces = take_apart(ascii, {text, unit, si_unit(unit)});
  return pieces.unit.empty() ? absolute : absolute - convert_to_si(0.0, pieces.unit);
}

double from_si(double si, std::string_view unit) { return convert_from_si(si, unit); }

double to_si(double value, std::string_view unit) { return convert_to_si(value, unit); }

std::string si_unit(std::string_view unit) { return find_unit(unit).si; }

std::string format_quantity(double si, std::string_view unit, int digits) {
  const auto number = fmt::format("{:.{}g}", from_si(si, unit), std::max(digits, 1));
  return find_unit(unit).is_one ? number : fmt::format("{} {}", number, unit);
}

std::string dimension_name(std::string_view unit) {
  const auto si = si_unit(unit);
  const auto* dimension = find_dimension(si);
  return dimension != nullptr ? std::string(dimension->name) : si;
}

bool same_dimension(std::string_view a, std::string_view b) { return si_unit(a) == si_unit(b); }

}  // namespace poultice::core
