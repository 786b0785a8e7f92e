#include <algorithm>
#include <random>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/domain/cell_graph.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::core {
namespace {

using ::testing::ElementsAre;

CellGraph graph_of(const testing::Topology& topology) {
  CellGraph graph;
  graph.add_cells(topology.n_cells);
  for (const auto& [a, b] : topology.faces) graph.connect(a, b);
  graph.finish();
  return graph;
}

std::vector<Index> parents(const CellGraph& graph) {
  std::vector<Index> all;
  for (Index cell = 0; cell < graph.n_cells(); ++cell) all.push_back(graph.parent(cell));
  return all;
}

/// Every cell once, and none after its parent.
void expect_children_first(const CellGraph& graph) {
  auto sorted = graph.order();
  std::sort(sorted.begin(), sorted.end());
  ASSERT_EQ(static_cast<Index>(sorted.size()), graph.n_cells());
  for (Index cell = 0; cell < graph.n_cells(); ++cell)
    ASSERT_EQ(sorted[static_cast<std::size_t>(cell)], cell);
  const auto place = [&](Index cell) { return std::find(graph.order().begin(), graph.order().end(), cell); };
  for (Index cell = 0; cell < graph.n_cells(); ++cell) {
    if (graph.parent(cell) < 0) continue;
    EXPECT_LT(place(cell), place(graph.parent(cell)));
  }
}

TEST(CellGraph, AChainIsEliminatedFromItsFirstCell) {
  const auto graph = graph_of(testing::chain_of(4));
  EXPECT_THAT(parents(graph), ElementsAre(1, 2, 3, -1));
  EXPECT_THAT(graph.order(), ElementsAre(0, 1, 2, 3));
}

TEST(CellGraph, TheWayAFaceIsGivenDoesNotMatter) {
  const auto graph = graph_of({4, {{3, 2}, {1, 2}, {1, 0}}});
  EXPECT_THAT(parents(graph), ElementsAre(1, 2, 3, -1));
}

TEST(CellGraph, ABranchingTubeHasItsHighestCellAsRoot) {
  // 0 and 1 meet in 2, which runs on to 3; 4 branches off 3.
  const auto graph = graph_of({5, {{0, 2}, {1, 2}, {2, 3}, {3, 4}}});
  EXPECT_THAT(parents(graph), ElementsAre(2, 2, 3, 4, -1));
  expect_children_first(graph);
}

TEST(CellGraph, EveryTreeHasARootOfItsOwn) {
  const auto graph = graph_of({6, {{0, 1}, {2, 4}}});
  EXPECT_THAT(parents(graph), ElementsAre(1, -1, 4, -1, -1, -1));
  expect_children_first(graph);
}

TEST(CellGraph, RandomForestsKeepTheirFaces) {
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    const auto topology = testing::random_forest(30, 1 + round % 4, random);
    const auto graph = graph_of(topology);
    expect_children_first(graph);
    for (const auto& [a, b] : topology.faces) {
      EXPECT_TRUE(graph.are_neighbours(a, b));
      EXPECT_TRUE(graph.are_neighbours(b, a));
    }
    const auto all = parents(graph);
    EXPECT_EQ(std::count(all.begin(), all.end(), Index{-1}), 1 + round % 4);
  }
}

TEST(CellGraph, CellsThatDoNotTouchAreNoNeighbours) {
  const auto graph = graph_of(testing::chain_of(3));
  EXPECT_FALSE(graph.are_neighbours(0, 2));
  EXPECT_FALSE(graph.are_neighbours(1, 1));
}

TEST(CellGraph, CellsAreAddedOneAfterAnother) {
  CellGraph graph;
  EXPECT_EQ(graph.add_cells(3), 0);
  EXPECT_EQ(graph.add_cells(2), 3);
  EXPECT_EQ(graph.n_cells(), 5);
}

TEST(CellGraph, RefusesARing) {
  EXPECT_THROW(graph_of({3, {{0, 1}, {1, 2}, {2, 0}}}), ModelError);
  EXPECT_THROW(graph_of({6, {{0, 1}, {2, 3}, {3, 4}, {4, 5}, {5, 2}}}), ModelError);
}

TEST(CellGraph, RefusesTwoFacesBetweenTwoCells) { EXPECT_THROW(graph_of({2, {{0, 1}, {1, 0}}}), ModelError); }

}  // namespace
}  // namespace poultice::core
