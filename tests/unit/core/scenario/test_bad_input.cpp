#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/scenario/bad_input.hpp"
#include "tests/unit/core/scenario/fake_catalogue.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::HasSubstr;

class BadInputTest : public ::testing::TestWithParam<BadInput> {};

/// Each input is refused for the one thing that is wrong with it, at its place, in words that help.
TEST_P(BadInputTest, is_refused_with_its_place_and_a_way_out) {
  const auto& bad = GetParam();
  const auto problems = problems_of(bad.text, bad.overrides);
  ASSERT_EQ(problems.size(), 1u) << ScenarioError(problems).what();
  const auto& problem = problems.front();
  EXPECT_EQ(problem.file, bad.file);
  EXPECT_EQ(problem.line, bad.line);
  EXPECT_EQ(problem.column, bad.column);
  EXPECT_EQ(problem.key, bad.key);
  EXPECT_THAT(problem.what, HasSubstr(bad.what));
  EXPECT_THAT(problem.given, HasSubstr(bad.given));
  EXPECT_THAT(problem.expected, HasSubstr(bad.expected));
  EXPECT_THAT(problem.hint, HasSubstr(bad.hint));
  EXPECT_FALSE(problem.what.empty());
  EXPECT_FALSE(problem.what.ends_with('.'));
}

std::string name_of(const ::testing::TestParamInfo<BadInput>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(syntax, BadInputTest, ::testing::ValuesIn(bad_syntax()), name_of);
INSTANTIATE_TEST_SUITE_P(values, BadInputTest, ::testing::ValuesIn(bad_values()), name_of);
INSTANTIATE_TEST_SUITE_P(tables, BadInputTest, ::testing::ValuesIn(bad_tables()), name_of);
INSTANTIATE_TEST_SUITE_P(sets_and_overrides, BadInputTest, ::testing::ValuesIn(bad_sets_and_overrides()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(schedules, BadInputTest, ::testing::ValuesIn(bad_schedules()), name_of);

TEST(BadInput, many_problems_come_at_once_in_the_order_of_the_file) {
  const auto problems = problems_of(R"(title = 3
[patch]
content = "1 cm"
area = 4
[[schedule]]
at = "1 h"
aply = "patch"
[skin]
cels = 3
)",
                                    {{"skin.temperature", "99 degC"}});
  std::vector<std::string> keys;
  for (const auto& problem : problems) keys.push_back(problem.key);
  EXPECT_THAT(keys, ::testing::ElementsAre("duration", "title", "patch.content", "patch.area",
                                           "schedule.0.aply", "skin.cels", "skin.temperature"));
}

TEST(BadInput, a_wrong_set_is_reported_once_though_two_tables_use_it) {
  const auto problems = problems_of(R"(duration = "1 h"
[drug]
use = "wrong_unit"
[metabolite]
model = "drug"
use = "wrong_unit"
)");
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].key, "drug.molar_mass");
  EXPECT_EQ(problems[1].key, "metabolite.molar_mass");
}

/// A folder of its own with a scenario in it, gone afterwards.
class BadFile : public ::testing::Test {
 protected:
  BadFile() {
    std::filesystem::create_directories(folder_ / "empty");
    std::ofstream(folder_ / "wear.toml") << small_scenario();
  }
  ~BadFile() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] FileError error_of(const std::filesystem::path& file) const {
    try {
      static_cast<void>(Scenario::read(file, fake_catalogue(), fake_library()));
    } catch (const FileError& error) {
      return error;
    }
    ADD_FAILURE() << file << " was read";
    return {"", "", ""};
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      ("bad_file_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(BadFile, that_is_missing_names_the_nearest) {
  const auto error = error_of(folder_ / "waer.toml");
  EXPECT_EQ(error.path(), (folder_ / "waer.toml").string());
  EXPECT_THAT(error.what(), HasSubstr("no such file"));
  EXPECT_THAT(error.hint(), HasSubstr("wear.toml?"));
}

TEST_F(BadFile, that_is_missing_lists_what_there_is) {
  EXPECT_THAT(error_of(folder_ / "something_else.toml").hint(), HasSubstr("files there: wear.toml"));
  EXPECT_EQ(error_of(folder_ / "empty" / "wear.toml").hint(), "");
  EXPECT_EQ(error_of(folder_ / "no_folder" / "wear.toml").hint(), "");
}

TEST_F(BadFile, that_is_a_folder_lists_what_is_in_it) {
  const auto error = error_of(folder_);
  EXPECT_THAT(error.what(), HasSubstr("is a folder"));
  EXPECT_THAT(error.hint(), HasSubstr("wear.toml"));
}

TEST_F(BadFile, that_is_huge_is_not_swallowed) {
  std::ofstream(folder_ / "huge.toml") << "x";
  std::filesystem::resize_file(folder_ / "huge.toml", 20u << 20);
  EXPECT_THAT(error_of(folder_ / "huge.toml").what(), HasSubstr("too large"));
}

TEST_F(BadFile, that_is_wrong_inside_goes_by_its_path) {
  const auto file = folder_ / "wear.toml";
  std::ofstream(file) << "duration = 3\n[skin]\n";
  try {
    static_cast<void>(Scenario::read(file, fake_catalogue(), fake_library()));
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_EQ(error.problems().front().file, file.string());
    EXPECT_THAT(error.what(), HasSubstr(file.string() + ":1:12: duration: "));
  }
}

}  // namespace
}  // namespace poultice::core::testing
