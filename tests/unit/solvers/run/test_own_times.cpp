#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using Times = std::vector<double>;  // of the events of one lane [h]

constexpr double hour = 3600.0;

/// A tank that is filled, filled again, closed and emptied, at the times of each lane.
class OwnTimes : public ::testing::TestWithParam<const char*> {
 protected:
  static testing::Study study(const std::vector<Times>& lanes, const std::string& every = "0.25 h") {
    using testing::happens;
    auto scenario = testing::tank("loss = \"1 1/h\"\n",
                                  happens("0.2 h", "fill") + happens("0.4 h", "fill") +
                                      happens("1 h", "close") + happens("2 h", "pour"),
                                  {{"solver.integrator", GetParam()},
                                   {"solver.relative_tolerance", "1e-9"},
                                   {"solver.absolute_tolerance", "1e-12"},
                                   {"output.every", every},
                                   {"output.profiles_every", "1.25 h"}});
    testing::Study study(std::move(scenario), static_cast<Index>(lanes.size()));
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
      Times seconds;
      for (const double time : lanes[lane]) seconds.push_back(time * hour);
      study.parameters.set_event_times(static_cast<Index>(lane), seconds);
      study.parameters.set("tank.loss", static_cast<Index>(lane),
                           (1.0 + 0.3 * static_cast<double>(lane % 7)) / hour);
    }
    return study;
  }

  /// What is in the tank, or has been drained, at `time` [h], after the events then; by hand.
  static double exact(const Times& events, double loss, double time, bool drained) {
    double now = 0.0, in_tank = 0.0, out = 0.0;
    bool is_open = true;
    const auto go_on = [&](double until) {
      if (is_open) {
        const double left = in_tank * std::exp(-loss * (until - now));
        out += in_tank - left;
        in_tank = left;
      }
      now = until;
    };
    for (std::size_t i = 0; i < events.size() && events[i] <= time * (1.0 + 1e-12); ++i) {
      go_on(events[i]);
      if (i < 2) in_tank += 1.0;
      if (i == 2) is_open = false;
      if (i == 3) in_tank = 0.0;
    }
    go_on(time);
    return drained ? out : in_tank;
  }

  /// All samples of every lane are what they must be, at the grid and at the lane's own events.
  static void expect_exact(const std::vector<Times>& lanes, const std::string& every = "0.25 h") {
    const auto of_all = study(lanes, every);
    Block block(of_all.parameters);
    const auto record = simulate(block);
    // Of a stepper a hundred times what a step may err by; of a contour the rounding of 1e-13, some times.
    const double tolerance = GetParam() == std::string("contour") ? 1e-11 : 1e-7;
    for (std::size_t p = 0; p < block.probes().size(); ++p) {
      const auto& probe = block.probes()[p];
      const auto& samples = record.samples[p];
      for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        const auto at = static_cast<Index>(lane);
        const double loss = 1.0 + 0.3 * static_cast<double>(lane % 7);
        const auto value = [&](double time) {
          if (probe.name != "drain_rate") return exact(lanes[lane], loss, time, probe.name == "drained");
          const bool is_open = time * (1.0 + 1e-12) < lanes[lane][2];
          return is_open ? loss / hour * exact(lanes[lane], loss, time, false) : 0.0;
        };
        const auto& times = probe.axis.empty() ? record.times : record.profile_times;
        for (std::size_t i = 0; i < times.size(); ++i)
          EXPECT_NEAR(samples(static_cast<Index>(i) * probe.n_points, at), value(times[i] / hour), tolerance)
              << probe.name << " of lane " << lane << " at " << times[i] / hour;
        for (Index event = 0; event < record.own_times.rows(); ++event) {
          const bool is_last = event == 3 || lanes[lane][static_cast<std::size_t>(event) + 1] !=
                                                 lanes[lane][static_cast<std::size_t>(event)];
          if (!is_last) continue;
          const auto row = static_cast<Index>(times.size()) + event;
          EXPECT_NEAR(samples(row * probe.n_points, at), value(record.own_times(event, at) / hour), tolerance)
              << probe.name << " of lane " << lane << " at event " << event;
        }
      }
    }
    for (Index lane = 0; lane < record.balance_error.width(); ++lane)
      EXPECT_LE(record.balance_error(0, lane), 1e-14);
  }
};

TEST_P(OwnTimes, EveryLaneIsSampledOnItsOwnWay) {
  expect_exact({{0.2, 0.4, 1.1, 2.0}, {0.3, 0.9, 1.0, 2.9}});
}

TEST_P(OwnTimes, EventsMayLieOnTheGridInOneLaneOnly) {
  expect_exact({{0.25, 0.4, 1.0, 2.0}, {0.3, 0.5, 1.01, 2.25}, {0.31, 0.75, 1.2, 2.1}});
}

TEST_P(OwnTimes, EventsMayFallTogetherInOneLaneOnly) {
  expect_exact({{0.2, 0.2, 0.2, 2.0}, {0.3, 0.9, 1.0, 2.9}, {0.1, 0.6, 2.0, 2.0}, {0.5, 0.5, 0.5, 0.5}});
}

TEST_P(OwnTimes, EventsMayLieAtTheBeginningOrTheEndInOneLaneOnly) {
  expect_exact({{0.0, 0.4, 1.1, 2.0}, {0.3, 0.9, 1.0, 3.0}, {0.0, 0.0, 3.0, 3.0}, {0.7, 0.8, 0.9, 3.0}});
}

TEST_P(OwnTimes, ASampleJustAfterAnEventSpoilsNoOtherLane) {
  expect_exact({{0.2499999999, 0.4, 1.2499, 2.0}, {0.3, 0.4999999, 1.0, 2.4}});
}

TEST_P(OwnTimes, SomeStretchesMayBeTheSameForAll) {
  expect_exact({{0.2, 0.4, 1.1, 2.0}, {0.2, 0.4, 1.3, 2.0}, {0.2, 0.4, 1.6, 2.0}});
}

TEST_P(OwnTimes, LanesMayFillRegistersAndMore) {
  std::vector<Times> lanes;
  for (int i = 0; i < 19; ++i) lanes.push_back({0.02 * i, 0.4 + 0.03 * i, 1.0 + 0.05 * i, 2.0 + 0.05 * i});
  expect_exact(lanes);
}

TEST_P(OwnTimes, ManySamplesAreTakenAtOnce) {
  std::vector<Times> lanes;
  for (int i = 0; i < 19; ++i) lanes.push_back({0.02 * i, 0.4 + 0.031 * i, 1.0 + 0.05 * i, 2.0 + 0.05 * i});
  lanes.push_back({0.2999999999, 0.2999999999, 0.3, 2.99});
  expect_exact(lanes, "0.02 h");
}

TEST_P(OwnTimes, ALaneIsWhatItIsByItself) {
  const std::vector<Times> lanes{{0.2, 0.4, 1.1, 2.0}, {0.3, 0.9, 1.0, 2.9}};
  const auto together = study(lanes);
  Block block(together.parameters);
  const auto record = simulate(block);
  for (Index lane = 0; lane < 2; ++lane) {
    const auto alone = study({lanes[static_cast<std::size_t>(lane)]});
    EXPECT_TRUE(alone.parameters.shares_event_times());
    core::ParameterBlock parameters = alone.parameters;
    parameters.set("tank.loss", 0, (1.0 + 0.3 * static_cast<double>(lane)) / hour);
    Block own(parameters);
    const auto by_itself = simulate(own);
    EXPECT_NEAR(record.headlines(0, lane), by_itself.headlines(0, 0), 1e-8);
    const auto order = samples_in_order(record.times, record.own_times.view(), lane);
    ASSERT_EQ(order.size(), by_itself.times.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      EXPECT_EQ(order[i].time, by_itself.times[i]);
      EXPECT_NEAR(record.samples[0](order[i].number, lane), by_itself.samples[0](static_cast<Index>(i), 0),
                  1e-8);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Of, OwnTimes, ::testing::Values("contour", "cvode", "rosenbrock"),
                         [](const auto& of) { return std::string(of.param); });

TEST(SampleTimes, AGridWithinRoundingOfAnEventIsOneSample) {
  LaneArray own(1, 2);
  own(0, 0) = 2.0 * (1.0 + 1e-13), own(0, 1) = 2.5;
  const std::vector<double> grid{0.0, 1.0, 2.0, 3.0};
  EXPECT_EQ(samples_in_order(grid, own.view(), 0).size(), 4U);
  EXPECT_EQ(samples_in_order(grid, own.view(), 1).size(), 5U);
}

}  // namespace
}  // namespace poultice::solvers
