#include "bindings/shared/sweep_schema.hpp"

#include <vector>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/value_schema.hpp"
#include "core/scenario/scenario.hpp"

namespace poultice::bindings {
namespace {

/// A name, or a list of names.
std::string names_schema(const core::ParameterSpec& spec) {
  return JsonObject()
      .add("description", spec.meaning)
      .add_json(
          "anyOf",
          R"([{"type": "string"}, {"type": "array", "items": {"type": "string"}, "uniqueItems": true}])")
      .text();
}

/// Paths with what `leaf` says, or tables that paths are made of.
std::string by_path(const char* meaning, const std::string& leaf) {
  return JsonObject()
      .add("type", "object")
      .add("description", meaning)
      .add_json("additionalProperties", leaf)
      .text();
}

std::string axes_schema() {
  return by_path(
      "What is crossed: \"patch.area\" = [\"5 cm^2\", \"10 cm^2\"], or { from = …, to = …, count = …, "
      "spacing = "
      "\"linear\" or \"log\" }.",
      R"({"anyOf": [{"type": "array", "minItems": 1}, {"type": "object"}]})");
}

std::string distributions_schema() {
  return by_path(
      "What is drawn: \"plasma.clearance\" = { distribution = \"lognormal\", median = …, cv = … }.",
      R"({"type": "object", "properties": {"distribution": {"anyOf": [{"type": "object"}, )"
      R"({"enum": ["normal", "lognormal", "uniform", "loguniform", "categorical"]}]}}})");
}

std::string correlations_schema() {
  return R"({"type": "array", "items": {"type": "object", "properties": {)"
         R"("between": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}, )"
         R"("rank": {"description": "Spearman's rank correlation.", "anyOf": [)"
         R"({"type": "number", "minimum": -0.999, "maximum": 0.999}, {"type": "string"}]}}, )"
         R"("required": ["between", "rank"], "additionalProperties": false}})";
}

}  // namespace

std::string sweep_schema() {
  std::vector<core::ParameterSpec> others;
  std::string own;
  for (const auto& spec : core::engine_table("sweep").specs()) {
    if (spec.key == "curves" || spec.key == "profiles")
      own += fmt::format("{}: {}, ", json_text(spec.key), names_schema(spec));
    else
      others.push_back(spec);
  }
  own += fmt::format(R"("axes": {}, "distributions": {}, "correlations": {})", axes_schema(),
                     distributions_schema(), correlations_schema());
  return table_schema(core::ParameterTable(std::move(others)),
                      "What varies, and what is kept of each member.", own);
}

}  // namespace poultice::bindings
