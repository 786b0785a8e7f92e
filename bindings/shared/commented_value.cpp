#include "bindings/shared/commented_value.hpp"

#include <cmath>

#include <fmt/format.h>

#include "bindings/shared/named_sets.hpp"
#include "bindings/shared/parameter_words.hpp"
#include "bindings/shared/study.hpp"
#include "bindings/shared/wrapped.hpp"
#include "core/base/text.hpp"
#include "core/scenario/value_reader.hpp"

namespace poultice::bindings {
namespace {

using core::Origin;
using core::ParameterType;
using core::ParameterValue;

constexpr std::size_t line_width = 100;

/// "between 0.1 and 1000 um", "one of fentanyl, nicotine, or the path of a .toml file".
std::string accepted_here(const core::ParameterSpec& spec) {
  if (spec.type != ParameterType::set) return core::accepted(spec);
  return fmt::format("one of {}, or the path of a .toml file", core::joined(library().names(spec.folder)));
}

/// "set drugs/fentanyl, calibrated [3]", "default [4]".
std::string origin_of(const ParameterValue& value, SourceList& sources) {
  const auto mark = sources.mark(value.source);
  if (value.origin == Origin::preset) return "default" + mark;
  const auto trust = value.trust.empty() ? "" : ", " + value.trust;
  return fmt::format("{} {}{}{}", value.origin == Origin::therapy ? "therapy" : "set", value.origin_name,
                     trust, mark);
}

/// What the default would have been, for a value that was chosen: " Default: 32 degC [2]."
std::string alternative(const core::ParameterSpec& spec, SourceList& sources) {
  if (!spec.preset.empty()) return fmt::format(" Default: {}{}.", spec.preset, sources.mark(spec.source));
  return spec.is_optional ? "" : " Required.";
}

/// Right of "=": with its source beside it where one was given.
std::string live(const ParameterValue& value) {
  const auto plain = in_toml(*value.spec, value.given);
  std::string more;
  for (const auto& [key, text] :
       {std::pair{"source", &value.source}, {"trust", &value.trust}, {"note", &value.note}})
    if (!text->empty()) more += fmt::format(", {} = {}", key, toml_text(*text));
  return more.empty() ? plain : fmt::format("{{ value = {}{} }}", plain, more);
}

}  // namespace

bool is_absent(const ParameterValue& value) { return std::isnan(value.number) && value.text.empty(); }

std::string meaning_of(const core::ParameterSpec& spec) {
  auto meaning = spec.meaning;
  if (meaning.ends_with('.')) meaning.pop_back();
  return fmt::format("{} ({}).", meaning, accepted_here(spec));
}

std::string comment(std::string_view paragraph, std::string_view hang) {
  return broken(paragraph, line_width, "# ", "# " + std::string(hang));
}

std::string commented_value(const ParameterValue& value, const std::string& key, SourceList& sources) {
  const auto& spec = *value.spec;
  if (is_absent(value)) return comment(fmt::format("{}, not given: {}", key, meaning_of(spec)), "  ");
  if (value.origin == Origin::scenario)
    return comment(meaning_of(spec) + alternative(spec, sources)) +
           fmt::format("{} = {}\n", key, live(value));
  return comment(meaning_of(spec)) +
         fmt::format("#{} = {}  # {}\n", key, in_toml(spec, value.given), origin_of(value, sources));
}

}  // namespace poultice::bindings
