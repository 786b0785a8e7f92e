#include <algorithm>
#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solvers/ensemble/neighbours.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using ::testing::ElementsAre;

TEST(Neighbours, OfOneCoordinateAreItsOrderCutIntoBlocks) {
  EXPECT_THAT(neighbours_together({{5, 1, 4, 2, 3, 0}}, 6, 2), ElementsAre(1, 5, 3, 4, 0, 2));
}

TEST(Neighbours, EqualMembersKeepTheirOrder) {
  EXPECT_THAT(neighbours_together({{1, 1, 1, 1, 1}}, 5, 2), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(neighbours_together({}, 3, 2), ElementsAre(0, 1, 2));
}

TEST(Neighbours, OfTwoCoordinatesAreCloseInBoth) {
  // A square of 16 x 16 places in any order: blocks of 16 are squares of 4 x 4.
  std::vector<double> x, y;
  for (Index i = 0; i < 256; ++i) {
    const Index place = 97 * i % 256;
    x.push_back(static_cast<double>(place / 16));
    y.push_back(static_cast<double>(place % 16));
  }
  const auto order = neighbours_together({x, y}, 256, 16);
  EXPECT_EQ(std::set<Index>(order.begin(), order.end()).size(), 256U);
  for (std::size_t block = 0; block < 256; block += 16)
    for (const auto* values : {&x, &y}) {
      double low = 99.0, high = -99.0;
      for (std::size_t i = block; i < block + 16; ++i) {
        low = std::min(low, (*values)[static_cast<std::size_t>(order[i])]);
        high = std::max(high, (*values)[static_cast<std::size_t>(order[i])]);
      }
      EXPECT_EQ(high - low, 3.0);
    }
}

TEST(Neighbours, OnlyTheLastBlockIsNotFull) {
  const auto order = neighbours_together({{6, 5, 4, 3, 2, 1, 0}}, 7, 3);
  EXPECT_THAT(order, ElementsAre(4, 5, 6, 1, 2, 3, 0));
}

}  // namespace
}  // namespace poultice::solvers
