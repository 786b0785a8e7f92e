#include <memory>

#include <gtest/gtest.h>

#include "core/model/model.hpp"
#include "tests/support/toy_scenario.hpp"

namespace poultice::core {
namespace {

const Catalogue& catalogue() {
  static const ModelDescription wall{
      .name = "wall",
      .meaning = "A wall.",
      .parameters = {quantity("area", "cm^2").by_default("1 cm^2").means("Its area.").from("made up")},
      .actions = {{"paint", "Makes it new.", {}}, {"break", "Ends it.", {}}}};
  static const Catalogue all({&wall});
  return all;
}

/// What a model sees while it assembles, for either of two tables.
class AssemblyTest : public ::testing::Test {
 protected:
  AssemblyTest()
      : scenario_(poultice::testing::read_toy(catalogue(),
                                              "duration = \"1 h\"\n[wall]\n[garden]\nmodel = \"wall\"\n")),
        block_(scenario_, 2) {
    layout_.add_species({"drug", 0.3});
    layout_.finish();
    system_ = std::make_unique<System>(layout_, 2);
    medium_ = std::make_unique<Medium>(layout_, 2);
  }
  Assembly assembly(const char* instance) {
    return {{block_, *scenario_.find_instance(instance)},
            *system_,
            *medium_,
            board_,
            probes_,
            axes_,
            headlines_,
            scale_,
            warnings_};
  }
  Scenario scenario_;
  ParameterBlock block_;
  StateLayout layout_;
  std::unique_ptr<System> system_;
  std::unique_ptr<Medium> medium_;
  Board board_;
  std::vector<Probe> probes_;
  std::vector<Axis> axes_;
  std::vector<Headline> headlines_;
  LaneArray scale_{1, 2};
  std::vector<std::string> warnings_;
};

TEST_F(AssemblyTest, NamesBearTheTableUnlessItIsTheUsualOne) {
  EXPECT_EQ(assembly("wall").own_name("flux"), "flux");
  EXPECT_EQ(assembly("garden").own_name("flux"), "garden_flux");
}

TEST_F(AssemblyTest, TheScaleIsTheLargestAmountOfEachLane) {
  auto one = assembly("wall"), other = assembly("garden");
  const double first[2] = {2.0, 5.0}, second[2] = {3.0, 1.0};
  one.note_amount(first);
  other.note_amount(second);
  EXPECT_EQ(scale_(0, 0), 3.0);
  EXPECT_EQ(scale_(0, 1), 5.0);
}

TEST_F(AssemblyTest, TablesAddToOneProbe) {
  auto one = assembly("wall"), other = assembly("garden");
  one.probe({.name = "in_walls", .unit = "kg"}).add(0, 0, one.constant(1.0));
  other.probe({.name = "in_walls", .unit = "kg"}).add(0, 1, other.constant(2.0));
  ASSERT_EQ(probes_.size(), 1U);
  EXPECT_EQ(probes_[0].entries.size(), 2U);
}

TEST_F(AssemblyTest, AConstantFillsEveryLane) {
  const auto two = assembly("wall").constant(2.0);
  EXPECT_EQ(two.width(), 2);
  EXPECT_EQ(two(0, 1), 2.0);
}

TEST(Catalogue, FindsModelsAndActionsByName) {
  const auto& all = catalogue();
  ASSERT_NE(all.find("wall"), nullptr);
  EXPECT_EQ(all.find("fence"), nullptr);
  EXPECT_EQ(all.names(), std::vector<std::string>{"wall"});
  EXPECT_EQ(all.find("wall")->action("break")->meaning, "Ends it.");
  EXPECT_EQ(all.find("wall")->action("mend"), nullptr);
}

}  // namespace
}  // namespace poultice::core
