#include <gtest/gtest.h>

#include "core/scenario/stray_character.hpp"

namespace poultice::core {
namespace {

TEST(StrayCharacter, is_none_in_strings_and_comments) {
  for (const auto* text :
       {"", "a = 1\n", "a = \"µ\"", "a = 'µ'", "a = \"\\\"µ\"", "# µ", "a = 1 # µ \" '\nb = 2",
        "a = \"\"\"µ \"\n\"\" µ\"\"\"", "a = '''µ\n' '' µ'''", "a = '\\' # µ"})
    EXPECT_FALSE(find_stray_character(text)) << text;
}

TEST(StrayCharacter, is_found_behind_strings_and_comments) {
  for (const auto* text : {"µ", "a = \"x\" µ", "a = 'x\\'µ", "# x\nµ", "a = \"\"\"\n\"\"\"µ", "a = ''µ"}) {
    const auto stray = find_stray_character(text);
    ASSERT_TRUE(stray) << text;
    EXPECT_EQ(stray->character, "µ");
  }
}

TEST(StrayCharacter, has_a_place_that_counts_characters) {
  const auto stray = find_stray_character("a = \"µµ\"\nb = \"µµ\" €\n");
  ASSERT_TRUE(stray);
  EXPECT_EQ(stray->character, "€");
  EXPECT_EQ(stray->line, 2);
  EXPECT_EQ(stray->column, 10);
}

TEST(StrayCharacter, is_left_to_the_parser_behind_an_open_string) {
  EXPECT_FALSE(find_stray_character("a = \"open\nb = µ"));
  EXPECT_FALSE(find_stray_character("a = '''open\nb = µ"));
}

}  // namespace
}  // namespace poultice::core
