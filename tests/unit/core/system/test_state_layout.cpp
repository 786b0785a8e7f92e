#include <gtest/gtest.h>

#include "core/system/state_layout.hpp"

namespace poultice::core {
namespace {

struct Laid {
  StateLayout layout;
  Field patch, skin;
  Compartment central, deep;
  Accumulator applied, eliminated;
};

Laid two_fields() {
  Laid laid;
  auto& layout = laid.layout;
  layout.add_species({"drug", 0.3365});
  layout.add_species({"metabolite", 0.2});
  laid.patch = layout.add_field("patch", 3);
  laid.central = layout.add_compartment("plasma.central");
  laid.skin = layout.add_field("skin", 4);
  laid.deep = layout.add_compartment("plasma.deep");
  laid.applied = layout.accumulator("applied");
  laid.eliminated = layout.accumulator("eliminated");
  layout.finish();
  return laid;
}

TEST(StateLayout, CellsComeFirstThenCompartmentsThenTotals) {
  const auto laid = two_fields();
  const auto& layout = laid.layout;
  EXPECT_EQ(layout.n_cells(), 7);
  EXPECT_EQ(layout.n_cell_rows(), 14);
  EXPECT_EQ(layout.n_rows(), 18);
  EXPECT_EQ(laid.skin.first_cell, 3);
  EXPECT_EQ(layout.row(laid.skin.first_cell, 1), 7);
  EXPECT_EQ(layout.row(laid.central), 14);
  EXPECT_EQ(layout.row(laid.deep), 15);
  EXPECT_EQ(layout.row(laid.applied), 16);
  EXPECT_EQ(layout.row(laid.eliminated), 17);
}

TEST(StateLayout, RowsKnowWhatTheyAre) {
  const auto layout = two_fields().layout;
  EXPECT_TRUE(layout.is_cell(13));
  EXPECT_FALSE(layout.is_cell(14));
  EXPECT_FALSE(layout.is_accumulator(15));
  EXPECT_TRUE(layout.is_accumulator(16));
  EXPECT_EQ(layout.cell_of(7), 3);
  EXPECT_EQ(layout.species_of(7), 1);
  for (Index cell = 0; cell < layout.n_cells(); ++cell)
    for (Index s = 0; s < layout.n_species(); ++s) {
      EXPECT_EQ(layout.cell_of(layout.row(cell, s)), cell);
      EXPECT_EQ(layout.species_of(layout.row(cell, s)), s);
    }
}

TEST(StateLayout, NamesRowsForPeople) {
  const auto layout = two_fields().layout;
  EXPECT_EQ(layout.row_name(0), "patch[0].drug");
  EXPECT_EQ(layout.row_name(7), "skin[0].metabolite");
  EXPECT_EQ(layout.row_name(13), "skin[3].metabolite");
  EXPECT_EQ(layout.row_name(15), "plasma.deep");
  EXPECT_EQ(layout.row_name(16), "applied");
}

TEST(StateLayout, OneTotalServesAllWhoNameIt) {
  StateLayout layout;
  const auto first = layout.accumulator("washed");
  layout.accumulator("removed");
  EXPECT_EQ(layout.accumulator("washed").index, first.index);
  EXPECT_EQ(layout.n_accumulators(), 2);
}

TEST(StateLayout, ATotalMayBeLookedUpWhenRowsAreFixed) {
  auto laid = two_fields();
  EXPECT_EQ(laid.layout.accumulator("eliminated").index, laid.eliminated.index);
}

TEST(StateLayout, ControlsKeepTheirFirstSetting) {
  StateLayout layout;
  LaneArray each(1, 2);
  each(0, 1) = 7.0;
  const auto one = layout.add_control(3.0);
  const auto other = layout.add_control(each);
  EXPECT_EQ(one.index, 0);
  EXPECT_EQ(other.index, 1);
  EXPECT_EQ(layout.initial_controls()[0](0, 0), 3.0);
  EXPECT_EQ(layout.initial_controls()[1](0, 1), 7.0);
}

TEST(StateLayout, FieldsMayBeConnectedAcrossModels) {
  StateLayout layout;
  layout.add_species({"drug", 0.3});
  const auto patch = layout.add_field("patch", 2), skin = layout.add_field("skin", 2);
  layout.graph().connect(patch.first_cell + 1, skin.first_cell);
  layout.finish();
  EXPECT_TRUE(layout.graph().are_neighbours(1, 2));
  EXPECT_FALSE(layout.graph().are_neighbours(0, 1));
}

#ifdef POULTICE_ASSERTIONS
TEST(StateLayoutDeathTest, NothingIsAddedOnceRowsAreFixed) {
  auto laid = two_fields();
  EXPECT_DEATH(laid.layout.add_compartment("late"), "is_finished_");
  EXPECT_DEATH(static_cast<void>(laid.layout.accumulator("late")), "is_finished_");
}
#endif

}  // namespace
}  // namespace poultice::core
