#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/ensemble/scenario_texts.hpp"

namespace poultice::solvers {
namespace {

using ::testing::ElementsAre;

TEST(ScenarioTexts, GiveBackWhatWasAdded) {
  const std::vector<std::string> texts{"a = 1\nb = 2\n",      "a = 1\nb = 2\n", "a = 3\nb = 2\n",
                                       "a = 1\nb = 4",        "=\n\n",          "",
                                       "a = 1\nb = \"= 7\"\n"};
  ScenarioTexts kept;
  for (const auto& text : texts) kept.add(text);
  const ScenarioTexts again(kept.first(), kept.changes());
  ASSERT_EQ(again.size(), static_cast<core::Index>(texts.size()));
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(again.text(static_cast<core::Index>(i)), texts[i]);
}

TEST(ScenarioTexts, KeepOnlyTheLinesThatDiffer) {
  ScenarioTexts texts;
  texts.add("title\nduration = 1\nend");
  texts.add("title\nduration = 2\nend");
  EXPECT_THAT(texts.changes(), ElementsAre("", "1 duration = 2\n"));
}

TEST(ScenarioTexts, DamageIsNoticed) {
  for (const auto* change : {"7 x\n", "x\n", "0\n"})
    EXPECT_THROW(static_cast<void>(ScenarioTexts("a\nb", {change}).text(0)), core::Error) << change;
}

}  // namespace
}  // namespace poultice::solvers
