#include <cmath>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/scenario/fake_catalogue.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> names_of(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const auto& instance : scenario.instances()) names.push_back(instance.name);
  return names;
}

TEST(Scenario, holds_values_in_si) {
  const auto scenario = parse(small_scenario());
  EXPECT_DOUBLE_EQ(scenario.duration(), 96 * 3600.0);
  EXPECT_DOUBLE_EQ(scenario.number("patch.area"), 10.5e-4);
  EXPECT_DOUBLE_EQ(scenario.number("patch.content"), 4.2e-6);
  EXPECT_DOUBLE_EQ(scenario.number("drug.molar_mass"), 0.3365);
  EXPECT_DOUBLE_EQ(scenario.number("skin.temperature"), 305.15);
  EXPECT_EQ(scenario.number("skin.cells"), 20);
  EXPECT_EQ(scenario.text("patch.kind"), "matrix");
  EXPECT_EQ(scenario.number("patch.occlusive"), 1);
  EXPECT_EQ(scenario.text("drug.ionised"), "false");
  EXPECT_DOUBLE_EQ(scenario.number("output.every"), 900.0);
  EXPECT_EQ(scenario.number("solver.relative_tolerance"), 1e-6);
}

TEST(Scenario, keeps_what_it_was_made_of) {
  const auto scenario = parse("title = \"µ\"\n" + small_scenario(), {{"patch.area", "20 cm^2"}});
  EXPECT_EQ(scenario.title(), "µ");
  EXPECT_EQ(scenario.name(), "case.toml");
  EXPECT_EQ(scenario.source_text(), "title = \"µ\"\n" + small_scenario());
  EXPECT_EQ(scenario.overrides().front().first, "patch.area");
}

TEST(Scenario, marks_what_is_absent) {
  const auto scenario = parse(small_scenario());
  EXPECT_TRUE(std::isnan(scenario.number("skin.dermis.clearance")));
  EXPECT_EQ(scenario.text("patch.label"), "");
  EXPECT_EQ(scenario.title(), "");
}

TEST(Scenario, names_the_nearest_path_of_one_that_is_unknown) {
  try {
    static_cast<void>(parse(small_scenario()).value("patch.aera"));
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.key(), "patch.aera");
    EXPECT_EQ(error.hint(), "did you mean patch.area?");
    EXPECT_STREQ(error.what(), "patch.aera: there is no such parameter; did you mean patch.area?");
  }
}

TEST(Scenario, names_the_tables_where_no_path_is_near) {
  try {
    static_cast<void>(parse(small_scenario()).value("xyzzyx"));
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.hint(), HasSubstr("patch"));
  }
}

TEST(Scenario, knows_where_each_value_comes_from) {
  const auto scenario = parse(R"(duration = "1 h"
therapy = "worn"
[drug]
use = "fentanyl"
[patch]
area = { value = "2 cm^2", source = "a ruler", trust = "good", note = "by hand" }
)",
                              {{"plasma.clearance", "40 L/h"}});
  const auto& area = scenario.value("patch.area");
  EXPECT_EQ(area.origin, Origin::scenario);
  EXPECT_EQ(area.origin_name, "case.toml");
  EXPECT_EQ(area.given, "2 cm^2");
  EXPECT_EQ(area.line, 6);
  EXPECT_EQ(area.column, 18);
  EXPECT_EQ(area.source, "a ruler");
  EXPECT_EQ(area.trust, "good");
  EXPECT_EQ(area.note, "by hand");
  const auto& mass = scenario.value("drug.molar_mass");
  EXPECT_EQ(mass.origin, Origin::set);
  EXPECT_EQ(mass.origin_name, "drugs/fentanyl");
  EXPECT_EQ(mass.source, "a paper");
  EXPECT_EQ(scenario.value("plasma.volume").source, "a handbook")
      << "the set's own source stands for its values";
  EXPECT_EQ(scenario.value("patch.content").origin, Origin::therapy);
  EXPECT_EQ(scenario.value("patch.content").origin_name, "therapies/worn");
  EXPECT_EQ(scenario.value("plasma.clearance").origin, Origin::override_);
  EXPECT_EQ(scenario.value("plasma.clearance").origin_name, "--set");
  EXPECT_EQ(scenario.value("skin.cells").origin, Origin::preset);
  EXPECT_EQ(scenario.value("skin.cells").origin_name, "default");
  EXPECT_EQ(parse(small_scenario()).value("skin.dermis.thickness").source, "a textbook");
}

TEST(Scenario, takes_the_strongest_of_all_that_give_a_value) {
  const std::string text = "duration = \"1 h\"\ntherapy = \"worn\"\n";
  const std::string drug = "[drug]\nuse = \"fentanyl\"\n";
  const std::string skin = "[skin]\ntemperature = \"34 degC\"\ndermis.thickness = \"2 mm\"\n";
  EXPECT_DOUBLE_EQ(parse(text).number("skin.temperature"), 306.15);
  EXPECT_DOUBLE_EQ(parse(text).number("skin.dermis.thickness"), 1.2e-3);
  EXPECT_DOUBLE_EQ(parse(text + drug).number("skin.dermis.thickness"), 1.5e-3);
  EXPECT_DOUBLE_EQ(parse(text + drug + skin).number("skin.dermis.thickness"), 2e-3);
  EXPECT_DOUBLE_EQ(parse(text + drug + skin).number("skin.temperature"), 307.15);
  EXPECT_DOUBLE_EQ(
      parse(text + drug + skin, {{"skin.dermis.thickness", "3 mm"}}).number("skin.dermis.thickness"), 3e-3);
}

TEST(Scenario, accepts_the_ends_of_a_range_in_any_unit) {
  EXPECT_NO_THROW(parse(small_scenario(), {{"patch.area", "0.1 m^2"}, {"skin.cells", "2"}}));
  EXPECT_NO_THROW(parse(small_scenario(), {{"patch.area", "1 mm^2"}, {"skin.temperature", "45 degC"}}));
}

TEST(Composition, is_ordered_by_therapy_and_then_by_file) {
  EXPECT_THAT(names_of(parse(small_scenario())), ElementsAre("drug", "skin", "patch"));
  EXPECT_THAT(names_of(parse("therapy = \"worn\"\n" + small_scenario())),
              ElementsAre("skin", "patch", "plasma", "drug"));
}

TEST(Composition, leaves_out_tables_that_nobody_mentions) {
  const std::string text = "duration = \"1 h\"\ntherapy = \"worn\"\n";
  EXPECT_THAT(names_of(parse(text)), ElementsAre("skin", "plasma"));
  EXPECT_THAT(names_of(parse(text + "[patch]\narea = \"1 cm^2\"\n")), ElementsAre("skin", "patch", "plasma"));
  EXPECT_THAT(names_of(parse(text, {{"patch.area", "1 cm^2"}})), ElementsAre("skin", "patch", "plasma"));
}

TEST(Composition, gives_a_table_a_model_by_name_or_by_key) {
  const auto scenario = parse(small_scenario() + "[left_arm]\nmodel = \"skin\"\n");
  EXPECT_EQ(scenario.find_instance("left_arm")->model->name, "skin");
  EXPECT_EQ(scenario.find_instance("left_arm")->line, 8);
  EXPECT_EQ(scenario.find_instance("skin")->model, scenario.find_instance("left_arm")->model);
  EXPECT_EQ(scenario.find_instance("right_arm"), nullptr);
  EXPECT_EQ(parse("duration = \"1 h\"\ntherapy = \"worn\"\n", {{"left_arm.cells", "3"}})
                .find_instance("left_arm")
                ->model->name,
            "skin");
}

TEST(Sets, speak_to_their_owner_and_to_all_tables_of_other_models) {
  const auto scenario = parse(R"(duration = "1 h"
[skin]
site = "chest"
[arm]
model = "skin"
[drug]
use = "fentanyl"
[other]
model = "drug"
use = "sufentanil"
)");
  EXPECT_DOUBLE_EQ(scenario.number("skin.dermis.thickness"), 1.5e-3);
  EXPECT_DOUBLE_EQ(scenario.number("arm.dermis.thickness"), 1.5e-3);
  EXPECT_DOUBLE_EQ(scenario.number("drug.molar_mass"), 0.3365);
  EXPECT_DOUBLE_EQ(scenario.number("other.molar_mass"), 0.3866);
  EXPECT_THAT(scenario.find_instance("skin")->elements.at("layer"), ElementsAre("upper", "lower"));
  EXPECT_THAT(scenario.find_instance("arm")->elements.at("layer"), IsEmpty());
}

TEST(Sets, can_be_chosen_from_the_command_line) {
  const auto scenario =
      parse("duration = \"1 h\"\n[drug]\nuse = \"fentanyl\"\n", {{"drug.use", "sufentanil"}});
  EXPECT_DOUBLE_EQ(scenario.number("drug.molar_mass"), 0.3866);
  EXPECT_EQ(scenario.text("drug.use"), "sufentanil");
}

TEST(Sets, can_be_files_beside_the_scenario) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "files_beside_the_scenario";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "mine.toml") << "kind = \"drug\"\n[drug]\nmolar_mass = \"100 g/mol\"\n";
  std::ofstream(folder / "study.toml") << "duration = \"1 h\"\n[drug]\nuse = \"mine.toml\"\n";
  const auto scenario = Scenario::read(folder / "study.toml", fake_catalogue(), fake_library());
  EXPECT_DOUBLE_EQ(scenario.number("drug.molar_mass"), 0.1);
  EXPECT_EQ(scenario.value("drug.molar_mass").origin_name, "mine.toml");
  EXPECT_EQ(scenario.name(), (folder / "study.toml").string());
  std::filesystem::remove_all(folder);
}

TEST(Lists, keep_the_order_and_the_values_of_their_elements) {
  const auto scenario = parse(R"(duration = "1 h"
[[skin.layer]]
name = "under"
thickness = "10 um"
[[skin.layer]]
name = "above"
thickness = "20 um"
partition_coefficient = 7
)");
  EXPECT_THAT(scenario.find_instance("skin")->elements.at("layer"), ElementsAre("under", "above"));
  EXPECT_DOUBLE_EQ(scenario.number("skin.layer.under.thickness"), 1e-5);
  EXPECT_DOUBLE_EQ(scenario.number("skin.layer.above.thickness"), 2e-5);
  EXPECT_EQ(scenario.number("skin.layer.under.partition_coefficient"), 1);
  EXPECT_EQ(scenario.number("skin.layer.above.partition_coefficient"), 7);
}

TEST(Lists, of_a_set_can_be_changed_element_by_element) {
  const auto scenario =
      parse("duration = \"1 h\"\n[skin]\nsite = \"chest\"\nlayer.upper.thickness = \"30 um\"\n",
            {{"skin.layer.lower.thickness", "90 um"}});
  EXPECT_THAT(scenario.find_instance("skin")->elements.at("layer"), ElementsAre("upper", "lower"));
  EXPECT_DOUBLE_EQ(scenario.number("skin.layer.upper.thickness"), 3e-5);
  EXPECT_EQ(scenario.number("skin.layer.upper.partition_coefficient"), 3);
  EXPECT_DOUBLE_EQ(scenario.number("skin.layer.lower.thickness"), 9e-5);
}

TEST(Lists, written_in_the_scenario_say_anew_which_elements_there_are) {
  const auto scenario = parse(R"(duration = "1 h"
[skin]
site = "chest"
[[skin.layer]]
name = "only"
thickness = "10 um"
)");
  EXPECT_THAT(scenario.find_instance("skin")->elements.at("layer"), ElementsAre("only"));
  EXPECT_THROW(static_cast<void>(scenario.value("skin.layer.upper.thickness")), ParameterError);
}

TEST(Overrides, take_values_with_and_without_quotes) {
  const std::vector<Override> overrides{{"patch.area", "\"20 cm^2\""},
                                        {"patch.content", "5 mg"},
                                        {"patch.kind", "reservoir"},
                                        {"patch.label", "3"},
                                        {"patch.occlusive", "false"},
                                        {"skin.cells", "30"},
                                        {"duration", "48 h"},
                                        {"output.every", "{ value = \"1 h\" }"},
                                        {"solver.relative_tolerance", "1e-8"}};
  const auto scenario = parse(small_scenario(), overrides);
  EXPECT_DOUBLE_EQ(scenario.number("patch.area"), 2e-3);
  EXPECT_DOUBLE_EQ(scenario.number("patch.content"), 5e-6);
  EXPECT_EQ(scenario.text("patch.kind"), "reservoir");
  EXPECT_EQ(scenario.text("patch.label"), "3");
  EXPECT_EQ(scenario.number("patch.occlusive"), 0);
  EXPECT_EQ(scenario.number("skin.cells"), 30);
  EXPECT_DOUBLE_EQ(scenario.duration(), 48 * 3600.0);
  EXPECT_DOUBLE_EQ(scenario.number("output.every"), 3600.0);
  EXPECT_EQ(scenario.number("solver.relative_tolerance"), 1e-8);
}

TEST(Overrides, let_the_last_of_two_win) {
  EXPECT_EQ(parse(small_scenario(), {{"skin.cells", "30"}, {"skin.cells", "40"}}).number("skin.cells"), 40);
}

}  // namespace
}  // namespace poultice::core::testing
