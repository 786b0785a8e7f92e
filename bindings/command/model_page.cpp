#include "bindings/command/model_page.hpp"

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/parameter_words.hpp"
#include "bindings/shared/wrapped.hpp"

namespace poultice::bindings {
namespace {

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
  for (const auto& spec : table.specs()) parameters.push_back(spec_in_json(spec));
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
