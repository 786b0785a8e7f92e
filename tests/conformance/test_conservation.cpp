#include <cmath>

#include <gtest/gtest.h>

#include "tests/conformance/conformance.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::conformance {
namespace {

TEST_P(Conformance, EveryMoietyBalances) {
  const auto scenario = reference(model());
  Members members(scenario, 0, 4);
  const auto record = solvers::simulate(members.block);
  const auto& moieties = members.block.system().moieties();
  ASSERT_FALSE(moieties.empty()) << "nothing is accounted for";
  for (std::size_t m = 0; m < moieties.size(); ++m)
    for (Index lane = 0; lane < 4; ++lane)
      EXPECT_LE(record.balance_error(static_cast<Index>(m), lane), 1e-12) << moieties[m].name;
}

TEST_P(Conformance, NoAmountIsNegative) {
  const auto scenario = reference(model());
  Members members(scenario, 0, 4);
  EXPECT_GE(solvers::simulate(members.block).lowest_state, -10.0) << "in absolute tolerances";
}

TEST_P(Conformance, EveryAmountIsPartOfAMoiety) {
  // A row that nobody weighs could lose amounts unseen. A compartment or cell must count; a total may, or it
  // may only repeat what another says.
  const auto scenario = reference(model());
  const Members members(scenario, 0, 1);
  const auto& system = members.block.system();
  for (Index row = 0; row < system.n_rows(); ++row) {
    if (system.layout().is_accumulator(row)) continue;
    bool counts = false;
    for (const auto& moiety : system.moieties())
      for (const auto& share : moiety.shares) counts = counts || (share.row == row && share.weight != 0.0);
    EXPECT_TRUE(counts) << system.layout().row_name(row);
  }
}

/// Each column of the Jacobian, weighed as the moiety weighs its rows, sums to zero, and so does the forcing.
void expect_conserving(const core::System& system, const Checkpoint& here, Index lane) {
  core::RateMatrix store;
  const auto& jacobian = system.jacobian(here.time, here.state.view(), store);
  const auto columns = testing::dense(jacobian, lane);
  const Index n = system.n_rows();
  for (const auto& moiety : system.moieties()) {
    for (Index column = 0; column <= n; ++column) {
      double sum = 0.0, size = 0.0;
      for (const auto& [row, weight] : moiety.shares) {
        const double rate =
            column == n ? system.forcing()(row, lane) : columns[static_cast<std::size_t>(column * n + row)];
        sum += weight * rate, size += std::abs(weight * rate);
      }
      EXPECT_LE(std::abs(sum), 1e-14 * size)
          << moiety.name << ", " << (column == n ? "forcing" : system.layout().row_name(column)) << " at "
          << here.time << " s";
    }
  }
}

TEST_P(Conformance, ColumnsOfTheJacobianConserve) {
  const auto scenario = reference(model());
  Members members(scenario, 0, 2);
  Traveller traveller(members.block);
  do {
    traveller.act();
    expect_conserving(members.block.system(), traveller.here(), 1);
  } while (traveller.go_on());
}

TEST_P(Conformance, EventsMoveAmountsAndMakeNone) {
  const auto scenario = reference(model());
  Members members(scenario, 0, 2);
  Traveller traveller(members.block);
  const auto& moieties = members.block.system().moieties();
  do {
    const auto before = traveller.here().state;
    traveller.act();
    for (const auto& moiety : moieties)
      for (const Index lane : {0, 1})
        EXPECT_NEAR(moiety.imbalance(traveller.here().state.view(), lane),
                    moiety.imbalance(before.view(), lane), 1e-15 * members.block.amount_scale()(0, lane))
            << moiety.name << " at " << traveller.here().time << " s";
  } while (traveller.go_on());
}

}  // namespace
}  // namespace poultice::conformance
