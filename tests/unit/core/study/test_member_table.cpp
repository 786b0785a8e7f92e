#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/study/fake_study.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pointwise;

/// A folder of its own for each test, with the table "members.csv".
class MemberTable : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() / (std::string("poultice_table_") + test->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] Study study(const std::string& table) const {
    write("members.csv", table);
    return study_of("[sweep]\ntable = \"members.csv\"\n", folder_.string());
  }
  [[nodiscard]] std::vector<std::string> complaints(const std::string& table) const {
    write("members.csv", table);
    const auto problems = study_problems("[sweep]\ntable = \"members.csv\"\n", folder_.string());
    for (const auto& problem : problems) EXPECT_EQ(problem.file, (folder_ / "members.csv").string());
    return lines_of(problems);
  }

  std::filesystem::path folder_;
};

TEST_F(MemberTable, gives_each_row_to_a_member) {
  const auto it = study(R"(drug.molar_mass [kg/mol],patch.content,"skin.cells",patch.kind,patch.occlusive
0.3,1 g,10,matrix,true
0.4,"2e3 mg",20,reservoir,false
0.5,0.003 kg,20,reservoir,false
)");
  EXPECT_FALSE(it.needs_drawing());
  EXPECT_EQ(it.n(), 3);
  const auto design = it.design();
  ASSERT_EQ(design.n_members, 3);
  EXPECT_THAT(design.find("drug.molar_mass")->numbers, ElementsAre(0.3, 0.4, 0.5));
  EXPECT_THAT(design.find("patch.content")->numbers, Pointwise(DoubleEq(), {1e-3, 2e-3, 3e-3}));
  EXPECT_THAT(design.find("skin.cells")->numbers, ElementsAre(10, 20, 20));
  EXPECT_THAT(design.find("patch.kind")->words, ElementsAre("matrix", "reservoir", "reservoir"));
  EXPECT_THAT(design.find("patch.occlusive")->words, ElementsAre("true", "false", "false"));
  ASSERT_EQ(design.indices.size(), 1U);
  EXPECT_EQ(design.indices[0].name, "row");
  EXPECT_THAT(design.scenario_groups(it.scenario()->timings()), ElementsAre(0, 1, 1));
}

TEST_F(MemberTable, is_crossed_with_axes) {
  write("members.csv", "drug.molar_mass [kg/mol]\n1\n2\n");
  const auto design =
      study_of("[sweep]\ntable = \"members.csv\"\naxes.\"skin.cells\" = [2, 3]\n", folder_.string()).design();
  EXPECT_THAT(design.find("drug.molar_mass")->numbers, ElementsAre(1, 2, 1, 2));
  EXPECT_THAT(design.find("skin.cells")->numbers, ElementsAre(2, 2, 3, 3));
}

TEST_F(MemberTable, names_the_column_that_nothing_has) {
  EXPECT_THAT(complaints("patch.aera [cm^2]\n5\n"), ElementsAre("1: patch.aera: there is no such parameter"));
  EXPECT_THAT(complaints("patch.area [mg]\n5\n"), ElementsAre("1: patch.area: the unit does not fit"));
  EXPECT_THAT(complaints("patch.kind [mg]\nmatrix\n"), ElementsAre("1: patch.kind: the unit does not fit"));
  EXPECT_THAT(complaints("patch.area [cm^]\n5\n"), ElementsAre(HasSubstr("1: patch.area: ")));
  EXPECT_THAT(complaints("skin.cells,skin.cells\n5,6\n"),
              ElementsAre("1: skin.cells: two columns for one parameter"));
}

TEST_F(MemberTable, names_every_wrong_value_by_its_line) {
  EXPECT_THAT(complaints("patch.area [cm^2],skin.cells\n5,10\n5 cm^2,10\n\n2000,10.5\n,1\n"),
              ElementsAre("3: patch.area: this is no number", "5: patch.area: is too large",
                          "5: skin.cells: a whole number is needed", "6: patch.area: the field is empty",
                          "6: skin.cells: is too small"));
  EXPECT_THAT(complaints("patch.area\n5\n"), ElementsAre("2: patch.area: the unit is missing"));
  EXPECT_THAT(complaints("patch.area [cm^2]\n\"5,5\"\n"), ElementsAre("2: patch.area: this is no number"));
}

TEST_F(MemberTable, does_not_drown_its_reader) {
  std::string table = "patch.area [cm^2]\n";
  for (int i = 0; i < 100; ++i) table += "-1\n";
  const auto all = complaints(table);
  ASSERT_EQ(all.size(), 11U);
  EXPECT_EQ(all.front(), "1: patch.area: 100 values are wrong in all");
}

TEST_F(MemberTable, needs_rows_of_one_length) {
  EXPECT_THAT(
      complaints("patch.area [cm^2],skin.cells\n5,10\n5\n5,6,7\n"),
      ElementsAre(HasSubstr("3: : the row has not as many"), HasSubstr("4: : the row has not as many")));
  EXPECT_THAT(complaints("patch.area [cm^2]\n"), ElementsAre(HasSubstr("the table holds no members")));
  EXPECT_THAT(complaints(""), ElementsAre(HasSubstr("the table holds no members")));
  EXPECT_THAT(complaints("patch.area [cm^2];skin.cells\n5;6\n"),
              ElementsAre(HasSubstr("not parted by commas")));
}

TEST_F(MemberTable, goes_with_no_distributions) {
  write("members.csv", "drug.molar_mass [kg/mol]\n1\n2\n");
  const auto problems =
      lines_of(study_problems("[sweep]\nn = 4\ntable = \"members.csv\"\ndistributions.\"patch.area\" = { "
                              "distribution = \"uniform\", from "
                              "= \"1 cm^2\", to = \"2 cm^2\" }\n",
                              folder_.string()));
  EXPECT_THAT(problems, ElementsAre(HasSubstr("16: sweep.table: a table and distributions at once")));
}

TEST_F(MemberTable, or_a_scenario_may_be_a_file_beside_the_study) {
  write("wear.toml", small_scenario());
  write("study.toml", "[sweep]\nscenario = \"wear.toml\"\naxes.\"skin.cells\" = [2, 3]\n");
  const auto it = Study::read(folder_ / "study.toml", fake_catalogue(), fake_library());
  EXPECT_EQ(it.scenario()->name(), (folder_ / "wear.toml").string());
  EXPECT_EQ(it.scenario_text(), small_scenario());
  EXPECT_EQ(it.scenario_of(it.design(), 1).number("skin.cells"), 3);

  write("both.toml", "title = \"a\"\n[sweep]\nscenario = \"wear.toml\"\naxes.\"skin.cells\" = [2, 3]\n");
  EXPECT_THROW(static_cast<void>(Study::read(folder_ / "both.toml", fake_catalogue(), fake_library())),
               ScenarioError);
  write("nested.toml", "[sweep]\nscenario = \"study.toml\"\naxes.\"skin.cells\" = [2, 3]\n");
  EXPECT_THROW(static_cast<void>(Study::read(folder_ / "nested.toml", fake_catalogue(), fake_library())),
               ScenarioError);
}

}  // namespace
}  // namespace poultice::core::testing
