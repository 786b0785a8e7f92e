// What holds for every study, whatever its layers, schedule and parameters are.
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/property/study.hpp"

namespace poultice::property {
namespace {

using core::Index;

/// Tells rapidcheck that the property does not hold, and why.
template <class... Args>
void fail(fmt::format_string<Args...> text, Args&&... args) {
  const std::string why = fmt::format(text, std::forward<Args>(args)...);
  RC_FAIL(why);
}

TEST(Studies, Balance) {
  EXPECT_TRUE(rc::check("every moiety balances, and nothing is negative", [] {
    const auto study = *studies();
    Trial run(study);
    run.go();
    double allowed = 1e-12;
    if (study.has_donor) {
      // Errors are relative to the scale of amounts, of which an endless donor may give many times as much.
      // And what it gives is the difference of what goes in and comes back through the first half cell, which
      // at rest is nothing: roundings of that flow to and fro are left.
      const auto& applied = run.samples("applied");
      const double scale = run.block.amount_scale()(0, 0) * molar_mass;
      const auto first = [&](const char* key) {
        return run.scenario.number(std::string("laminate.layer.layer0.") + key);
      };
      const double half_cell = run.block.axes().front().positions(0, 0);
      const double to_and_fro = first("diffusivity") * first("partition_coefficient") / half_cell *
                                run.scenario.number("donor.area") * study.largest_potential() *
                                run.scenario.duration();
      allowed = 1e-12 * std::max(1.0, applied(applied.rows() - 1, 0) / scale) + 1e-15 * to_and_fro / scale;
    }
    for (Index moiety = 0; moiety < run.record.balance_error.rows(); ++moiety)
      RC_ASSERT(run.record.balance_error(moiety, 0) <= allowed);
    RC_ASSERT(run.record.lowest_state >= -10.0);
  }));
}

TEST(Studies, TotalsNeverFall) {
  EXPECT_TRUE(rc::check("what was delivered, eliminated, or given by an endless donor only grows", [] {
    const auto study = *studies();
    Trial run(study);
    run.go();
    std::vector<std::string> totals{"delivered"};
    if (study.has_donor) totals.emplace_back("released");
    if (study.n_compartments > 0) totals.emplace_back("eliminated");
    const double absolute = run.block.absolute_tolerance()(0, 0) * molar_mass;
    for (const auto& total : totals) {
      const auto& values = run.samples(total);
      for (Index i = 1; i < values.rows(); ++i)
        if (!(values(i, 0) >= values(i - 1, 0) - 10.0 * (absolute + 1e-6 * values(i, 0))))
          fail("{} falls from {} to {}", total, values(i - 1, 0), values(i, 0));
    }
  }));
}

TEST(Studies, ReleaseNothingWhileNothingIsWorn) {
  EXPECT_TRUE(rc::check("what was released stays the same from a removal to the next application", [] {
    const auto study = *studies();
    Trial run(study);
    run.go();
    const auto& released = run.samples("released");
    const auto& events = run.scenario.events();
    for (std::size_t i = 1; i < run.record.times.size(); ++i) {
      // The last event up to the sample before says what is worn between the two.
      const double from = run.record.times[i - 1];
      bool is_worn = false;
      for (const auto& event : events)
        if (event.time <= from) is_worn = event.verb == "apply";
      const auto row = static_cast<Index>(i);
      if (!is_worn) RC_ASSERT(released(row, 0) == released(row - 1, 0));
    }
  }));
}

TEST(Studies, KeepTheMaximumPrinciple) {
  EXPECT_TRUE(rc::check("no potential is below zero or above that of what is put on", [] {
    const auto study = *studies();
    Trial run(study);
    run.go();
    const auto& axis = run.block.axes().front();
    const auto& concentration = run.samples("concentration");
    const double most = study.largest_potential(),
                 area = run.scenario.number(study.has_donor ? "donor.area" : "patch.area");
    const double tolerance = 10.0 * run.block.absolute_tolerance()(0, 0) * molar_mass;
    const Index n = axis.positions.rows();
    for (Index i = 0; i < concentration.rows(); ++i) {
      double face = 0.0;
      for (Index cell = 0; cell <= i % n; ++cell) {
        const double width = 2.0 * (axis.positions(cell, 0) - face);
        face += width;
        if (cell < i % n) continue;
        const auto path = "laminate.layer." + axis.labels[static_cast<std::size_t>(cell)] + ".";
        const double volume = area * width, mass = concentration(i, 0) * volume;
        const double full = run.scenario.number(path + "partition_coefficient") *
                            (1.0 + run.scenario.number(path + "binding_ratio")) * volume * most;
        if (!(mass >= -tolerance) || !(mass <= full * (1.0 + 1e-4) + tolerance))
          fail("cell {} holds {} kg; it can hold 0 to {}", cell, mass, full);
      }
    }
  }));
}

TEST(Studies, AreLinearInTheDose) {
  EXPECT_TRUE(rc::check("other doses give answers in proportion, within ten relative tolerances", [] {
    const auto study = *studies();
    const double factors[] = {1.0, 2.0, 0.3};
    const std::string dose = study.has_donor ? "donor.concentration" : "patch.content";
    Trial run(study, 3);
    for (Index lane = 0; lane < 3; ++lane)
      run.parameters.set(dose, lane, factors[lane] * run.scenario.number(dose));
    solvers::Block block(run.parameters);
    run.record = solvers::simulate(block);
    const double slack = 10.0 * block.absolute_tolerance()(0, 1) * molar_mass;
    for (std::size_t p = 0; p < block.probes().size(); ++p) {
      // Amounts are what tolerances speak of. A rate may be a small difference of large flows, a
      // concentration one of next to nothing in next to no volume.
      if (block.probes()[p].unit != "kg") continue;
      const auto& values = run.record.samples[p];
      double most = 0.0;
      for (Index i = 0; i < values.rows(); ++i) most = std::max(most, std::abs(values(i, 0)));
      for (Index i = 0; i < values.rows(); ++i)
        for (const Index lane : {1, 2})
          if (!(std::abs(values(i, lane) - factors[lane] * values(i, 0)) <= 1e-5 * most + slack))
            fail("{} is {} times as large", block.probes()[p].name, values(i, lane) / values(i, 0));
    }
  }));
}

/// The same value in another unit.
Value respelled(const Value& value) {
  static const std::map<std::string, std::vector<Value>> others{
      {"cm^2", {{1e2, "mm^2"}, {1e-4, "m^2"}, {1.0, "cm²"}, {1.0, "cm2"}}},
      {"mg", {{1e3, "ug"}, {1e-3, "g"}, {1e3, "µg"}}},
      {"um", {{1e-3, "mm"}, {1e-4, "cm"}, {1.0, "µm"}}},
      {"cm^2/s", {{1e-4, "m^2/s"}, {3600.0, "cm^2/h"}, {1e2, "mm^2/s"}}},
      {"1/s", {{3600.0, "1/h"}, {60.0, "1/min"}, {1.0, "s^-1"}}},
      {"h", {{60.0, "min"}, {3600.0, "s"}, {1.0 / 24.0, "day"}}}};
  const auto& choice = others.at(value.unit);
  const auto& [factor, unit] =
      choice[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(choice.size())))];
  return {value.number * factor, unit};
}

Study respelled(Study study) {
  for (auto* value : {&study.duration, &study.area, &study.content, &study.thickness, &study.diffusivity})
    *value = respelled(*value);
  for (auto& layer : study.layers)
    for (auto* value : {&layer.thickness, &layer.diffusivity, &layer.clearance}) *value = respelled(*value);
  for (auto& wear : study.wears) wear.from = respelled(wear.from), wear.to = respelled(wear.to);
  return study;
}

TEST(Studies, DoNotDependOnTheSpellingOfUnits) {
  EXPECT_TRUE(rc::check("the same quantities in other units are the same study", [] {
    const auto study = *studies();
    // A wear right after another may, in another unit, begin a rounding before the first ends.
    for (std::size_t i = 1; i < study.wears.size(); ++i)
      RC_PRE(study.wears[i].from.number > study.wears[i - 1].to.number);
    const auto plain = study.scenario(), other = respelled(study).scenario();
    RC_ASSERT(plain.values().size() == other.values().size());
    for (const auto& value : plain.values()) {
      if (std::isnan(value.number)) continue;
      RC_ASSERT(std::abs(other.number(value.path) - value.number) <= 1e-13 * std::abs(value.number));
    }
    RC_ASSERT(plain.events().size() == other.events().size());
    for (std::size_t i = 0; i < plain.events().size(); ++i) {
      RC_ASSERT(plain.events()[i].verb == other.events()[i].verb);
      RC_ASSERT(std::abs(plain.events()[i].time - other.events()[i].time) <= 1e-13 * plain.duration());
    }
  }));
}

}  // namespace
}  // namespace poultice::property
