#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/study/fake_study.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string drawing = R"([sweep]
n = 2
replicates = 2
[sweep.axes]
"skin.cells" = [10, 20]
[sweep.distributions]
"patch.area" = { distribution = "uniform", from = "5 cm^2", to = "20 cm^2" }
"patch.kind" = { distribution = "categorical", values = ["matrix", "reservoir"] }
)";

TEST(Study, crosses_axes_the_first_slowest) {
  const auto study = study_of(R"([sweep.axes]
"drug.molar_mass" = ["0.3 kg/mol", "0.4 kg/mol"]
"skin.cells" = [10, 20, 30]
)");
  EXPECT_FALSE(study.needs_drawing());
  EXPECT_EQ(study.n_members(), 6);
  const auto design = study.design();
  ASSERT_EQ(design.n_members, 6);
  ASSERT_EQ(design.columns.size(), 2U);
  EXPECT_EQ(design.columns[0].path, "drug.molar_mass");
  EXPECT_EQ(design.columns[0].unit, "g/mol");
  EXPECT_THAT(design.columns[0].numbers, ElementsAre(0.3, 0.3, 0.3, 0.4, 0.4, 0.4));
  EXPECT_FALSE(design.columns[0].needs_own_scenario);
  EXPECT_EQ(design.columns[1].unit, "1");
  EXPECT_THAT(design.columns[1].numbers, ElementsAre(10, 20, 30, 10, 20, 30));
  EXPECT_TRUE(design.columns[1].needs_own_scenario);
  EXPECT_THAT(design.indices, IsEmpty());
}

TEST(Study, spaces_ranges_by_steps_or_by_factors_and_meets_their_ends) {
  const auto axes = study_of(R"([sweep.axes]
duration = { from = "96 h", to = "100 h", count = 5 }
"skin.cells" = { from = 10, to = 2, count = 3 }
"drug.molar_mass" = { from = "1 kg/mol", to = "100 kg/mol", count = 3, spacing = "log" }
)")
                        .axes();
  EXPECT_THAT(axes[0].numbers, ElementsAre(96 * 3600., 97 * 3600., 98 * 3600., 99 * 3600., 100 * 3600.));
  EXPECT_TRUE(axes[0].needs_own_scenario);
  EXPECT_THAT(axes[1].numbers, ElementsAre(10, 6, 2));
  EXPECT_EQ(axes[2].numbers.front(), 1.0);
  EXPECT_DOUBLE_EQ(axes[2].numbers[1], 10.0);
  EXPECT_EQ(axes[2].numbers.back(), 100.0);
}

TEST(Study, varies_words_flags_and_the_schedule) {
  const auto study = study_of(R"([sweep.axes]
"drug.use" = ["fentanyl", "sufentanil"]
"patch.kind" = ["matrix"]
"patch.occlusive" = [true, false]
schedule.1.at = ["48 h", "72 h"]
schedule.0.amount = ["1 mg"]
[sweep.axes.skin]
dermis.thickness = ["1 mm"]
)");
  const auto design = study.design();
  ASSERT_EQ(design.n_members, 8);
  EXPECT_EQ(design.find("drug.use")->words.back(), "sufentanil");
  EXPECT_EQ(design.find("drug.use")->unit, "");
  EXPECT_EQ(design.find("nothing"), nullptr);
  EXPECT_THAT(design.find("patch.occlusive")->words,
              ElementsAre("true", "true", "false", "false", "true", "true", "false", "false"));
  EXPECT_TRUE(design.find("schedule.0.amount")->needs_own_scenario);
  EXPECT_FALSE(design.find("skin.dermis.thickness")->needs_own_scenario);

  const auto scenario = study.scenario_of(design, 7);
  EXPECT_DOUBLE_EQ(scenario.number("patch.occlusive"), 0.0);
  EXPECT_DOUBLE_EQ(scenario.number("skin.dermis.thickness"), 1e-3);
  EXPECT_EQ(scenario.value("drug.use").text, "sufentanil");
  EXPECT_DOUBLE_EQ(scenario.events().back().time, 72 * 3600.0);
  EXPECT_DOUBLE_EQ(scenario.events().front().option("amount").number, 1e-6);
}

TEST(Study, keeps_the_scenario_and_its_lines_apart_from_the_sweep) {
  const auto study = study_of("[sweep.axes]\n\"skin.cells\" = [2, 3]\n[plasma]\nvolume = \"5 L\"\n");
  EXPECT_EQ(study.name(), "study.toml");
  EXPECT_EQ(study.scenario()->number("skin.cells"), 20);
  EXPECT_EQ(study.scenario()->value("plasma.volume").line, first_line + 3);
  EXPECT_EQ(study.scenario_text(), study.text());
}

TEST(Study, says_what_is_kept_and_when) {
  const auto study = study_of(R"([sweep]
curves = ["a", "b"]
profiles = "c"
every = "1 h"
axes."skin.cells" = [2, 3]
)");
  EXPECT_THAT(study.curves(), ElementsAre("a", "b"));
  EXPECT_THAT(study.profiles(), ElementsAre("c"));
  EXPECT_DOUBLE_EQ(study.every(), 3600.0);
  EXPECT_DOUBLE_EQ(study.profiles_every(), 12 * 3600.0) << "the scenario's own";
  EXPECT_EQ(study.place_of("curves").line, first_line + 1);
  EXPECT_EQ(study.place_of("skin.cells").line, first_line + 4);
  EXPECT_EQ(study.place_of("nothing").line, first_line);
}

TEST(Study, needs_numbers_from_elsewhere_where_it_draws) {
  const auto study = study_of(drawing);
  EXPECT_TRUE(study.needs_drawing());
  EXPECT_EQ(study.n_members(), 8);
  EXPECT_EQ(study.seed(), 0);
  EXPECT_EQ(study.method(), Study::Method::sobol);
  EXPECT_EQ(study.grid().n_members, 2);
  try {
    static_cast<void>(study.design());
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_EQ(error.problems().front().line, first_line + 6);
    EXPECT_THAT(error.what(), HasSubstr("Python"));
  }
}

TEST(Study, puts_replicates_before_axes_before_samples) {
  const auto design = study_of(drawing).design_with({
      {.path = "patch.kind", .unit = "", .words = {"matrix", "reservoir", "matrix", "matrix"}},
      {.path = "patch.area", .unit = "", .numbers = {5e-4, 6e-4, 7e-4, 8e-4}},
  });
  ASSERT_EQ(design.columns.size(), 3U);
  EXPECT_THAT(design.columns[0].numbers, ElementsAre(10, 10, 20, 20, 10, 10, 20, 20));
  EXPECT_EQ(design.columns[1].unit, "cm^2") << "the study's own, and in its order";
  EXPECT_THAT(design.columns[1].numbers, ElementsAre(5e-4, 6e-4, 5e-4, 6e-4, 7e-4, 8e-4, 7e-4, 8e-4));
  EXPECT_EQ(design.columns[2].words[1], "reservoir");
  ASSERT_EQ(design.indices.size(), 2U);
  EXPECT_EQ(design.indices[0].name, "replicate");
  EXPECT_THAT(design.indices[0].values, ElementsAre(0, 0, 0, 0, 1, 1, 1, 1));
  EXPECT_THAT(design.indices[1].values, ElementsAre(0, 1, 0, 1, 0, 1, 0, 1));
}

TEST(Study, looks_at_every_drawn_value) {
  const auto study = study_of(drawing);
  const std::vector<double> areas{5e-4, 6e-4, 7e-4, 8e-4};
  const std::vector<std::string> kinds(4, "matrix");
  const DesignColumn area{.path = "patch.area", .unit = "", .numbers = areas};
  const DesignColumn kind{.path = "patch.kind", .unit = "", .words = kinds};
  EXPECT_NO_THROW(static_cast<void>(study.design_with({area, kind})));
  EXPECT_THROW(static_cast<void>(study.design_with({area})), ParameterError);
  EXPECT_THROW(static_cast<void>(study.design_with({area, kind, kind})), ParameterError);
  auto wrong = area;
  wrong.numbers.pop_back();
  EXPECT_THROW(static_cast<void>(study.design_with({wrong, kind})), ParameterError);
  wrong = kind;
  wrong.words[2] = "paste";
  EXPECT_THROW(static_cast<void>(study.design_with({area, wrong})), ParameterError);
  wrong = area;
  wrong.numbers[3] = 1.0;
  try {
    static_cast<void>(study.design_with({wrong, kind}));
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_THAT(error.what(), HasSubstr("1 of 4 drawn values"));
    EXPECT_THAT(error.what(), HasSubstr("1e+04 cm^2"));
  }
}

TEST(Study, says_which_member_cannot_be) {
  const auto study = study_of("[sweep.axes]\n\"schedule.1.at\" = [\"72 h\", \"97 h\"]\n");
  const auto design = study.design();
  EXPECT_NO_THROW(static_cast<void>(study.scenario_of(design, 0)));
  try {
    static_cast<void>(study.scenario_of(design, 1));
    FAIL();
  } catch (const ScenarioError& error) {
    const auto& problem = error.problems().front();
    EXPECT_EQ(problem.file, "study.toml");
    EXPECT_EQ(problem.line, first_line + 1);
    EXPECT_THAT(problem.what, HasSubstr("past the end (member 1)"));
  }
}

TEST(Study, takes_settings_for_itself_and_for_its_scenario) {
  const auto study =
      study_of(drawing, "", {{"sweep.n", "64"}, {"sweep.seed", "3"}, {"patch.content", "3 mg"}});
  EXPECT_EQ(study.n(), 64);
  EXPECT_EQ(study.seed(), 3);
  EXPECT_DOUBLE_EQ(study.scenario()->number("patch.content"), 3e-6);
  EXPECT_DOUBLE_EQ(study.scenario_of(study.grid(), 1).number("patch.content"), 3e-6);
}

TEST(Study, warns_where_a_sobol_sequence_is_unbalanced) {
  EXPECT_THAT(study_of(drawing).warnings(), IsEmpty());
  EXPECT_THAT(study_of(drawing, "", {{"sweep.n", "100"}}).warnings(),
              ElementsAre(HasSubstr("n = 64 or 128 in place of 100")));
  EXPECT_THAT(study_of(drawing, "", {{"sweep.n", "100"}, {"sweep.method", "random"}}).warnings(), IsEmpty());
}

TEST(Study, is_told_from_a_scenario) {
  EXPECT_TRUE(is_study("[sweep]\n"));
  EXPECT_FALSE(is_study(small_scenario()));
  EXPECT_FALSE(is_study("[sweep\n"));
}

}  // namespace
}  // namespace poultice::core::testing
