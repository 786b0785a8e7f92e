#include <cmath>
#include <memory>
#include <optional>
#include <random>

#include <gtest/gtest.h>

#include "core/system/system.hpp"
#include "solvers/transport/diffusion.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

constexpr Index width = 2;

/// A chain of cells of one or two species, each with a capacity and half resistance of its own.
class DiffusionTest : public ::testing::Test {
 protected:
  void build(Index n_cells, Index n_species = 1) {
    core::StateLayout layout;
    for (Index s = 0; s < n_species; ++s) layout.add_species({"s" + std::to_string(s), 0.1});
    field_ = layout.add_field("cells", n_cells);
    for (Index i = 0; i + 1 < n_cells; ++i) layout.graph().connect(i, i + 1);
    for (Index s = 0; s < n_species; ++s)
      counters_.push_back(layout.accumulator("passed" + std::to_string(s)));
    gate_ = layout.add_control(1.0);
    warmth_ = layout.add_control(300.0);
    layout.finish();
    medium_ = std::make_unique<core::Medium>(layout, width);
    std::mt19937 random(1);
    medium_->capacity() = testing::random_lanes(layout.n_cell_rows(), width, random);
    medium_->half_resistance() = testing::random_lanes(layout.n_cell_rows(), width, random);
    system_ = std::make_unique<core::System>(std::move(layout), width);
  }

  void diffuse(std::vector<Face> faces, double open = 1.0, double warmth = 300.0) {
    system_->add(std::make_unique<Diffusion>("diffusion", *medium_, std::move(faces)));
    set(open, warmth);
  }

  void set(double open, double warmth = 300.0) {
    LaneArray controls(2, width);
    for (Index lane = 0; lane < width; ++lane)
      controls(gate_.index, lane) = open, controls(warmth_.index, lane) = warmth;
    system_->set_controls(controls.view());
  }

  LaneArray rates(const LaneArray& state) const {
    LaneArray rate(system_->n_rows(), width);
    system_->rates(0.0, state.view(), rate.span());
    return rate;
  }

  /// One mole in each lane of one row, nothing elsewhere.
  LaneArray amount_in(Index row) const {
    LaneArray state(system_->n_rows(), width);
    for (Index lane = 0; lane < width; ++lane) state(row, lane) = 1.0;
    return state;
  }

  double R(Index row, Index lane) const { return medium_->half_resistance()(row, lane); }
  double C(Index row, Index lane) const { return medium_->capacity()(row, lane); }

  core::Field field_;
  std::vector<core::Accumulator> counters_;
  core::Control gate_, warmth_;
  std::unique_ptr<core::Medium> medium_;
  std::unique_ptr<core::System> system_;
};

TEST_F(DiffusionTest, FlowIsPotentialDifferenceOverSeriesResistance) {
  build(2);
  diffuse({{0, 1}});
  LaneArray state(system_->n_rows(), width);
  state(0, 0) = 3.0, state(1, 0) = 0.5;
  state(0, 1) = 0.2, state(1, 1) = 4.0;
  const auto rate = rates(state);
  for (Index lane = 0; lane < width; ++lane) {
    const double flow =
        (state(0, lane) / C(0, lane) - state(1, lane) / C(1, lane)) / (R(0, lane) + R(1, lane));
    EXPECT_NEAR(rate(0, lane), -flow, 1e-13 * std::abs(flow));
    EXPECT_NEAR(rate(1, lane), flow, 1e-13 * std::abs(flow));
  }
}

TEST_F(DiffusionTest, AMembraneAddsItsResistance) {
  build(2);
  diffuse({{0, 1, LaneArray(1, width, 9.0)}});
  const auto rate = rates(amount_in(0));
  for (Index lane = 0; lane < width; ++lane)
    EXPECT_NEAR(rate(1, lane), 1.0 / C(0, lane) / (R(0, lane) + R(1, lane) + 9.0), 1e-14);
}

TEST_F(DiffusionTest, AMembraneAloneMayResist) {
  build(2);
  medium_->half_resistance().fill(0.0);
  diffuse({{0, 1, LaneArray(1, width, 4.0)}});
  EXPECT_NEAR(rates(amount_in(0))(1, 1), 0.25 / C(0, 1), 1e-14);
}

TEST_F(DiffusionTest, AGateOpensAndCloses) {
  build(2);
  diffuse({{0, 1, std::nullopt, gate_}}, 0.0);
  EXPECT_EQ(rates(amount_in(0))(1, 0), 0.0);
  set(1.0);
  EXPECT_GT(rates(amount_in(0))(1, 0), 0.0);
}

TEST_F(DiffusionTest, UniformPotentialIsAtRestWhateverTheMedium) {
  build(30, 2);
  diffuse(chain_faces(field_));
  LaneArray state(system_->n_rows(), width);
  double largest = 0.0;
  for (Index row = 0; row < 60; ++row)
    for (Index lane = 0; lane < width; ++lane) {
      state(row, lane) = 2.5 * C(row, lane);
      largest = std::max(largest, std::abs(system_->matrix().entry(row, row, lane)) * state(row, lane));
    }
  const auto rate = rates(state);
  for (Index row = 0; row < system_->n_rows(); ++row) EXPECT_LE(std::abs(rate(row, 1)), 1e-15 * largest);
}

TEST_F(DiffusionTest, CountersTotalWhatPassesFromAToB) {
  build(3, 2);
  diffuse({{0, 1}, {2, 1, std::nullopt, std::nullopt, {{0, counters_[0]}, {1, counters_[1]}}}});
  std::mt19937 random(2);
  const auto state = testing::random_lanes(system_->n_rows(), width, random);
  const auto rate = rates(state);
  const auto& layout = system_->layout();
  for (Index s = 0; s < 2; ++s)
    for (Index lane = 0; lane < width; ++lane) {
      // All that leaves cell 2 passes the counted face.
      const double left = -rate(layout.row(2, s), lane);
      EXPECT_NEAR(rate(layout.row(counters_[static_cast<std::size_t>(s)]), lane), left,
                  1e-13 * std::abs(left));
    }
}

TEST_F(DiffusionTest, SpeciesDoNotMix) {
  build(2, 2);
  diffuse(chain_faces(field_));
  const auto rate = rates(amount_in(system_->layout().row(0, 1)));
  EXPECT_EQ(rate(system_->layout().row(1, 0), 0), 0.0);
  EXPECT_GT(rate(system_->layout().row(1, 1), 0), 0.0);
}

TEST_F(DiffusionTest, WarmthOpensTheWay) {
  build(2);
  const double activation[width] = {7000.0, 7000.0}, reference[width] = {300.0, 300.0};
  for (const Index row : {0, 1}) medium_->follow_temperature(row, warmth_, activation, reference);
  diffuse({{0, 1}});
  const double cool = rates(amount_in(0))(1, 0);
  set(1.0, 310.0);
  EXPECT_NEAR(rates(amount_in(0))(1, 0) / cool, std::exp(7000.0 * (1.0 / 300.0 - 1.0 / 310.0)), 1e-13);
}

TEST(ChainFaces, LinkNeighboursOfAField) {
  const auto faces = chain_faces({5, 4});
  ASSERT_EQ(faces.size(), 3U);
  EXPECT_EQ(faces[0].a, 5);
  EXPECT_EQ(faces[2].b, 8);
  EXPECT_TRUE(chain_faces({5, 1}).empty());
}

}  // namespace
}  // namespace poultice::solvers
