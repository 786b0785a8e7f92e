#include <vector>

#include <gtest/gtest.h>

#include "solvers/contour/row_sums.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

constexpr Index width = 2;
constexpr double light[width] = {1.0, 2.0}, as_light[width] = {1.0, 2.0}, heavy[width] = {5.0, 7.0},
                 none[width] = {0.0, 0.0};

/// Sums in one lane, of a vector that holds row + 1.
std::vector<double> evaluate(const RowSums& sums, std::size_t n_sums, Index lane) {
  std::vector<double> found(n_sums, 0.0);
  sums.evaluate([](Index row) { return static_cast<double>(row + 1); },
                [&](Index sum, const double* weight, double total) {
                  found[static_cast<std::size_t>(sum)] += weight[lane] * total;
                });
  return found;
}

TEST(RowSums, NeighboursThatAreWeighedAlikeMakeAGroup) {
  std::vector<RowSums::Entry> entries;
  for (Index row = 0; row < 6; ++row) entries.push_back({0, row, row % 2 == 0 ? light : as_light});
  for (Index row = 2; row < 6; ++row) entries.push_back({1, row, heavy});
  const RowSums sums(entries, width);
  ASSERT_EQ(sums.n_groups(), 2);
  EXPECT_EQ(sums.groups()[0].end, 2);
  EXPECT_EQ(sums.groups()[1].end, 6);
  EXPECT_EQ(evaluate(sums, 2, 0), (std::vector{21.0, 90.0}));
  EXPECT_EQ(evaluate(sums, 2, 1), (std::vector{42.0, 126.0}));
}

TEST(RowSums, OtherWeightsOtherSumsAndGapsPartGroups) {
  EXPECT_EQ(RowSums({{0, 0, light}, {0, 1, heavy}}, width).n_groups(), 2);
  EXPECT_EQ(RowSums({{0, 0, light}, {1, 1, light}}, width).n_groups(), 2);
  EXPECT_EQ(RowSums({{0, 0, light}, {0, 2, light}}, width).n_groups(), 2);
  EXPECT_EQ(RowSums({{0, 0, light}, {0, 1, light}, {1, 1, light}}, width).n_groups(), 2);
}

TEST(RowSums, RowsMayComeInAnyOrderAndTwice) {
  const RowSums sums({{1, 3, heavy}, {0, 1, light}, {0, 0, light}, {0, 1, heavy}}, width);
  EXPECT_EQ(evaluate(sums, 2, 0), (std::vector{1.0 + 2.0 + 10.0, 20.0}));
}

TEST(RowSums, WhatWeighsNothingIsLeftOut) {
  const RowSums sums({{0, 0, none}, {0, 1, light}}, width);
  ASSERT_EQ(sums.n_groups(), 1);
  EXPECT_EQ(sums.groups()[0].first, 1);
}

}  // namespace
}  // namespace poultice::solvers
