#include <gtest/gtest.h>

#include "core/model/board.hpp"

namespace poultice::core {
namespace {

struct Surface {
  int cell;
};
struct Blood {
  double volume;
};

TEST(Board, FindsAnOfferByKindAndName) {
  Board board;
  board.offer("skin", Surface{4});
  board.offer("skin", Blood{5.0});
  board.offer("left_arm", Surface{9});
  ASSERT_NE(board.find<Surface>("left_arm"), nullptr);
  EXPECT_EQ(board.find<Surface>("left_arm")->cell, 9);
  EXPECT_EQ(board.find<Blood>("skin")->volume, 5.0);
}

TEST(Board, HasNothingOfOtherNamesAndKinds) {
  Board board;
  board.offer("skin", Surface{4});
  EXPECT_EQ(board.find<Surface>("Skin"), nullptr);
  EXPECT_EQ(board.find<Blood>("skin"), nullptr);
  EXPECT_EQ(board.only<Blood>("patch", "plasma"), nullptr);
}

TEST(Board, ANewOfferReplacesTheOld) {
  Board board;
  board.offer("skin", Surface{4});
  board.offer("skin", Surface{5});
  EXPECT_EQ(board.find<Surface>("skin")->cell, 5);
  EXPECT_EQ(board.all<Surface>().size(), 1U);
}

TEST(Board, AllAreOfOneKindWithTheirNames) {
  Board board;
  board.offer("b", Surface{2});
  board.offer("a", Surface{1});
  board.offer("plasma", Blood{3.0});
  const auto all = board.all<Surface>();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].first, "a");
  EXPECT_EQ(all[1].second->cell, 2);
}

TEST(Board, TheOnlyOneIsFoundWithoutAName) {
  Board board;
  board.offer("plasma", Blood{3.0});
  EXPECT_EQ(board.only<Blood>("skin", "plasma")->volume, 3.0);
}

TEST(Board, SeveralAreOneTooMany) {
  Board board;
  board.offer("plasma", Blood{3.0});
  board.offer("fetal_plasma", Blood{0.1});
  try {
    static_cast<void>(board.only<Blood>("skin", "plasma"));
    FAIL() << "took one of two";
  } catch (const ModelError& error) {
    EXPECT_EQ(error.instance(), "skin");
    const std::string what = error.what();
    EXPECT_NE(what.find("[plasma]"), std::string::npos) << what;
    EXPECT_NE(what.find("[fetal_plasma]"), std::string::npos) << what;
    EXPECT_EQ(error.hint(), "exactly one is needed");
  }
}

}  // namespace
}  // namespace poultice::core
