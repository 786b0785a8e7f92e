#include "bindings/shared/value_schema.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/parameter_words.hpp"
#include "bindings/shared/study.hpp"
#include "core/scenario/value_reader.hpp"

namespace poultice::bindings {
namespace {

using core::ParameterSpec;
using core::ParameterType;

// A number, then what may begin a unit: "4.2 mg", "5e-4 1/s". Without a unit: "0.5", "50 %".
constexpr auto with_unit = R"(^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(\s+1\s*/|\s*[^\s\d.,*]).*$)";
constexpr auto without_unit = R"(^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*(1|[^\s\d.,*].*)?$)";
constexpr auto toml_file = R"(\.toml$)";

std::string text_schema(const char* pattern) {
  return JsonObject().add("type", "string").add("pattern", pattern).text();
}

std::string number_schema(const ParameterSpec& spec, const char* type) {
  JsonObject json;
  json.add("type", type);
  if (std::isfinite(spec.minimum)) json.add("minimum", spec.minimum);
  if (std::isfinite(spec.maximum)) json.add("maximum", spec.maximum);
  return json.text();
}

std::string any_of(const std::vector<std::string>& schemas) {
  return JsonObject().add_json("anyOf", json_array(schemas)).text();
}

/// The value as it stands without a source.
std::string bare_schema(const ParameterSpec& spec) {
  switch (spec.type) {
    case ParameterType::quantity:
      if (spec.unit != "1") return text_schema(with_unit);
      return any_of({number_schema(spec, "number"), text_schema(without_unit)});
    case ParameterType::count:
      return number_schema(spec, "integer");
    case ParameterType::choice:
      return JsonObject().add_json("enum", json_texts(spec.choices)).text();
    case ParameterType::flag:
      return JsonObject().add("type", "boolean").text();
    case ParameterType::set: {
      auto names = library().names(spec.folder);
      names.emplace_back();  // the empty name takes no set
      return any_of({JsonObject().add_json("enum", json_texts(names)).text(), text_schema(toml_file)});
    }
    case ParameterType::instance:
      return text_schema(name_pattern);
    case ParameterType::text:
      break;
  }
  return JsonObject().add("type", "string").text();
}

/// "Area in contact with the skin. Accepts: between …. Default: …. From: …."
std::string description_of(const ParameterSpec& spec) {
  auto text = fmt::format("{} Accepts {}; {}.", spec.meaning, core::accepted(spec), need_of(spec));
  if (!spec.source.empty()) text += fmt::format(" From: {}.", spec.source);
  return text;
}

/// A value in TOML as the same value in JSON; both write strings, numbers and flags alike.
std::string json_of(const ParameterSpec& spec) {
  const auto value = spec.preset.empty() ? core::example_of(spec) : in_toml(spec, spec.preset);
  return value.starts_with('"') ? json_text(std::string_view(value).substr(1, value.size() - 2)) : value;
}

/// A key below a table, and its parameter.
using Item = std::pair<std::string, const ParameterSpec*>;

std::string object_schema(const std::vector<Item>& items, const std::string& meaning, const std::string& own,
                          const std::string& required);

/// A list of named elements; an element that a set has made may be changed as a table under its name.
std::string list_schema(const std::vector<Item>& items) {
  const auto name = R"("name": )" + JsonObject()
                                        .add("type", "string")
                                        .add("pattern", name_pattern)
                                        .add("description", "The name of this element, for probes and paths.")
                                        .text();
  const auto list = JsonObject()
                        .add("type", "array")
                        .add_json("items", object_schema(items, "", name, R"(["name"])"))
                        .text();
  const auto by_name = JsonObject()
                           .add("type", "object")
                           .add_json("additionalProperties", object_schema(items, "", "", ""))
                           .text();
  return any_of({list, by_name});
}

std::string object_schema(const std::vector<Item>& items, const std::string& meaning, const std::string& own,
                          const std::string& required) {
  std::vector<std::pair<std::string, std::vector<Item>>> branches;
  for (const auto& [key, spec] : items) {
    const auto dot = key.find('.');
    const auto head = key.substr(0, dot);
    const auto rest = dot == std::string::npos ? "" : key.substr(dot + 1);
    auto branch = std::ranges::find(branches, head, [](const auto& one) { return one.first; });
    if (branch == branches.end()) branch = branches.insert(branches.end(), {head, {}});
    branch->second.emplace_back(rest, spec);
  }
  auto properties = own;
  for (auto& [head, below] : branches) {
    std::string schema;
    if (below.front().first.empty()) {
      schema = value_schema(*below.front().second);
    } else if (below.front().first.starts_with("*.")) {
      for (auto& item : below) item.first.erase(0, 2);
      schema = list_schema(below);
    } else {
      schema = object_schema(below, "", "", "");
    }
    properties += fmt::format("{}{}: {}", properties.empty() ? "" : ", ", json_text(head), schema);
  }
  JsonObject json;
  json.add("type", "object");
  if (!meaning.empty()) json.add("description", meaning);
  json.add_json("properties", "{" + properties + "}");
  if (!required.empty()) json.add_json("required", required);
  return json.add_json("additionalProperties", "false").text();
}

}  // namespace

std::string value_schema(const ParameterSpec& spec) {
  const auto bare = bare_schema(spec);
  const auto text = JsonObject().add("type", "string").text();
  const auto with_source = JsonObject()
                               .add("type", "object")
                               .add_json("properties", JsonObject()
                                                           .add_json("value", bare)
                                                           .add_json("source", text)
                                                           .add_json("trust", text)
                                                           .add_json("note", text)
                                                           .text())
                               .add_json("required", R"(["value"])")
                               .add_json("additionalProperties", "false")
                               .text();
  JsonObject json;
  json.add("description", description_of(spec));
  json.add_json(spec.preset.empty() ? "examples" : "default",
                spec.preset.empty() ? "[" + json_of(spec) + "]" : json_of(spec));
  return json.add_json("anyOf", json_array({bare, with_source})).text();
}

std::string table_schema(const core::ParameterTable& table, const std::string& meaning,
                         const std::string& own) {
  std::vector<Item> items;
  for (const auto& spec : table.specs()) items.emplace_back(spec.key, &spec);
  return object_schema(items, meaning, own, "");
}

}  // namespace poultice::bindings
