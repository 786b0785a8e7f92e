#include "bindings/command/set_page.hpp"

#include <utility>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/wrapped.hpp"

namespace poultice::bindings {
namespace {

/// A text without its quotes, any other value as it stands in the file.
std::string plain(const core::Node* node) {
  if (node == nullptr) return "";
  return node->kind == core::Node::Kind::text ? node->text : node->written;
}

/// Calls `visit(path, node)` for each value below a table, and `open(path)` for each table that holds any.
template <class Open, class Visit>
void walk(const core::Node& table, const std::string& path, const Open& open, const Visit& visit) {
  const auto is_table = [](const core::Node& node) {
    return node.kind == core::Node::Kind::table && node.find("value") == nullptr;
  };
  bool is_open = table.entries.empty();
  if (is_open) open(path);
  for (const auto& entry : table.entries) {
    if (is_table(entry.value)) continue;
    if (!std::exchange(is_open, true)) open(path);
    visit(path, entry.key, entry.value);
  }
  for (const auto& entry : table.entries)
    if (is_table(entry.value)) walk(entry.value, path + "." + entry.key, open, visit);
}

/// The same for all tables of a set.
template <class Open, class Visit>
void walk_set(const NamedSet& set, const Open& open, const Visit& visit) {
  for (const auto& entry : set.root.entries)
    if (entry.value.kind == core::Node::Kind::table) walk(entry.value, entry.key, open, visit);
}

/// What a value says: {"value", "source", "trust", "note"}, "" where it does not.
std::string said(const core::Node& node, const char* what) {
  if (node.kind == core::Node::Kind::table) return plain(node.find(what));
  return std::string_view(what) == "value" ? plain(&node) : "";
}

}  // namespace

std::string set_in_words(const NamedSet& set) {
  auto text = fmt::format("{}: {}\n", set.path(), set.title());
  for (const auto* key : {"source", "trust", "note"})
    if (const auto head = plain(set.root.find(key)); !head.empty())
      text += wrapped(fmt::format("{}: {}", key, head), 4);
  walk_set(
      set, [&](const std::string& path) { text += fmt::format("\n[{}]\n", path); },
      [&](const std::string&, const std::string& key, const core::Node& node) {
        const auto trust = said(node, "trust");
        text +=
            fmt::format("  {} = {}{}\n", key, said(node, "value"), trust.empty() ? "" : "  (" + trust + ")");
        for (const auto* what : {"source", "note"})
          if (const auto words = said(node, what); !words.empty())
            text += wrapped(fmt::format("    {}: {}", what, words), 6);
      });
  return text;
}

std::string set_in_json(const NamedSet& set) {
  std::vector<std::string> values, tables;
  walk_set(
      set, [&](const std::string& path) { tables.push_back(path); },
      [&](const std::string& path, const std::string& key, const core::Node& node) {
        JsonObject json;
        json.add("key", path + "." + key);
        for (const auto* what : {"value", "source", "trust", "note"}) json.add(what, said(node, what));
        values.push_back(json.text());
      });
  return JsonObject()
      .add("kind", plain(set.root.find("kind")))
      .add("name", set.name)
      .add("folder", set.folder)
      .add("title", set.title())
      .add_json("tables", json_texts(tables))
      .add_json("values", json_array(values))
      .text();
}

}  // namespace poultice::bindings
