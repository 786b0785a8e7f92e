#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "core/domain/layered_domain.hpp"

namespace poultice::core {
namespace {

TEST(GradedWidths, SumToOneAndAreSymmetric) {
  for (const Index n : {1, 2, 5, 20, 101})
    for (const double grading : {1.0, 4.0, 50.0}) {
      const auto widths = graded_widths(n, grading);
      EXPECT_NEAR(std::accumulate(widths.begin(), widths.end(), 0.0), 1.0, 1e-14);
      for (std::size_t i = 0; i < widths.size(); ++i) {
        EXPECT_GT(widths[i], 0.0);
        EXPECT_NEAR(widths[i], widths[widths.size() - 1 - i], 1e-14);
      }
    }
}

TEST(GradedWidths, AreEqualWithoutGrading) {
  for (const double width : graded_widths(8, 1.0)) EXPECT_NEAR(width, 0.125, 1e-15);
}

TEST(GradedWidths, TheMiddleIsWiderByTheGrading) {
  // The ratio belongs to the mapping; cells of finite width come near it.
  const auto widths = graded_widths(401, 4.0);
  const auto [least, largest] = std::minmax_element(widths.begin(), widths.end());
  EXPECT_NEAR(*largest / *least, 4.0, 0.01);
  EXPECT_EQ(*largest, widths[200]);
}

TEST(GradedWidths, GrowFromTheOneSteepFace) {
  const auto top = graded_widths(401, 6.0, FineAt::first_face);
  const auto bottom = graded_widths(401, 6.0, FineAt::last_face);
  EXPECT_NEAR(std::accumulate(top.begin(), top.end(), 0.0), 1.0, 1e-14);
  EXPECT_TRUE(std::is_sorted(top.begin(), top.end()));
  EXPECT_NEAR(top.back() / top.front(), 6.0, 0.01);
  for (std::size_t i = 0; i < top.size(); ++i) EXPECT_EQ(bottom[i], top[top.size() - 1 - i]);
}

TEST(GradedWidths, OneSteepFaceHasTheSmallCells) {
  const auto first = graded_widths(200, 6.0, FineAt::first_face),
             last = graded_widths(200, 6.0, FineAt::last_face);
  EXPECT_TRUE(std::is_sorted(first.begin(), first.end()));
  EXPECT_NEAR(std::accumulate(first.begin(), first.end(), 0.0), 1.0, 1e-14);
  EXPECT_NEAR(first.back() / first.front(), 6.0, 0.01);
  for (std::size_t i = 0; i < 200; ++i) EXPECT_EQ(last[i], first[199 - i]);
}

TEST(GradedWidths, VarySmoothlyUnderRefinement) {
  // A smooth mapping: neighbours differ by a share that falls like 1/n.
  for (const auto fine_at : {FineAt::both_faces, FineAt::first_face, FineAt::last_face}) {
    double last = 1.0;
    for (const Index n : {20, 40, 80, 160}) {
      const auto widths = graded_widths(n, 4.0, fine_at);
      double worst = 0.0;
      for (std::size_t i = 0; i + 1 < widths.size(); ++i)
        worst = std::max(worst, std::abs(widths[i + 1] / widths[i] - 1.0));
      EXPECT_LT(worst, 0.6 * last) << n;
      last = worst;
    }
  }
}

TEST(LayeredDomain, GradesEachLayerAsItIsTold) {
  const LaneArray thickness(1, 1, 1.0);
  const LayeredDomain domain({{"even", 4, thickness, 1.0}, {"steep", 4, thickness, 5.0, FineAt::first_face}});
  EXPECT_DOUBLE_EQ(domain.width()(0, 0), domain.width()(3, 0));
  EXPECT_LT(domain.width()(4, 0), 0.5 * domain.width()(7, 0));
}

LayeredDomain two_layers() {
  LaneArray thin(1, 2), thick(1, 2);
  thin(0, 0) = 1.0, thin(0, 1) = 2.0;
  thick(0, 0) = 10.0, thick(0, 1) = 5.0;
  return LayeredDomain({{"thin", 4, thin}, {"thick", 6, thick, 1.0}});
}

TEST(LayeredDomain, CellsFillTheirLayersInEachLane) {
  const auto domain = two_layers();
  ASSERT_EQ(domain.n_cells(), 10);
  for (const Index lane : {0, 1}) {
    double thin = 0.0, thick = 0.0;
    for (Index i = 0; i < 10; ++i) (i < 4 ? thin : thick) += domain.width()(i, lane);
    EXPECT_NEAR(thin, lane == 0 ? 1.0 : 2.0, 1e-14);
    EXPECT_NEAR(thick, lane == 0 ? 10.0 : 5.0, 1e-13);
  }
}

TEST(LayeredDomain, DepthIsThatOfCellCentres) {
  const auto domain = two_layers();
  for (const Index lane : {0, 1}) {
    double face = 0.0;
    for (Index i = 0; i < domain.n_cells(); ++i) {
      EXPECT_NEAR(domain.depth()(i, lane), face + 0.5 * domain.width()(i, lane), 1e-14);
      face += domain.width()(i, lane);
    }
  }
}

TEST(LayeredDomain, KnowsTheLayerOfEachCell) {
  const auto domain = two_layers();
  EXPECT_EQ(domain.first_cell(0), 0);
  EXPECT_EQ(domain.first_cell(1), 4);
  EXPECT_EQ(domain.layer_of(0), 0);
  EXPECT_EQ(domain.layer_of(3), 0);
  EXPECT_EQ(domain.layer_of(4), 1);
  EXPECT_EQ(domain.layer_of(9), 1);
}

}  // namespace
}  // namespace poultice::core
