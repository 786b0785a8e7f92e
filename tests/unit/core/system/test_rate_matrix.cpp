#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/system/rate_matrix.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::core {
namespace {

using testing::Make;

/// Shapes that differ in what they have.
std::vector<Make> makes() {
  std::mt19937 random(2);
  return {{testing::chain_of(6)},
          {testing::random_forest(9, 1, random)},
          {testing::random_forest(9, 3, random), 2, 0, 2},
          {testing::chain_of(5), 3, 1, 1},
          {testing::random_forest(8, 2, random), 2, 3, 2},
          {testing::chain_of(4), 1, 2, 1, false},
          {{0, {}}, 1, 2, 1}};
}

TEST(RateMatrix, ATransferLeavesOneRowAndArrivesInTheOther) {
  const Make make{testing::chain_of(3), 2, 1, 1};
  const auto layout = testing::layout_of(make);
  const Index cell = layout.row(1, 1), below = layout.row(2, 1), above = layout.row(0, 1),
              sibling = layout.row(1, 0);
  const Index plasma = layout.row(Compartment{0}), total = layout.row(Accumulator{0});
  const std::vector<std::pair<Index, Index>> moves{
      {cell, below}, {cell, above},   {cell, sibling}, {cell, plasma},  {plasma, cell},
      {cell, total}, {plasma, total}, {above, cell},   {sibling, cell}, {below, cell}};
  for (const auto& [from, to] : moves) {
    RateMatrix matrix(layout, 2);
    const double k[2] = {2.0, 3.0};
    matrix.transfer(from, to, k);
    for (const Index lane : {0, 1}) {
      const auto columns = testing::dense(matrix, lane);
      const Index n = layout.n_rows();
      for (Index column = 0; column < n; ++column)
        for (Index row = 0; row < n; ++row) {
          double expected = 0.0;
          if (column == from && row == to) expected = k[lane];
          if (column == from && row == from) expected = -k[lane];
          EXPECT_EQ(columns[static_cast<std::size_t>(column * n + row)], expected)
              << layout.row_name(from) << " to " << layout.row_name(to);
        }
    }
  }
}

TEST(RateMatrix, TransfersAddUp) {
  const auto layout = testing::layout_of({testing::chain_of(2), 1, 1, 0});
  RateMatrix matrix(layout, 1);
  const double k = 2.0;
  for (int i = 0; i < 3; ++i) matrix.transfer(0, 1, &k), matrix.transfer(0, 2, &k);
  EXPECT_EQ(matrix.entry(1, 0, 0), 6.0);
  EXPECT_EQ(matrix.entry(2, 0, 0), 6.0);
  EXPECT_EQ(matrix.entry(0, 0, 0), -12.0);
}

TEST(RateMatrix, CountingTakesNothingAway) {
  const auto layout = testing::layout_of({testing::chain_of(2), 1, 0, 1});
  RateMatrix matrix(layout, 1);
  const double k = 5.0;
  const Index counter = layout.row(Accumulator{0});
  matrix.count(counter, 1, &k, -1.0);
  EXPECT_EQ(matrix.entry(counter, 1, 0), -5.0);
  EXPECT_EQ(matrix.entry(1, 1, 0), 0.0);
}

TEST(RateMatrix, AddScalesWhatItAdds) {
  const auto layout = testing::layout_of({testing::chain_of(1), 2, 1, 0});
  RateMatrix matrix(layout, 2);
  const double v[2] = {1.0, 4.0};
  matrix.add(0, 1, v, 0.5);
  matrix.add(2, 0, v);
  EXPECT_EQ(matrix.entry(0, 1, 1), 2.0);
  EXPECT_EQ(matrix.entry(2, 0, 0), 1.0);
}

TEST(RateMatrix, EntriesAreWhatMultiplyingShows) {
  std::mt19937 random(3);
  for (const auto& make : makes()) {
    const auto layout = testing::layout_of(make);
    RateMatrix matrix(layout, 3);
    testing::fill_with_transfers(matrix, make, random);
    for (const Index lane : {0, 2}) {
      const auto columns = testing::dense(matrix, lane);
      for (Index column = 0; column < layout.n_rows(); ++column)
        for (Index row = 0; row < layout.n_rows(); ++row) {
          const double shown = columns[static_cast<std::size_t>(column * layout.n_rows() + row)];
          EXPECT_NEAR(matrix.entry(row, column, lane), shown, 1e-14 * std::abs(shown));
        }
    }
  }
}

TEST(RateMatrix, MultiplyingAddsToWhatIsThere) {
  std::mt19937 random(4);
  const auto make = makes()[4];
  const auto layout = testing::layout_of(make);
  RateMatrix matrix(layout, 3);
  testing::fill_with_transfers(matrix, make, random);
  const auto state = testing::random_lanes(layout.n_rows(), 3, random);
  LaneArray rate(layout.n_rows(), 3, 1000.0), expected(layout.n_rows(), 3, 1000.0);
  matrix.multiply_add(state.view(), rate.span());
  for (const Index lane : {0, 1, 2}) {
    const auto columns = testing::dense(matrix, lane);
    for (Index row = 0; row < layout.n_rows(); ++row) {
      double sum = 1000.0, size = 1000.0;
      for (Index column = 0; column < layout.n_rows(); ++column) {
        const double part =
            columns[static_cast<std::size_t>(column * layout.n_rows() + row)] * state(column, lane);
        sum += part, size += std::abs(part);
      }
      EXPECT_NEAR(rate(row, lane), sum, 1e-14 * size);
    }
  }
}

TEST(RateMatrix, WeightedColumnSumsVanish) {
  // All transfers conserve the plain sum of all rows; a counter, weighed zero, does not disturb it.
  std::mt19937 random(5);
  for (const auto& make : makes()) {
    const auto layout = testing::layout_of(make);
    RateMatrix matrix(layout, 2);
    testing::fill_with_transfers(matrix, make, random);
    for (const Index lane : {0, 1}) {
      const auto columns = testing::dense(matrix, lane);
      for (Index column = 0; column < layout.n_rows(); ++column) {
        double sum = 0.0, size = 0.0;
        for (Index row = 0; row < layout.n_rows(); ++row) {
          const double entry = columns[static_cast<std::size_t>(column * layout.n_rows() + row)];
          sum += entry, size += std::abs(entry);
        }
        EXPECT_LE(std::abs(sum), 1e-15 * size) << layout.row_name(column);
      }
    }
  }
}

TEST(RateMatrix, WidthOneGivesTheBitsOfEachLane) {
  std::mt19937 random(6);
  const Make make{testing::random_forest(12, 2, random), 2, 2, 2};
  const auto layout = testing::layout_of(make);
  const auto state = testing::random_lanes(layout.n_rows(), 5, random);
  const auto rates = [&](Index width, Index first) {
    std::mt19937 same(7);
    RateMatrix matrix(layout, width);
    testing::fill_with_transfers(matrix, make, same, 5, first);
    LaneArray part(layout.n_rows(), width), rate(layout.n_rows(), width);
    for (Index row = 0; row < layout.n_rows(); ++row)
      for (Index lane = 0; lane < width; ++lane) part(row, lane) = state(row, first + lane);
    matrix.multiply_add(part.view(), rate.span());
    return rate;
  };
  const auto wide = rates(5, 0);
  for (Index lane = 0; lane < 5; ++lane) {
    const auto narrow = rates(1, lane);
    for (Index row = 0; row < layout.n_rows(); ++row) EXPECT_EQ(narrow(row, 0), wide(row, lane));
  }
}

TEST(RateMatrix, ClearKeepsTheShapeAndForgetsTheRates) {
  std::mt19937 random(7);
  const auto make = makes()[4];
  const auto layout = testing::layout_of(make);
  RateMatrix matrix(layout, 2);
  testing::fill_with_transfers(matrix, make, random);
  const auto n_couplings = matrix.couplings().size();
  matrix.clear();
  EXPECT_EQ(matrix.couplings().size(), n_couplings);
  for (const double entry : testing::dense(matrix, 0)) EXPECT_EQ(entry, 0.0);
}

#ifdef POULTICE_ASSERTIONS
TEST(RateMatrixDeathTest, RefusesWhatTheShapeCannotHold) {
  const auto layout = testing::layout_of({testing::chain_of(3), 2, 0, 1});
  RateMatrix matrix(layout, 1);
  const double k = 1.0;
  EXPECT_DEATH(matrix.transfer(layout.row(0, 0), layout.row(2, 0), &k), "are_neighbours");
  EXPECT_DEATH(matrix.transfer(layout.row(0, 0), layout.row(1, 1), &k), "species_of");
  EXPECT_DEATH(matrix.add(0, layout.row(Accumulator{0}), &k), "is_accumulator");
  EXPECT_DEATH(matrix.count(0, 1, &k, 1.0), "is_accumulator");
}
#endif

}  // namespace
}  // namespace poultice::core
