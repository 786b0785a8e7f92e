#include "core/scenario/document.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/scenario/stray_character.hpp"
#include "core/scenario/syntax_problem.hpp"
#include "core/scenario/toml_parser.hpp"

namespace poultice::core {
namespace {

constexpr std::size_t longest_quote = 60;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Turns toml++'s tree, which sorts its keys, into ours, which keeps the order of the file.
class Converter {
 public:
  Converter(std::string_view text, std::string file) : lines_(split(text, '\n')), file_(std::move(file)) {}

  [[nodiscard]] Node convert(const toml::node& source) const {
    Node node;
    node.place = place_of(source.source().begin);
    source.visit([&](const auto& value) { fill(node, value); });
    if (node.kind != Node::Kind::table && node.kind != Node::Kind::array)
      node.written = quote(source.source());
    return node;
  }

 private:
  [[nodiscard]] Place place_of(const toml::source_position& position) const {
    return {file_, static_cast<int>(position.line), static_cast<int>(position.column)};
  }

  void fill(Node& node, const toml::table& table) const {
    node.kind = Node::Kind::table;
    for (const auto& [key, value] : table)
      node.entries.push_back({std::string(key.str()), place_of(key.source().begin), convert(value)});
    std::stable_sort(node.entries.begin(), node.entries.end(), [](const Entry& a, const Entry& b) {
      return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
  }

  void fill(Node& node, const toml::array& array) const {
    node.kind = Node::Kind::array;
    for (const auto& item : array) node.items.push_back(convert(item));
  }

  template <class Value>
  void fill(Node& node, const toml::value<Value>& value) const {
    if constexpr (std::is_same_v<Value, std::string>) {
      node.kind = Node::Kind::text;
      node.text = value.get();
    } else if constexpr (std::is_same_v<Value, std::int64_t>) {
      node.kind = Node::Kind::integer;
      node.integer = value.get();
    } else if constexpr (std::is_same_v<Value, double>) {
      node.kind = Node::Kind::real;
      node.real = value.get();
    } else if constexpr (std::is_same_v<Value, bool>) {
      node.kind = Node::Kind::boolean;
      node.boolean = value.get();
    } else {
      node.kind = Node::Kind::date;
    }
  }

  /// The characters of a region, cut at the end of its first line.
  [[nodiscard]] std::string quote(const toml::source_region& region) const {
    if (region.begin.line == 0 || region.begin.line > lines_.size()) return "";
    const auto& line = lines_[region.begin.line - 1];
    const auto begin = byte_of(line, region.begin.column);
    const bool is_whole = region.begin.line == region.end.line;
    const auto end = is_whole ? byte_of(line, region.end.column) : line.size();
    auto text = line.substr(begin, end - begin);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
    if (text.size() <= longest_quote) return is_whole ? text : text + "…";
    return text.substr(0, byte_of(text, longest_quote)) + "…";
  }

  /// Columns count code points; this gives the byte at which one starts.
  [[nodiscard]] static std::size_t byte_of(std::string_view line, std::size_t column) {
    std::size_t byte = 0;
    for (std::size_t seen = 1; byte < line.size(); ++byte) {
      const bool starts_character = (static_cast<unsigned char>(line[byte]) & 0xC0u) != 0x80u;
      if (starts_character && seen++ == column) break;
    }
    return byte;
  }

  std::vector<std::string> lines_;
  std::string file_;
};

}  // namespace

Problem Place::problem(std::string key, std::string what) const {
  return {.what = std::move(what), .file = file, .line = line, .column = column, .key = std::move(key)};
}

const Node* Node::find(std::string_view key) const {
  for (const auto& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

const Node* Node::find_path(std::string_view path) const {
  const Node* node = this;
  for (const auto& piece : split(path, '.'))
    if (node = node->find(piece); node == nullptr) return nullptr;
  return node;
}

std::string Node::described() const {
  switch (kind) {
    case Kind::text:
      return fmt::format("the text {}", written);
    case Kind::integer:
    case Kind::real:
      return fmt::format("the number {}", written);
    case Kind::boolean:
      return written;
    case Kind::date:
      return fmt::format("the date or time {}", written);
    case Kind::array:
      return "a list";
    case Kind::table:
      return "a table";
  }
  return "";
}

Node without(const Node& table, const std::vector<std::string>& keys) {
  auto rest = table;
  std::erase_if(rest.entries, [&](const Entry& entry) {
    return std::find(keys.begin(), keys.end(), entry.key) != keys.end();
  });
  return rest;
}

Node nested(std::string_view path, Node value) {
  auto pieces = split(path, '.');
  std::reverse(pieces.begin(), pieces.end());
  for (auto& piece : pieces) {
    Node table;
    table.place = value.place;
    table.is_loose = value.is_loose;
    table.entries.push_back({std::move(piece), value.place, std::move(value)});
    value = std::move(table);
  }
  return value;
}

Node parse_document(std::string_view text, const std::string& file) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  refuse_what_is_no_text(text, file);
  if (const auto stray = find_stray_character(text))
    throw ScenarioError(
        syntax_problem(text, {file, stray->line, stray->column},
                       fmt::format("the character {} stands outside quotes", stray->character)));
  try {
    const auto table = toml::parse(text, std::string_view(file));
    return Converter(text, file).convert(table);
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    throw ScenarioError(syntax_problem(text, {file, static_cast<int>(at.line), static_cast<int>(at.column)},
                                       error.description()));
  }
}

Node parse_loose_value(std::string_view text, const std::string& file) {
  Node node;
  node.kind = Node::Kind::text;
  node.text = text;
  try {
    const auto root = parse_document(fmt::format("value = {}", text), file);
    if (root.entries.size() == 1) node = root.entries.front().value;
  } catch (const ScenarioError&) {
    // No TOML value: a text whose quotes the shell took away.
  }
  node.place = {file};
  node.written = text;
  node.is_loose = true;
  return node;
}

}  // namespace poultice::core
