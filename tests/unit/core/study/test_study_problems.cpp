#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/study/fake_study.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct BadStudy {
  const char* sweep;
  int line;  ///< below the first of `sweep`, which is 0
  const char* says;
  const char* hints = "";
};

std::ostream& operator<<(std::ostream& stream, const BadStudy& bad) { return stream << bad.sweep; }

class BadStudies : public ::testing::TestWithParam<BadStudy> {};

TEST_P(BadStudies, say_where_what_and_what_to_do) {
  const auto& bad = GetParam();
  const auto problems = study_problems(bad.sweep);
  ASSERT_EQ(problems.size(), 1U) << ::testing::PrintToString(lines_of(problems));
  EXPECT_EQ(problems[0].file, "study.toml");
  EXPECT_EQ(problems[0].line, first_line + bad.line);
  EXPECT_THAT(problems[0].text(), AllOf(HasSubstr(bad.says), HasSubstr(bad.hints)));
}

INSTANTIATE_TEST_SUITE_P(
    Keys, BadStudies,
    ::testing::Values(
        BadStudy{"[sweep]\n", 0, "nothing varies", "[sweep.axes]"},
        BadStudy{"[sweep]\nmehtod = \"sobol\"\n", 1, "unknown key", "did you mean method?"},
        BadStudy{"[sweep]\nmethod = \"sobl\"\n", 1, "none of the choices", "did you mean \"sobol\"?"},
        BadStudy{"[sweep]\ncurve = \"a\"\n", 1, "unknown key", "did you mean curves?"},
        BadStudy{"[sweep]\naxis.duration = [\"1 h\"]\n", 1, "unknown key", "did you mean axes?"},
        BadStudy{"[sweep]\n\"patch.area\" = [\"1 cm^2\"]\n", 1, "unknown key", "stands in [sweep.axes]"},
        BadStudy{"[sweep]\nevery = \"1 mg\"\n", 1, "a mass"},
        BadStudy{"[sweep]\ncurves = [1]\n", 1, "this is no name"},
        BadStudy{"[sweep]\ncurves = [\"a\", \"a\"]\n", 1, "the name stands twice"},
        BadStudy{"[sweep]\nevery = \"1 h\"\naxes.duration = [\"96 h\"]\n", 1, "there are no curves"},
        BadStudy{"[sweep]\ncurves = \"a\"\nevery = \"0.1 s\"\naxes.duration = [\"96 h\"]\n", 2,
                 "too many samples"},
        BadStudy{"[sweep]\nseed = 3\naxes.duration = [\"96 h\"]\n", 1, "there is nothing to draw"},
        BadStudy{"[sweep]\ntable = \"members.csv\"\n", 1, "there is no such file"}));

INSTANTIATE_TEST_SUITE_P(
    Axes, BadStudies,
    ::testing::Values(
        BadStudy{"[sweep]\naxes = 3\n", 1, "is a table, not a value"},
        BadStudy{"[sweep.axes]\n\"patch.aera\" = [\"1 cm^2\"]\n", 1, "there is no such parameter",
                 "did you mean patch.area?"},
        BadStudy{"[sweep.axes]\npatch.aera = [\"1 cm^2\"]\n", 1, "there is no such parameter",
                 "did you mean patch.area?"},
        BadStudy{"[sweep.axes]\n\"schedule.2.at\" = [\"1 h\"]\n", 1, "there is no such parameter",
                 "did you mean schedule.0.at?"},
        BadStudy{"[sweep.axes]\n\"output.every\" = [\"1 h\"]\n", 1, "this cannot vary", "in [sweep]"},
        BadStudy{"[sweep.axes]\n\"patch.area\" = []\n", 1, "the list is empty"},
        BadStudy{"[sweep.axes]\n\"patch.area\" = \"1 cm^2\"\n", 1, "one value is no axis",
                 "write [\"1 cm^2\", …]"},
        BadStudy{"[sweep.axes]\n\"patch.area\" = [\"1 cm^2\", \"1 mg\"]\n", 1, "a mass", "an area"},
        BadStudy{"[sweep.axes]\n\"patch.area\" = [\"1 cm^2\", \"2000 cm^2\"]\n", 1, "is too large"},
        BadStudy{"[sweep.axes]\n\"patch.area\" = [\"1 cm^2\", \"100 mm^2\"]\n", 1, "stands twice"},
        BadStudy{"[sweep.axes]\n\"patch.kind\" = [\"matrx\"]\n", 1, "none of the choices",
                 "did you mean \"matrix\"?"},
        BadStudy{"[sweep.axes]\n\"patch.kind\" = { from = 1, to = 2, count = 3 }\n", 1,
                 "a range takes numbers"},
        BadStudy{"[sweep.axes]\n\"patch.area\" = { from = \"1 cm^2\", to = \"2 cm^2\" }\n", 1, "is missing",
                 "write count = 2"},
        BadStudy{"[sweep.axes]\n\"patch.area\" = { from = \"1 cm^2\", to = \"1 cm^2\", count = 3 }\n", 1,
                 "has no width"},
        BadStudy{"[sweep.axes]\n\"patch.content\" = { from = 0, to = \"1 mg\", count = 3 }\n", 1,
                 "the unit is missing"},
        BadStudy{"[sweep.axes]\n\"patch.content\" = { from = \"0 mg\", to = \"1 mg\", count = 3, spacing = "
                 "\"log\" }\n",
                 1, "cannot hold zero", "linear"},
        BadStudy{"[sweep.axes]\n\"skin.cells\" = { from = 2, to = 5, count = 3 }\n", 1, "no whole numbers"},
        BadStudy{
            "[sweep.axes]\n\"patch.area\" = { from = \"1 cm^2\", to = \"2 cm^2\", cuont = 3, count = 3 }\n",
            1, "unknown key", "count"},
        BadStudy{"[sweep.axes]\n\"patch.content\" = { from = \"1 mg\", to = \"2 mg\", count = 10000000 }\n"
                 "\"patch.area\" = [\"1 cm^2\", \"2 cm^2\"]\n",
                 0, "too many members"}));

INSTANTIATE_TEST_SUITE_P(
    Distributions, BadStudies,
    ::testing::Values(
        BadStudy{
            "[sweep.distributions]\n\"patch.area\" = { distribution = \"uniform\", from = \"1 cm^2\", to = "
            "\"2 cm^2\" }\n",
            0, "sweep.n: is missing", "write n = 1024"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"patch.area\" = [\"1 cm^2\"]\n", 2,
                 "says not how the parameter is distributed", "[sweep.axes]"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"patch.area\" = { mean = \"1 cm^2\" }\n", 2,
                 "says not how the parameter is distributed", "lognormal"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"patch.area\" = { distribution = \"norml\" }\n", 2,
                 "there is no such distribution", "did you mean \"normal\"?"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"patch.area\" = { distribution = \"normal\", mean = \"9 "
                 "cm^2\" }\n",
                 2, "is missing", "write sd ="},
        BadStudy{
            "[sweep]\nn = 4\ndistributions.\"patch.area\" = { distribution = \"normal\", mean = \"9 cm^2\", "
            "sd = \"0 cm^2\" }\n",
            2, "nothing is spread"},
        BadStudy{
            "[sweep]\nn = 4\ndistributions.\"patch.area\" = { distribution = \"normal\", mean = \"9 cm^2\", "
            "sd = \"1 cm^2\", minimum = \"40 cm^2\" }\n",
            2, "nothing is left"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"patch.area\" = { distribution = \"lognormal\", median = "
                 "\"9 cm^2\", "
                 "cv = \"30 %\", minimum = \"4 cm^2\", maximum = \"3 cm^2\" }\n",
                 2, "the minimum is not below"},
        BadStudy{
            "[sweep]\nn = 4\ndistributions.\"patch.area\" = { distribution = \"uniform\", from = \"9 cm^2\", "
            "to = \"3 cm^2\" }\n",
            2, "the lower end is not below"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"patch.content\" = { distribution = \"loguniform\", from = "
                 "\"0 mg\", "
                 "to = \"3 mg\" }\n",
                 2, "cannot hold zero"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"skin.cells\" = { distribution = \"uniform\", from = 2, to "
                 "= 3 }\n",
                 2, "uniform is for quantities", "categorical"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"skin.cells\" = { distribution = \"categorical\", values = "
                 "[2, 3], "
                 "weights = [1] }\n",
                 2, "not one weight for each value"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"skin.cells\" = { distribution = \"categorical\", values = "
                 "[2, 3], "
                 "weights = [1, -1] }\n",
                 2, "this is no weight"},
        BadStudy{"[sweep]\nn = 4\ndistributions.\"skin.cells\" = { distribution = \"categorical\", values = "
                 "[2, 3], "
                 "weights = [0, 0] }\n",
                 2, "do not sum"},
        BadStudy{
            "[sweep]\nn = 4\ndistributions.\"skin.cells\" = { distribution = \"categorical\", value = [2] , "
            "values = [3] }\n",
            2, "unknown key", "did you mean values?"}));

const std::string two_drawn = R"([sweep]
n = 4
[sweep.distributions]
"patch.area" = { distribution = "uniform", from = "5 cm^2", to = "20 cm^2" }
"patch.content" = { distribution = "uniform", from = "1 mg", to = "2 mg" }
"plasma.volume" = { distribution = "normal", mean = "3 L", sd = "1 L", minimum = "1 L" }
"skin.cells" = { distribution = "categorical", values = [2, 3] }
[plasma]
[[sweep.correlations]]
)";

std::vector<std::string> correlated(const std::string& lines) {
  return lines_of(study_problems(two_drawn + lines));
}

TEST(BadCorrelations, say_what_is_wrong_with_each) {
  const std::string area = "between = [\"patch.area\", ";
  EXPECT_THAT(correlated(area + "\"patch.content\"]\n"),
              ElementsAre(HasSubstr("22: sweep.correlations: the rank")));
  EXPECT_THAT(correlated("rank = 0.5\n"), ElementsAre(HasSubstr("22: sweep.correlations: two parameters")));
  EXPECT_THAT(correlated(area + "\"patch.area\"]\nrank = 0.5\n"), ElementsAre(HasSubstr("goes with itself")));
  EXPECT_THAT(correlated(area + "\"patch.kind\"]\nrank = 0.5\n"),
              ElementsAre(HasSubstr("no distribution is given")));
  EXPECT_THAT(correlated(area + "\"skin.cells\"]\nrank = 0.5\n"),
              ElementsAre(HasSubstr("categories have no ranks")));
  EXPECT_THAT(correlated(area + "\"patch.content\"]\nrank = 1\n"), ElementsAre(HasSubstr("is too large")));
  EXPECT_THAT(correlated(area + "\"patch.content\"]\nrank = 0.5\nrnak = 1\n"),
              ElementsAre(HasSubstr("unknown key")));
  const std::string next = "[[sweep.correlations]]\n";
  EXPECT_THAT(correlated(area + "\"patch.content\"]\nrank = 0.5\n" + next +
                         "between = [\"patch.content\", \"patch.area\"]\nrank = 0.5\n"),
              ElementsAre(HasSubstr("correlated twice")));
  const auto contradicting = correlated(area + "\"patch.content\"]\nrank = 0.9\n" + next + area +
                                        "\"plasma.volume\"]\nrank = 0.9\n" + next +
                                        "between = [\"patch.content\", \"plasma.volume\"]\nrank = -0.5\n");
  EXPECT_THAT(contradicting, ElementsAre(HasSubstr("contradict one another")));
}

TEST(StudyProblems, come_all_at_once_with_those_of_the_scenario) {
  const auto problems = lines_of(study_problems(R"([sweep]
n = 4
[sweep.axes]
"patch.area" = ["1 mg"]
"patch.kind" = ["paste"]
[sweep.distributions]
"patch.area" = { distribution = "uniform", from = "9 cm^2", to = "3 cm^2" }
)"));
  EXPECT_THAT(problems, ElementsAre(HasSubstr("17: sweep.axes.\"patch.area\": \"1 mg\" is a mass"),
                                    HasSubstr("18: sweep.axes.\"patch.kind\": is none of the choices"),
                                    HasSubstr("20: sweep.distributions.\"patch.area\": varies twice"),
                                    HasSubstr("the lower end is not below the upper")));
}

TEST(StudyProblems, name_a_scenario_that_is_not_there_and_what_stands_beside_it) {
  const auto problems = lines_of(study_problems("[sweep]\nscenario = \"other.toml\"\n"));
  EXPECT_THAT(problems, ElementsAre(HasSubstr("1: duration: stands beside"), HasSubstr("2: drug"),
                                    HasSubstr("4: skin"), HasSubstr("5: patch"), HasSubstr("8: schedule"),
                                    HasSubstr("15: sweep.scenario: no/such/folder/other.toml: there is no")));
}

TEST(StudyProblems, refuse_a_sweep_that_is_no_table) {
  try {
    static_cast<void>(Study::parse("sweep = 3\n", "study.toml", "", fake_catalogue(), fake_library()));
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_THAT(error.what(), HasSubstr("study.toml:1:9: sweep: is a table, not a value"));
  }
}

TEST(StudyProblems, stand_in_the_lines_of_the_file) {
  const auto problems =
      lines_of(study_problems("[sweep.axes]\n\"patch.area\" = [\"1 cm^2\"]\n[plasma]\nvolume = \"1 mg\"\n"));
  EXPECT_THAT(problems, ElementsAre(HasSubstr("17: plasma.volume")));
}

TEST(StudyProblems, tell_a_scenario_from_a_study) {
  const auto of_scenario = problems_of(study_text("[sweep.axes]\nduration = [\"96 h\"]\n"));
  ASSERT_EQ(of_scenario.size(), 1U);
  EXPECT_THAT(of_scenario[0].text(), AllOf(HasSubstr("case.toml:14"), HasSubstr("this is a study"),
                                           HasSubstr("poultice sweep run case.toml")));
  const auto of_study = study_problems("");
  ASSERT_EQ(of_study.size(), 1U);
  EXPECT_THAT(of_study[0].text(),
              AllOf(HasSubstr("this is one scenario"), HasSubstr("poultice run study.toml")));
}

TEST(StudyProblems, name_settings_that_would_go_unheard) {
  const auto problems =
      study_problems("[sweep.axes]\n\"patch.area\" = [\"1 cm^2\"]\n", "", {{"patch.area", "2 cm^2"}});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].text(), HasSubstr("the study varies this parameter"));
}

}  // namespace
}  // namespace poultice::core::testing
