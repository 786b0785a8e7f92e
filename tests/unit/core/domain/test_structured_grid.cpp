#include <numbers>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/domain/structured_grid.hpp"
#include "tests/support/complaint.hpp"

namespace poultice::core {
namespace {

using std::numbers::pi;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string complaint(const std::function<void()>& action) {
  return poultice::testing::complaint<ParameterError>(action);
}

GridAxis graded(const char* name, AxisShape shape = AxisShape::straight) {
  return {name, {0.0, 0.1, 0.3, 0.7, 1.5}, shape};
}

double volume_of(const StructuredGrid& grid) {
  return grid.integral(std::vector<double>(static_cast<std::size_t>(grid.n_cells()), 1.0).data());
}

TEST(StructuredGrid, CellsFillSlabsCylindersAndSpheresExactly) {
  constexpr double round_off = 1e-15;
  EXPECT_NEAR(volume_of(StructuredGrid({graded("x")})), 1.5, round_off * 4);
  EXPECT_NEAR(volume_of(StructuredGrid({graded("r", AxisShape::cylindrical)})), pi * 2.25, round_off * 30);
  EXPECT_NEAR(volume_of(StructuredGrid({graded("r", AxisShape::spherical)})), 4.0 / 3.0 * pi * 3.375,
              round_off * 60);
  const StructuredGrid can({graded("r", AxisShape::cylindrical), GridAxis::uniform("z", 0.0, 2.0, 3)});
  EXPECT_NEAR(volume_of(can), pi * 2.25 * 2.0, round_off * 60);
  double sum = 0.0;
  for (Index cell = 0; cell < can.n_cells(); ++cell) sum += can.volume(cell);
  EXPECT_NEAR(sum, pi * 2.25 * 2.0, round_off * 60);
}

TEST(StructuredGrid, WhatAShellGainsItsFacesGiveAway) {
  // The divergence theorem for a field that points outward with unit divergence per dimension.
  for (const auto shape : {AxisShape::straight, AxisShape::cylindrical, AxisShape::spherical}) {
    const auto axis = graded("r", shape);
    const double dimensions = shape == AxisShape::straight      ? 1.0
                              : shape == AxisShape::cylindrical ? 2.0
                                                                : 3.0;
    for (Index i = 0; i < axis.n_cells(); ++i) {
      const auto face = [&](Index f) { return axis.faces()[static_cast<std::size_t>(f)] * axis.area(f); };
      EXPECT_NEAR(face(i + 1) - face(i), dimensions * axis.measure(i), 1e-15 * 8);
    }
  }
}

TEST(StructuredGrid, TheFirstAxisRunsFastest) {
  const StructuredGrid grid(
      {GridAxis::uniform("x", 0, 1, 4), GridAxis::uniform("y", 0, 1, 3), GridAxis::uniform("z", 0, 1, 2)});
  EXPECT_EQ(grid.n_cells(), 24);
  EXPECT_EQ(grid.cell(1, 2, 1), 1 + 4 * 2 + 12);
  EXPECT_THAT(grid.place(21), ElementsAre(1, 2, 1));
  EXPECT_EQ(grid.stride(0), 1);
  EXPECT_EQ(grid.stride(1), 4);
  EXPECT_EQ(grid.stride(2), 12);
}

TEST(StructuredGrid, DistancesEndAtTheFaces) {
  const auto axis = graded("x");
  EXPECT_DOUBLE_EQ(axis.distance(0), 0.05);
  EXPECT_DOUBLE_EQ(axis.distance(1), 0.15);
  EXPECT_DOUBLE_EQ(axis.distance(4), 0.4);
}

TEST(StructuredGrid, WhatCannotBeIsRefused) {
  const auto made = [](auto&&... axes) { return complaint([&] { StructuredGrid({axes...}); }); };
  const auto x = GridAxis::uniform("x", 0, 1, 2);
  EXPECT_THAT(made(x, x), HasSubstr("one name"));
  EXPECT_THAT(made(x, graded("r", AxisShape::cylindrical)), HasSubstr("first of its grid"));
  EXPECT_THAT(made(graded("r", AxisShape::spherical), x), HasSubstr("stands alone"));
  EXPECT_THAT(complaint([] { GridAxis("x", {0.0}); }), HasSubstr("at least one cell"));
  EXPECT_THAT(complaint([] { GridAxis("x", {0.0, 1.0, 1.0}); }), HasSubstr("faces rise"));
  EXPECT_THAT(complaint([] { GridAxis("r", {-1.0, 1.0}, AxisShape::spherical); }), HasSubstr("radius"));
}

}  // namespace
}  // namespace poultice::core
