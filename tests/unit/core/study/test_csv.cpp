#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/study/csv.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::vector<std::string>> texts_of(std::string_view text) {
  ProblemList problems;
  std::vector<std::vector<std::string>> rows;
  for (const auto& record : read_csv(text, "t.csv", problems)) {
    auto& row = rows.emplace_back();
    for (const auto& field : record) row.push_back(field.text);
  }
  problems.throw_if_any({});
  return rows;
}

TEST(Csv, reads_fields_between_commas) {
  EXPECT_THAT(texts_of("a,b\n1,2\n"), ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
  EXPECT_THAT(texts_of("a,b\r\n1,2"), ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
  EXPECT_THAT(texts_of("a,,\n"), ElementsAre(ElementsAre("a", "", "")));
  EXPECT_THAT(texts_of(" a ,\tb\t\n"), ElementsAre(ElementsAre("a", "b")));
  EXPECT_THAT(texts_of("\xEF\xBB\xBF"
                       "a,µ\n"),
              ElementsAre(ElementsAre("a", "µ")));
}

TEST(Csv, passes_over_lines_that_hold_nothing) {
  EXPECT_THAT(texts_of(""), IsEmpty());
  EXPECT_THAT(texts_of("\n\r\n  \n"), IsEmpty());
  EXPECT_THAT(texts_of("a\n\nb\n\n"), ElementsAre(ElementsAre("a"), ElementsAre("b")));
}

TEST(Csv, reads_what_is_quoted_as_it_stands) {
  EXPECT_THAT(texts_of("\"a,b\",c\n"), ElementsAre(ElementsAre("a,b", "c")));
  EXPECT_THAT(texts_of("\"say \"\"a\"\"\",c\n"), ElementsAre(ElementsAre("say \"a\"", "c")));
  EXPECT_THAT(texts_of("\"two\nlines\",c\nd,e\n"),
              ElementsAre(ElementsAre("two\nlines", "c"), ElementsAre("d", "e")));
  EXPECT_THAT(texts_of("\"\",c\r\n"), ElementsAre(ElementsAre("", "c")));
  EXPECT_THAT(texts_of("\"a\" , \"b\"\n"), ElementsAre(ElementsAre("a", "b")));
}

TEST(Csv, knows_where_fields_stand) {
  ProblemList problems;
  const auto records = read_csv("µ, b\n\"x\ny\", c\n", "t.csv", problems);
  EXPECT_EQ(records[0][1].line, 1);
  EXPECT_EQ(records[0][1].column, 4);
  EXPECT_EQ(records[1][0].line, 2);
  EXPECT_EQ(records[1][1].line, 3);
  EXPECT_EQ(records[1][1].column, 5);
}

std::string complaint_of(std::string_view text) {
  try {
    static_cast<void>(texts_of(text));
    return "";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

TEST(Csv, refuses_quotes_that_do_not_match) {
  EXPECT_THAT(complaint_of("a\n\"b,c\n"), HasSubstr("t.csv:2:1: the quote is never closed"));
  EXPECT_THAT(complaint_of("a\n\"b\"c\n"), HasSubstr("t.csv:2:1: something stands behind the closing quote"));
}

}  // namespace
}  // namespace poultice::core::testing
