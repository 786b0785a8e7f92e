#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/document.hpp"

namespace poultice::core {
namespace {

using ::testing::ElementsAre;
using Kind = Node::Kind;

std::vector<std::string> keys_of(const Node& table) {
  std::vector<std::string> keys;
  for (const auto& entry : table.entries) keys.push_back(entry.key);
  return keys;
}

TEST(Document, keeps_the_order_of_the_file) {
  const auto root = parse_document("z = 1\n[skin.dermis]\nb = 1\na = 2\n[patch]\n[skin]\n[drug]\n", "f");
  EXPECT_THAT(keys_of(root), ElementsAre("z", "skin", "patch", "drug"));
  EXPECT_THAT(keys_of(*root.find_path("skin.dermis")), ElementsAre("b", "a"));
}

TEST(Document, knows_where_everything_stands) {
  const auto root = parse_document("title = \"µ\"  # x\n  [skin.dermis]\n  depth = 1e-3\n[skin]\n", "f.toml");
  EXPECT_EQ(root.find("title")->place.column, 9);
  EXPECT_EQ(root.find("skin")->place.line, 4);
  const auto& entry = root.find_path("skin.dermis")->entries.front();
  EXPECT_EQ(entry.place.file, "f.toml");
  EXPECT_EQ(entry.place.line, 3);
  EXPECT_EQ(entry.place.column, 3);
  EXPECT_EQ(entry.value.place.column, 11);
}

TEST(Document, quotes_values_as_they_are_written) {
  const auto root =
      parse_document("a = 'µ g'  # x\r\nb = 1e-3\r\nc = 0x1F\r\nd = \"\"\"one\ntwo\"\"\"\n", "f");
  EXPECT_EQ(root.find("a")->written, "'µ g'");
  EXPECT_EQ(root.find("b")->written, "1e-3");
  EXPECT_EQ(root.find("c")->written, "0x1F");
  EXPECT_EQ(root.find("d")->written, "\"\"\"one…");
}

TEST(Document, shortens_long_quotes_between_characters) {
  const auto root = parse_document("a = \"" + std::string(57, 'x') + "µµµµµµµµ\"\n", "f");
  EXPECT_EQ(root.find("a")->written, "\"" + std::string(57, 'x') + "µ…");
}

TEST(Document, tells_the_kinds_apart) {
  const auto root =
      parse_document("a = 'x'\nb = 1\nc = 1.0\nd = true\ne = 1979-05-27\nf = [1]\ng = {}\n", "f");
  std::vector<Kind> kinds;
  for (const auto& entry : root.entries) kinds.push_back(entry.value.kind);
  EXPECT_THAT(kinds, ElementsAre(Kind::text, Kind::integer, Kind::real, Kind::boolean, Kind::date,
                                 Kind::array, Kind::table));
}

TEST(LooseValue, is_toml_where_it_can_be) {
  EXPECT_EQ(parse_loose_value("3", "--set").integer, 3);
  EXPECT_EQ(parse_loose_value("1e-3", "--set").real, 1e-3);
  EXPECT_EQ(parse_loose_value("true", "--set").kind, Kind::boolean);
  EXPECT_EQ(parse_loose_value("\"20 cm^2\"", "--set").text, "20 cm^2");
  EXPECT_EQ(parse_loose_value("{ value = 3 }", "--set").find("value")->integer, 3);
}

TEST(LooseValue, is_a_text_otherwise) {
  for (const auto* text : {"20 cm^2", "matrix", "", "\"open", "1\nother = 2"}) {
    const auto node = parse_loose_value(text, "--set");
    EXPECT_EQ(node.kind, Kind::text) << text;
    EXPECT_EQ(node.text, text);
    EXPECT_TRUE(node.is_loose);
  }
}

TEST(Node, nests_a_value_under_a_path) {
  const auto table = nested("a.b.c", parse_loose_value("3", "--set"));
  EXPECT_EQ(table.find_path("a.b.c")->integer, 3);
  EXPECT_EQ(table.find_path("a.c"), nullptr);
}

TEST(Node, can_be_stripped_of_keys) {
  const auto root = parse_document("a = 1\nb = 2\nc = 3\n", "f");
  EXPECT_THAT(keys_of(without(root, {"b", "x"})), ElementsAre("a", "c"));
}

}  // namespace
}  // namespace poultice::core
