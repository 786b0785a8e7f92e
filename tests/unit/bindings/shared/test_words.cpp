#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "bindings/shared/shell_word.hpp"
#include "bindings/shared/wrapped.hpp"

namespace poultice::bindings {
namespace {

TEST(ShellWord, PlainWordsStayAndOthersAreQuoted) {
  EXPECT_EQ(shell_word("results/run-1.h5"), "results/run-1.h5");
  EXPECT_EQ(shell_word("my file.h5"), "'my file.h5'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("$(rm)"), "'$(rm)'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(Wrapped, LinesFitAndLoseNothing) {
  std::string paragraph;
  for (int i = 0; i < 60; ++i) paragraph += (i > 0 ? " word" : "word") + std::to_string(i);
  const auto text = wrapped(paragraph, 6);
  std::istringstream lines(text);
  std::string line, rejoined;
  for (int n = 0; std::getline(lines, line); ++n) {
    EXPECT_LE(line.size(), 110u);
    const std::size_t indent = n == 0 ? 2 : 6;
    EXPECT_EQ(line.find_first_not_of(' '), indent);
    rejoined += (n > 0 ? " " : "") + line.substr(indent);
  }
  EXPECT_EQ(rejoined, paragraph);
  EXPECT_TRUE(text.ends_with('\n'));
}

TEST(Wrapped, AWordLongerThanALineStaysWhole) {
  const std::string endless(300, 'x');
  EXPECT_EQ(wrapped(endless, 6), "  " + endless + "\n");
  EXPECT_EQ(wrapped("    indented " + endless + " end", 6),
            "      indented\n      " + endless + "\n      end\n");
  EXPECT_EQ(wrapped("short", 4), "  short\n");
}

}  // namespace
}  // namespace poultice::bindings
