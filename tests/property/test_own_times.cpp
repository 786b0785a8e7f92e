// What holds for members of one block whose events come in the same order, at times of their own.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "tests/property/study.hpp"

namespace poultice::property {
namespace {

using core::Index;

constexpr Index n_lanes = 5;

core::Scenario scenario_of(const Study& study, const std::string& integrator) {
  const auto text = fmt::format(
      "{}\n[solver]\nintegrator = \"{}\"\nrelative_tolerance = 1e-8\nabsolute_tolerance = 1e-11\n",
      study.toml(), integrator);
  return core::Scenario::parse(text, "study.toml", ".", models::catalogue(),
                               core::DataLibrary(models::embedded_data()));
}

/// Rising times of all events [s], on the grid of samples, beside it and at one time with others.
std::vector<double> times(const core::Scenario& scenario) {
  const double duration = scenario.duration(), every = scenario.number("output.every");
  std::vector<double> all;
  for (std::size_t i = 0; i < scenario.events().size(); ++i) {
    const double anywhere = duration * 1e-6 * *rc::gen::inRange(0, 1'000'001);
    const double on_grid = std::min(std::round(anywhere / every) * every, duration);
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
        all.push_back(on_grid);
        break;
      case 1:
        all.push_back(std::min(on_grid + 1e-6 * every, duration));
        break;
      case 2:
        all.push_back(all.empty() ? 0.0 : all.back());
        break;
      default:
        all.push_back(anywhere);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// What a block leaves in each lane, against what each leaves by itself.
void compare(const Study& study, const std::string& integrator, double tolerance) {
  const auto scenario = scenario_of(study, integrator);
  core::ParameterBlock parameters(scenario, n_lanes);
  std::vector<std::vector<double>> all;
  for (Index lane = 0; lane < n_lanes; ++lane) {
    all.push_back(times(scenario));
    parameters.set_event_times(lane, all.back());
  }
  solvers::Block block(parameters);
  const auto record = solvers::simulate(block);
  for (Index lane = 0; lane < n_lanes; ++lane) {
    core::ParameterBlock own(scenario, 1);
    own.set_event_times(0, all[static_cast<std::size_t>(lane)]);
    solvers::Block alone(own);
    const auto expected = solvers::simulate(alone);
    if (parameters.shares_event_times()) continue;
    const auto order = solvers::samples_in_order(record.times, record.own_times.view(), lane);
    RC_ASSERT(order.size() == expected.times.size());
    const double scale = alone.amount_scale()(0, 0) * molar_mass;
    for (std::size_t p = 0; p < block.probes().size(); ++p) {
      // Amounts are what tolerances speak of.
      const auto& probe = block.probes()[p];
      if (probe.unit != "kg" || !probe.axis.empty()) continue;
      double most = scale;
      for (Index i = 0; i < expected.samples[p].rows(); ++i)
        most = std::max(most, std::abs(expected.samples[p](i, 0)));
      for (std::size_t i = 0; i < order.size(); ++i) {
        const double here = record.samples[p](order[i].number, lane);
        const double there = expected.samples[p](static_cast<Index>(i), 0);
        if (!(std::abs(here - there) <= tolerance * most)) {
          const std::string why = fmt::format("{} of lane {} at {} s: {} in the block, {} by itself",
                                              probe.name, lane, order[i].time, here, there);
          RC_FAIL(why);
        }
      }
    }
    for (Index moiety = 0; moiety < record.balance_error.rows(); ++moiety)
      if (!study.has_donor) RC_ASSERT(record.balance_error(moiety, lane) <= 1e-12);
  }
}

TEST(OwnTimes, AContourGivesALaneWhatItHasByItself) {
  EXPECT_TRUE(rc::check("lanes with times of their own are what they are by themselves, by contours",
                        [] { compare(*studies(), "contour", 1e-10); }));
}

TEST(OwnTimes, SoDoesARosenbrockMethod) {
  EXPECT_TRUE(rc::check("lanes with times of their own are what they are by themselves, by steps",
                        [] { compare(*studies(), "rosenbrock", 1e-6); }));
}

TEST(OwnTimes, SoDoesCvode) {
  EXPECT_TRUE(rc::check("lanes with times of their own are what they are by themselves, by CVODE",
                        [] { compare(*studies(), "cvode", 1e-6); }));
}

}  // namespace
}  // namespace poultice::property
