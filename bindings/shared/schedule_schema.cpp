#include "bindings/shared/schedule_schema.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/value_schema.hpp"
#include "core/model/catalogue.hpp"
#include "core/scenario/scenario.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {
namespace {

/// An action, whichever models know it.
struct Verb {
  std::string name, meaning;
  std::vector<const core::ActionSpec*> actions;

  [[nodiscard]] bool may_have(const std::string& option) const {
    return std::ranges::any_of(actions,
                               [&](const auto* action) { return action->options.find(option) != nullptr; });
  }
  [[nodiscard]] bool must_have(const std::string& option) const {
    return std::ranges::all_of(actions, [&](const auto* action) {
      const auto* spec = action->options.find(option);
      return spec != nullptr && spec->is_required();
    });
  }
};

std::vector<Verb> all_verbs() {
  std::vector<Verb> verbs;
  for (const auto* model : models::catalogue().models())
    for (const auto& action : model->actions) {
      auto verb = std::ranges::find(verbs, action.verb, &Verb::name);
      if (verb == verbs.end()) verb = verbs.insert(verbs.end(), {action.verb, "", {}});
      verb->meaning += fmt::format("{}{}: {}", verb->meaning.empty() ? "" : " ", model->name, action.meaning);
      verb->actions.push_back(&action);
    }
  return verbs;
}

/// Each option of any action, with the schemas that it has there.
using Options = std::vector<std::pair<std::string, std::vector<std::string>>>;

Options all_options(const std::vector<Verb>& verbs) {
  Options options;
  for (const auto& verb : verbs)
    for (const auto* action : verb.actions)
      for (const auto& spec : action->options.specs()) {
        auto option = std::ranges::find(options, spec.key, &Options::value_type::first);
        if (option == options.end()) option = options.insert(options.end(), {spec.key, {}});
        const auto schema = value_schema(spec);
        if (std::ranges::find(option->second, schema) == option->second.end())
          option->second.push_back(schema);
      }
  return options;
}

/// What an entry with this action must have, and which options it may not.
std::string rule_of(const Verb& verb, const Options& options) {
  std::vector<std::string> required{verb.name};
  JsonObject forbidden;
  for (const auto& [option, schemas] : options) {
    if (verb.must_have(option)) required.push_back(option);
    if (!verb.may_have(option)) forbidden.add_json(option, "false");
  }
  return JsonObject()
      .add_json("required", json_texts(required))
      .add_json("properties", forbidden.text())
      .text();
}

}  // namespace

std::string schedule_schema() {
  const auto verbs = all_verbs();
  const auto options = all_options(verbs);
  JsonObject properties;
  for (const auto& spec : core::engine_table("schedule").specs())
    properties.add_json(spec.key, value_schema(spec));
  std::vector<std::string> rules;
  for (const auto& verb : verbs) {
    properties.add_json(verb.name, JsonObject()
                                       .add("type", "string")
                                       .add("pattern", name_pattern)
                                       .add("description", verb.meaning)
                                       .text());
    rules.push_back(rule_of(verb, options));
  }
  for (const auto& [option, schemas] : options)
    properties.add_json(option, schemas.size() == 1
                                    ? schemas.front()
                                    : JsonObject().add_json("anyOf", json_array(schemas)).text());
  const auto repeats = R"({"every": {"oneOf": [{"required": ["times"]}, {"required": ["until"]}]}})";
  const auto entry = JsonObject()
                         .add("type", "object")
                         .add_json("properties", properties.text())
                         .add_json("required", R"(["at"])")
                         .add_json("additionalProperties", "false")
                         .add_json("oneOf", json_array(rules))
                         .add_json("dependentRequired", R"({"times": ["every"], "until": ["every"]})")
                         .add_json("dependentSchemas", repeats)
                         .text();
  return JsonObject()
      .add("description", "What happens when; each entry does one thing to one table.")
      .add("type", "array")
      .add_json("items", entry)
      .text();
}

}  // namespace poultice::bindings
