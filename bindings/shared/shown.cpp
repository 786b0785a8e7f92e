#include "bindings/shared/shown.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/units/quantity.hpp"

namespace poultice::bindings {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Characters, not bytes: a letter of two bytes takes one place on the screen.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string shown_unit(std::string_view unit) {
  if (unit == "1") return "";
  std::string shown;
  for (std::size_t i = 0; i < unit.size(); ++i) {
    const bool starts_word = i == 0 || !is_letter(unit[i - 1]);
    const bool is_prefix = unit[i] == 'u' && starts_word && i + 1 < unit.size() && is_letter(unit[i + 1]);
    shown += is_prefix ? std::string("µ") : std::string(1, unit[i]);
  }
  for (const auto& [from, to] :
       {std::pair{"^2", "²"}, {"^3", "³"}, {"*", "·"}, {"degC", "°C"}, {"degF", "°F"}})
    replace_all(shown, from, to);
  return shown;
}

std::string shown_number(double value) {
  if (std::isnan(value)) return "-";
  const double size = std::abs(value);
  const bool is_plain = size >= 1000.0 && size < 1e7;
  return is_plain ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

std::string shown_quantity(double si, std::string_view unit) {
  const auto name = shown_unit(unit);
  return shown_number(core::from_si(si, unit)) + (name.empty() || name == "%" ? name : " " + name);
}

std::string shown_time(double seconds) {
  // The format `g` would give an exponent where all digits are before the point.
  if (seconds >= 100.0) return fmt::format("{:.0f} s", seconds);
  if (seconds >= 1.0) return fmt::format("{:.3g} s", seconds);
  const double milliseconds = 1000.0 * seconds;
  return milliseconds >= 10.0 ? fmt::format("{:.0f} ms", milliseconds)
                              : fmt::format("{:.2g} ms", milliseconds);
}

std::string_view type_word(core::ParameterType type) {
  using core::ParameterType;
  switch (type) {
    case ParameterType::quantity:
      return "quantity";
    case ParameterType::count:
      return "count";
    case ParameterType::choice:
      return "choice";
    case ParameterType::text:
      return "text";
    case ParameterType::flag:
      return "flag";
    case ParameterType::set:
      return "set";
    case ParameterType::instance:
      return "instance";
  }
  return "";
}

std::string in_columns(const std::vector<std::vector<std::string>>& rows,
                       const std::vector<std::size_t>& right_aligned, std::string_view indent) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], width_of(row[i]));
    }
  std::string text;
  for (const auto& row : rows) {
    std::string line(indent);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width_of(row[i]), ' ');
      const bool is_right = std::ranges::find(right_aligned, i) != right_aligned.end();
      line += is_right ? padding + row[i] : row[i] + padding;
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace poultice::bindings
