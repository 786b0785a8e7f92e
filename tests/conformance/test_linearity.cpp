#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/scenario/document.hpp"
#include "core/scenario/resolved_writer.hpp"
#include "tests/conformance/conformance.hpp"

namespace poultice::conformance {
namespace {

/// Keys that say how much there is of a drug. A model whose dose has another name must be added here.
bool is_dose(const std::string& key) {
  return key == "content" || key == "amount" || key == "rate" || key == "concentration";
}

/// Overrides that double every dose of a scenario.
std::vector<core::Override> doubled(const core::Scenario& scenario) {
  std::vector<core::Override> overrides;
  for (const auto& value : scenario.values())
    if (is_dose(value.path.substr(value.path.rfind('.') + 1)) && !std::isnan(value.number))
      overrides.emplace_back(value.path, core::exact_quantity(2.0 * value.number, value.spec->unit));
  const auto document = core::parse_document(scenario.source_text(), scenario.name());
  const auto* schedule = document.find("schedule");
  for (std::size_t i = 0; schedule != nullptr && i < schedule->items.size(); ++i)
    for (const auto& entry : schedule->items[i].entries) {
      if (!is_dose(entry.key)) continue;
      std::size_t end = 0;
      const double number = std::stod(entry.value.text, &end);
      overrides.emplace_back(fmt::format("schedule.{}.{}", i, entry.key),
                             fmt::format("{}{}", 2.0 * number, entry.value.text.substr(end)));
    }
  return overrides;
}

TEST_P(Conformance, TwiceTheDoseGivesTwiceTheAnswer) {
  const auto scenario = reference(model());
  const auto overrides = doubled(scenario);
  ASSERT_FALSE(overrides.empty()) << "the reference has no dose that this test knows";
  const auto twice = reference(model(), overrides);
  Members once(scenario, 0, 1), more(twice, 0, 1);
  const auto small = solvers::simulate(once.block), large = solvers::simulate(more.block);
  const double tolerance = 10.0 * scenario.number("solver.relative_tolerance");
  double most = 0.0;
  for (std::size_t p = 0; p < small.samples.size(); ++p) {
    const double size = largest(small.samples[p], 0);
    most = std::max(most, size);
    for (Index row = 0; row < small.samples[p].rows(); ++row)
      ASSERT_NEAR(large.samples[p](row, 0), 2.0 * small.samples[p](row, 0), tolerance * size)
          << once.block.probes()[p].name;
  }
  EXPECT_GT(most, 0.0) << "nothing happens in the reference";
}

TEST_P(Conformance, TheJacobianIsTheSlopeOfTheRates) {
  const auto scenario = reference(model());
  Members members(scenario, 0, 2);
  auto& system = members.block.system();
  Traveller traveller(members.block);
  traveller.act();
  static_cast<void>(traveller.go_on());
  traveller.act();
  const auto& here = traveller.here();
  core::RateMatrix store;
  const auto& jacobian = system.jacobian(here.time, here.state.view(), store);
  LaneArray above(system.n_rows(), 2), below(system.n_rows(), 2), wide(system.n_rows(), 1);
  for (Index column = 0; column < system.n_rows(); ++column) {
    const auto differ = [&](double h) {
      auto up = here.state, down = here.state;
      for (const Index lane : {0, 1}) up(column, lane) += h, down(column, lane) -= h;
      system.rates(here.time, up.view(), above.span());
      system.rates(here.time, down.view(), below.span());
      return 2.0 * h;
    };
    // Small against what is there, so that no amount changes its sign.
    const double scale = 1e-5 * members.block.amount_scale()(0, 0), present = here.state(column, 1);
    const double h = present > 0.0 ? std::min(scale, 0.25 * present) : scale;
    const double twice_h = differ(2.0 * h);
    for (Index row = 0; row < system.n_rows(); ++row)
      wide(row, 0) = (above(row, 1) - below(row, 1)) / twice_h;
    const double width = differ(h);
    for (Index row = 0; row < system.n_rows(); ++row) {
      const double narrow = (above(row, 1) - below(row, 1)) / width;
      // Richardson's extrapolation, whose error is well below the difference of what it is made from.
      const double slope = narrow + (narrow - wide(row, 0)) / 3.0;
      // Differences lose what the largest rate of the row is worth in roundings.
      const double rounding = 1e-13 * (std::abs(above(row, 1)) + std::abs(below(row, 1))) / h;
      ASSERT_NEAR(jacobian.entry(row, column, 1), slope,
                  1e-7 * std::abs(slope) + 100.0 * rounding + 0.1 * std::abs(narrow - wide(row, 0)))
          << system.layout().row_name(row) << " by " << system.layout().row_name(column);
    }
  }
}

}  // namespace
}  // namespace poultice::conformance
