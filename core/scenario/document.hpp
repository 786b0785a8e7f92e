#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace poultice::core {

/// Where something stands in an input. Line and column are 1-based; 0 means the input as a whole.
struct Place {
  std::string file;
  int line = 0, column = 0;

  /// A problem at this place; the caller fills in the rest.
  [[nodiscard]] Problem problem(std::string key, std::string what) const;
};

struct Entry;

/// One value of a TOML document, with its place.
struct Node {
  enum class Kind { text, integer, real, boolean, date, array, table };

  Kind kind = Kind::table;
  Place place;
  std::string written;    ///< as in the file, on one line; quotes included
  bool is_loose = false;  ///< came from a command line, where quotes may be left out
  std::string text;       ///< of a text
  std::int64_t integer = 0;
  double real = 0.0;
  bool boolean = false;
  std::vector<Node> items;     ///< of an array
  std::vector<Entry> entries;  ///< of a table, in the order of the file

  /// The value of a key of this table, or null.
  [[nodiscard]] const Node* find(std::string_view key) const;
  /// The value of a dotted path below this table, or null.
  [[nodiscard]] const Node* find_path(std::string_view path) const;
  /// "the number 3", "a table": for messages.
  [[nodiscard]] std::string described() const;
};

struct Entry {
  std::string key;
  Place place;
  Node value;
};

/// The table less some of its keys.
[[nodiscard]] Node without(const Node& table, const std::vector<std::string>& keys);

/// A table that holds `value` under a dotted path.
[[nodiscard]] Node nested(std::string_view path, Node value);

/// The root table of a TOML text. Throws ScenarioError for syntax, and for bytes that are no text.
[[nodiscard]] Node parse_document(std::string_view text, const std::string& file);

/// What stands behind `--set path=`: a TOML value, or else a text without its quotes.
[[nodiscard]] Node parse_loose_value(std::string_view text, const std::string& file);

}  // namespace poultice::core
