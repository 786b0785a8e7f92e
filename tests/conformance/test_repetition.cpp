#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/conformance/conformance.hpp"

namespace poultice::conformance {
namespace {

TEST_P(Conformance, TheSameStudyGivesTheSameBits) {
  const auto scenario = reference(model()), again = reference(model());
  Members first(scenario, 0, 3), second(again, 0, 3);
  const auto once = solvers::simulate(first.block);
  expect_same_bits(once, solvers::simulate(second.block));
  // And a block that has run before runs as if it had not.
  expect_same_bits(once, solvers::simulate(first.block));
}

/// Runs members alone and in blocks, at a relative tolerance, and compares every sample.
void expect_same_in_any_width(const std::string& model, const std::string& relative,
                              const std::string& absolute) {
  const auto scenario =
      reference(model, {{"solver.relative_tolerance", relative}, {"solver.absolute_tolerance", absolute}});
  const double rtol = scenario.number("solver.relative_tolerance");
  const double molar_mass = scenario.number("drug.molar_mass");
  Members wide(scenario, 0, 32), narrow(scenario, 0, 8);
  const auto in_wide = solvers::simulate(wide.block), in_narrow = solvers::simulate(narrow.block);
  for (const Index lane : {0, 7, 31}) {
    Members single(scenario, lane, 1);
    const auto alone = solvers::simulate(single.block);
    for (std::size_t p = 0; p < alone.samples.size(); ++p) {
      SCOPED_TRACE(single.block.probes()[p].name + " of member " + std::to_string(lane) + " at " + relative);
      const auto& probe = single.block.probes()[p];
      // Amounts are what steps are controlled by: within ten tolerances of the largest amount handled, as
      // every accepted step passes each member's own test. Rates and concentrations of what is far below the
      // dose gather what days of steps add up to: less than the 0.1 % that results at default tolerances are
      // held to.
      const bool is_amount = probe.unit == "kg" && !probe.of_rate;
      const double handled = single.block.amount_scale()(0, 0) * molar_mass;
      const double size = is_amount ? 10.0 * rtol * handled : 1e3 * rtol * largest(alone.samples[p], 0);
      for (Index row = 0; row < alone.samples[p].rows(); ++row) {
        ASSERT_NEAR(in_wide.samples[p](row, lane), alone.samples[p](row, 0), size);
        if (lane >= 8) continue;
        ASSERT_NEAR(in_narrow.samples[p](row, lane), alone.samples[p](row, 0), size);
      }
    }
  }
}

TEST_P(Conformance, AMemberIsTheSameInBlocksOfAnyWidth) {
  // The second time a thousand times nearer: what remains at one tolerance must vanish with it.
  expect_same_in_any_width(model(), "1e-6", "1e-9");
  expect_same_in_any_width(model(), "1e-9", "1e-12");
}

TEST_P(Conformance, ThreadsDoNotChangeABit) {
  const auto scenario = reference(model());
  constexpr Index n_blocks = 6, width = 2;
  const auto run_all = [&](int n_threads) {
    std::vector<solvers::Record> records(n_blocks);
    std::atomic<Index> next = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < n_threads; ++t)
      threads.emplace_back([&] {
        for (Index i = next++; i < n_blocks; i = next++) {
          Members members(scenario, i * width, width);
          records[static_cast<std::size_t>(i)] = solvers::simulate(members.block);
        }
      });
    for (auto& thread : threads) thread.join();
    return records;
  };
  const auto serial = run_all(1);
  for (int n_threads = 2; n_threads <= 4; ++n_threads) {
    const auto parallel = run_all(n_threads);
    for (std::size_t i = 0; i < serial.size(); ++i) expect_same_bits(parallel[i], serial[i]);
  }
}

TEST_P(Conformance, GoesOnFromACheckpointAsIfNothingHadHappened) {
  const auto scenario = reference(model());
  Members members(scenario, 0, 2);
  Traveller through(members.block);
  std::vector<Checkpoint> checkpoints;
  do {
    checkpoints.push_back(through.here());
    through.act();
  } while (through.go_on());
  for (const auto& checkpoint : checkpoints) {
    Members fresh(scenario, 0, 2);
    Traveller resumed(fresh.block, checkpoint);
    do resumed.act();
    while (resumed.go_on());
    EXPECT_EQ(resumed.here().time, through.here().time);
    for (Index i = 0; i < resumed.here().state.view().size(); ++i)
      ASSERT_EQ(resumed.here().state.view().data()[i], through.here().state.view().data()[i])
          << "from " << checkpoint.time << " s";
  }
}

}  // namespace
}  // namespace poultice::conformance
