#include "bindings/shared/parameter_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/named_sets.hpp"
#include "bindings/shared/parameter_words.hpp"
#include "bindings/shared/shown.hpp"
#include "bindings/shared/wrapped.hpp"
#include "core/base/text.hpp"
#include "core/scenario/value_reader.hpp"
#include "core/units/quantity.hpp"

namespace poultice::bindings {
namespace {

using core::ParameterType;

constexpr std::size_t column = 11;
constexpr std::size_t most_values = 12;

/// A value that a set gives.
struct SetValue {
  std::string set, value, source, trust;
};

std::string plain(const core::Node* node) {
  if (node == nullptr) return "";
  return node->kind == core::Node::Kind::text ? node->text : node->written;
}

std::vector<SetValue> values_in_sets(const KnownParameter& known) {
  std::vector<SetValue> values;
  if (known.model == nullptr || !known.verb.empty()) return values;
  for (const auto& folder : set_folders()) {
    if (folder.name == "therapies") continue;
    for (const auto& set : sets_in(folder.name)) {
      const auto* node = set.root.find_path(known.path());
      if (node == nullptr) continue;
      const bool says_more = node->kind == core::Node::Kind::table;
      values.push_back({set.path(), plain(says_more ? node->find("value") : node),
                        says_more ? plain(node->find("source")) : "",
                        says_more ? plain(node->find("trust")) : ""});
    }
  }
  return values;
}

std::string type_of(const core::ParameterSpec& spec) {
  if (spec.type != ParameterType::quantity) return std::string(type_word(spec.type));
  const auto dimension = core::dimension_name(spec.unit);
  if (spec.unit == "1") return "quantity, a number without unit";
  return fmt::format("quantity, in {} or any other unit of {}", shown_unit(spec.unit), dimension);
}

/// The names of the sets that a set parameter may take: "fentanyl, nicotine".
std::vector<std::string> names_of(const core::ParameterSpec& spec) {
  std::vector<std::string> names;
  if (spec.type == ParameterType::set)
    for (const auto& set : sets_in(spec.folder)) names.push_back(set.name);
  return names;
}

std::string preset_of(const core::ParameterSpec& spec) {
  if (!spec.preset.empty()) return spec.preset;
  return spec.is_optional ? "none; it may be left out" : "none; a scenario or a set must give it";
}

std::string place_of(const KnownParameter& known) {
  if (!known.verb.empty())
    return fmt::format("in the [[schedule]] entry with {} = \"{}\"", known.verb, known.table);
  if (known.table == "schedule") return "in a [[schedule]] entry";
  if (known.table == "sweep") return "[sweep] of a study";
  if (known.table.empty()) return "at the top of the scenario";
  if (known.model == nullptr) return fmt::format("[{}] of a scenario", known.table);
  return fmt::format("[{0}], or any table with model = \"{0}\"", known.table);
}

/// "under [patch]: area = "1 cm^2"".
std::string example_of(const KnownParameter& known) {
  const auto& spec = *known.spec;
  const auto names = names_of(spec);
  const auto value = names.empty() ? example_value(spec) : toml_text(names.front());
  const auto star = spec.key.find(".*.");
  if (star != std::string::npos)
    return fmt::format("[[{}.{}]], name = \"upper\", {} = {}", known.table, spec.key.substr(0, star),
                       spec.key.substr(star + 3), value);
  if (!known.verb.empty())
    return fmt::format("[[schedule]], at = \"0 h\", {} = \"{}\", {} = {}", known.verb, known.table, spec.key,
                       value);
  if (known.table == "schedule") return fmt::format("[[schedule]], {} = {}", spec.key, value);
  if (known.table.empty()) return fmt::format("{} = {}", spec.key, value);
  return fmt::format("[{}], {} = {}", known.table, spec.key, value);
}

}  // namespace

std::string parameter_in_words(const KnownParameter& known) {
  const auto& spec = *known.spec;
  auto text = broken(fmt::format("{}: {}", known.path(), spec.meaning), 100, "", "  ") + '\n';
  const auto row = [&](const char* name, const std::string& what) {
    if (!what.empty()) text += wrapped(fmt::format("{:<{}}{}", name, column - 2, what), column);
  };
  row("type", type_of(spec));
  row("accepts", range_of(spec));
  row("names", core::joined(names_of(spec)));
  row("default", preset_of(spec));
  row("from", spec.source);
  row("stands", place_of(known));
  row("example", example_of(known));
  const auto values = values_in_sets(known);
  if (values.empty()) return text;
  text += "\nvalues in sets\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& value : values)
    if (rows.size() < most_values) rows.push_back({value.set, value.value, value.trust});
  if (values.size() > most_values) rows.push_back({fmt::format("and {} more", values.size() - most_values)});
  return text + in_columns(rows) + "  (poultice describe NAME gives the source of each)\n";
}

std::string parameter_in_json(const KnownParameter& known) {
  std::vector<std::string> values;
  for (const auto& value : values_in_sets(known))
    values.push_back(JsonObject()
                         .add("set", value.set)
                         .add("value", value.value)
                         .add("source", value.source)
                         .add("trust", value.trust)
                         .text());
  return JsonObject()
      .add("kind", "parameter")
      .add("path", known.path())
      .add("table", known.table)
      .add("verb", known.verb)
      .add("model", known.model == nullptr ? "" : known.model->name)
      .add("accepts", core::accepted(*known.spec))
      .add("example", example_of(known))
      .add_json("names", json_texts(names_of(*known.spec)))
      .add_json("spec", spec_in_json(*known.spec))
      .add_json("values_in_sets", json_array(values))
      .text();
}

}  // namespace poultice::bindings
