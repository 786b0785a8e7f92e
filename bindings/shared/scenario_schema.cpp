#include "bindings/shared/scenario_schema.hpp"

#include <vector>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/named_sets.hpp"
#include "bindings/shared/schedule_schema.hpp"
#include "bindings/shared/sweep_schema.hpp"
#include "bindings/shared/value_schema.hpp"
#include "core/base/version.hpp"
#include "core/scenario/scenario.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {
namespace {

std::string reference(const std::string& model) {
  return JsonObject().add("$ref", "#/$defs/" + model).text();
}

/// The table of each model under its name, for $ref.
std::string definitions() {
  JsonObject json;
  for (const auto* model : models::catalogue().models()) {
    const auto own = R"("model": )" + JsonObject().add("const", model->name).text();
    json.add_json(model->name, table_schema(model->parameters, model->meaning, own));
  }
  return json.text();
}

/// A table under any other name: of the model that it says.
std::string other_table() {
  std::vector<std::string> rules;
  for (const auto& name : models::catalogue().names()) {
    const auto is_it = JsonObject()
                           .add_json("properties", fmt::format(R"({{"model": {{"const": "{}"}}}})", name))
                           .add_json("required", R"(["model"])")
                           .text();
    rules.push_back(JsonObject().add_json("if", is_it).add_json("then", reference(name)).text());
  }
  return JsonObject()
      .add("type", "object")
      .add_json("properties",
                fmt::format(R"({{"model": {{"enum": {}}}}})", json_texts(models::catalogue().names())))
      .add_json("allOf", json_array(rules))
      .text();
}

/// Therapies that have tables under names of their own, whose models only they know.
std::vector<std::string> therapies_with_own_tables() {
  std::vector<std::string> names;
  for (const auto& set : sets_in("therapies"))
    for (const auto& entry : set.root.entries)
      if (entry.value.kind == core::Node::Kind::table && models::catalogue().find(entry.key) == nullptr) {
        names.push_back(set.name);
        break;
      }
  return names;
}

/// Where the therapy is one of the built-in ones, a table of another name must say its model.
std::string says_its_model(const std::vector<std::string>& known) {
  JsonObject anything;
  for (const auto& name : known) anything.add_json(name, "true");
  return JsonObject()
      .add_json("properties", anything.text())
      .add_json("additionalProperties", R"({"required": ["model"]})")
      .text();
}

}  // namespace

std::string scenario_schema() {
  std::vector<std::string> known;
  JsonObject properties;
  const auto add = [&](const std::string& name, const std::string& schema) {
    known.push_back(name);
    properties.add_json(name, schema);
  };
  for (const auto& spec : core::engine_table("").specs()) add(spec.key, value_schema(spec));
  for (const auto& name : models::catalogue().names()) add(name, reference(name));
  add("schedule", schedule_schema());
  add("output", table_schema(core::engine_table("output"), "How often results are sampled."));
  add("solver", table_schema(core::engine_table("solver"), "How exactly, and how long, it is computed."));
  add("sweep", sweep_schema());

  const auto own_therapy = fmt::format(
      R"({{"anyOf": [{{"type": "object"}}, {{"type": "string", "pattern": "\\.toml$"}}, {{"enum": {}}}]}})",
      json_texts(therapies_with_own_tables()));
  const auto has_own_therapy = JsonObject()
                                   .add_json("properties", fmt::format(R"({{"therapy": {}}})", own_therapy))
                                   .add_json("required", R"(["therapy"])")
                                   .text();
  return json_indented(
             JsonObject()
                 .add("$schema", "https://json-schema.org/draft/2020-12/schema")
                 .add("title", "Poultice scenario")
                 .add("description", fmt::format("Written by poultice schema, version {}.", core::version()))
                 .add("type", "object")
                 .add_json("properties", properties.text())
                 .add_json("anyOf", R"([{"required": ["duration"]}, )"
                                    R"({"properties": {"sweep": {"required": ["scenario"]}}, )"
                                    R"("required": ["sweep"]}])")
                 .add_json("propertyNames", JsonObject().add("pattern", name_pattern).text())
                 .add_json("additionalProperties", other_table())
                 .add_json("if", has_own_therapy)
                 .add_json("else", says_its_model(known))
                 .add_json("$defs", definitions())
                 .text()) +
         '\n';
}

}  // namespace poultice::bindings
