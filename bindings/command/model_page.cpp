#include "bindings/command/model_page.hpp"

#include <cmath>

#include <fmt/format.h>

#include "bindings/command/json.hpp"
#include "bindings/command/wrapped.hpp"
#include "bindings/shared/shown.hpp"
#include "core/scenario/value_reader.hpp"

namespace poultice::bindings {
namespace {

/// "= 32 degC", "required" or "optional".
std::string need_of(const core::ParameterSpec& spec) {
  if (!spec.preset.empty()) return fmt::format("default {}", spec.preset);
  return spec.is_optional ? "optional" : "required";
}

/// "between 0.01 and 1000 µm".
std::string range_of(const core::ParameterSpec& spec) {
  auto text = core::accepted(spec);
  if (spec.unit != "1" && text.ends_with(spec.unit))
    text.replace(text.size() - spec.unit.size(), spec.unit.size(), shown_unit(spec.unit));
  if (spec.type == core::ParameterType::set) text += fmt::format(" (of {})", spec.folder);
  return text;
}

std::string parameters_in_words(const core::ParameterTable& table) {
  std::string text;
  for (const auto& spec : table.specs()) {
    text += fmt::format("\n  {}\n", spec.key);
    text += wrapped(fmt::format("    {}; {}", need_of(spec), range_of(spec)), 6);
    text += wrapped(fmt::format("    {}", spec.meaning), 6);
    if (!spec.source.empty()) text += wrapped(fmt::format("    from: {}", spec.source), 6);
  }
  return text;
}

std::string parameters_in_json(const core::ParameterTable& table) {
  std::vector<std::string> parameters;
  for (const auto& spec : table.specs()) {
    JsonObject json;
    json.add("key", spec.key).add("type", type_word(spec.type));
    if (spec.type == core::ParameterType::quantity) json.add("unit", spec.unit);
    json.add("need", spec.is_required() ? "required" : "optional").add("default", spec.preset);
    if (std::isfinite(spec.minimum)) json.add("minimum", spec.minimum);
    if (std::isfinite(spec.maximum)) json.add("maximum", spec.maximum);
    if (!spec.choices.empty()) json.add_json("choices", json_texts(spec.choices));
    if (!spec.folder.empty()) json.add("folder", spec.folder);
    parameters.push_back(json.add("meaning", spec.meaning).add("source", spec.source).text());
  }
  return json_array(parameters);
}

}  // namespace

std::string model_in_words(const core::ModelDescription& model) {
  auto text = fmt::format("{}: {}\n\nparameters, under [{}]\n", model.name, model.meaning, model.name);
  text += parameters_in_words(model.parameters);
  if (!model.actions.empty()) text += "\nactions, under [[schedule]]\n";
  for (const auto& action : model.actions) {
    text += fmt::format("\n  {} = \"{}\"\n", action.verb, model.name);
    text += wrapped(fmt::format("    {}", action.meaning), 6);
    for (const auto& spec : action.options.specs())
      text += wrapped(
          fmt::format("    with {} ({}; {}): {}", spec.key, need_of(spec), range_of(spec), spec.meaning), 6);
  }
  return text;
}

std::string model_in_json(const core::ModelDescription& model) {
  std::vector<std::string> actions;
  for (const auto& action : model.actions)
    actions.push_back(JsonObject()
                          .add("verb", action.verb)
                          .add("meaning", action.meaning)
                          .add_json("options", parameters_in_json(action.options))
                          .text());
  return JsonObject()
      .add("kind", "model")
      .add("name", model.name)
      .add("meaning", model.meaning)
      .add_json("parameters", parameters_in_json(model.parameters))
      .add_json("actions", json_array(actions))
      .text();
}

}  // namespace poultice::bindings
