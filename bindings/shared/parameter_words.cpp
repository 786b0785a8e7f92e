#include "bindings/shared/parameter_words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/shown.hpp"
#include "core/scenario/value_reader.hpp"

namespace poultice::bindings {
namespace {

using core::ParameterType;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether TOML, too, reads the text as a number: a point stands between digits there.
bool is_number(const std::string& text) {
  const auto first = text.find_first_not_of("+-");
  if (first == std::string::npos || first > 1 || !is_digit(text[first]) || !is_digit(text.back()))
    return false;
  const auto point = text.find('.');
  if (point != std::string::npos && !is_digit(text[point + 1])) return false;
  return text.find_first_not_of("+-0123456789.eE") == std::string::npos;
}

}  // namespace

std::string need_of(const core::ParameterSpec& spec) {
  if (!spec.preset.empty()) return fmt::format("default {}", spec.preset);
  return spec.is_optional ? "optional" : "required";
}

std::string range_of(const core::ParameterSpec& spec) {
  auto text = core::accepted(spec);
  if (spec.unit != "1" && text.ends_with(spec.unit))
    text.replace(text.size() - spec.unit.size(), spec.unit.size(), shown_unit(spec.unit));
  if (spec.type == ParameterType::set) text += fmt::format(" (of {})", spec.folder);
  return text;
}

std::string toml_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += fmt::format("\\{}", c);
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      quoted += c;
  }
  return quoted + '"';
}

std::string in_toml(const core::ParameterSpec& spec, const std::string& given) {
  switch (spec.type) {
    case ParameterType::count:
    case ParameterType::flag:
      return given;
    case ParameterType::quantity:
      return is_number(given) ? given : toml_text(given);
    case ParameterType::choice:
    case ParameterType::text:
    case ParameterType::set:
    case ParameterType::instance:
      break;
  }
  return toml_text(given);
}

std::string example_value(const core::ParameterSpec& spec) {
  return spec.preset.empty() ? core::example_of(spec) : in_toml(spec, spec.preset);
}

std::string spec_in_json(const core::ParameterSpec& spec) {
  JsonObject json;
  json.add("key", spec.key).add("type", type_word(spec.type));
  if (spec.type == ParameterType::quantity) json.add("unit", spec.unit);
  json.add("need", spec.is_required() ? "required" : "optional").add("default", spec.preset);
  if (std::isfinite(spec.minimum)) json.add("minimum", spec.minimum);
  if (std::isfinite(spec.maximum)) json.add("maximum", spec.maximum);
  if (!spec.choices.empty()) json.add_json("choices", json_texts(spec.choices));
  if (!spec.folder.empty()) json.add("folder", spec.folder);
  return json.add("meaning", spec.meaning).add("source", spec.source).text();
}

}  // namespace poultice::bindings
