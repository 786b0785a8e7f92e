#include "benchmarks/macro/rosenbrock_study.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <random>

#include <fmt/format.h>

#include "benchmarks/macro/packaged_species.hpp"
#include "benchmarks/macro/patch_study.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/run/simulate.hpp"
#include "solvers/time/observation.hpp"

namespace poultice::benchmarks {

using core::Index;
using core::LaneArray;

namespace {

/// Calls begin(time, stop) after each event, and look(time, sample) at every output time in between and at
/// the stop.
template <class Begin, class Look>
void follow_events(solvers::Block& block, const std::vector<double>& times, LaneArray& state, Begin&& begin,
                   Look&& look) {
  const auto& events = block.scenario().events();
  auto controls = block.initial_controls();
  std::size_t sample = 0, event = 0;
  while (sample < times.size()) {
    const double now = times[sample];
    for (; event < events.size() && events[event].time <= now; ++event)
      block.act(events[event], state.span(), controls.span());
    block.system().set_controls(controls.view());
    const double stop = event < events.size() ? events[event].time : times.back();
    begin(now, stop);
    for (; sample < times.size() && (times[sample] < stop || stop == times.back()); ++sample)
      look(times[sample], static_cast<Index>(sample));
    if (sample < times.size()) look(stop, static_cast<Index>(sample));
  }
}

solvers::Observation observation(const Population& population, const solvers::Block& block) {
  solvers::Observation watched(block.width());
  for (const auto& name : population.watched)
    for (const auto& probe : block.probes())
      if (probe.name == name) watched.add(probe);
  return watched;
}

constexpr const char* saturable_scenario = R"(
title = "benchmark of saturable binding and metabolism"
therapy = "transdermal"
duration = "48 h"
drug.molar_mass = "151 g/mol"
output.every = "30 min"
output.profiles_every = "48 h"
solver.relative_tolerance = {0}
solver.absolute_tolerance = {1}
schedule = [{{ at = "0 h", apply = "patch" }}, {{ at = "24 h", remove = "patch" }}]
[skin]
stratum_corneum.cells = 30
stratum_corneum.diffusivity = "5e-10 cm^2/s"
stratum_corneum.partition_coefficient = 20.0
stratum_corneum.association_rate = "2e-4 1/s"
stratum_corneum.dissociation_rate = "1e-4 1/s"
stratum_corneum.binding_capacity = "20 mg/cm^3"
viable_epidermis.cells = 20
viable_epidermis.diffusivity = "1e-6 cm^2/s"
viable_epidermis.partition_coefficient = 1.5
viable_epidermis.binding_ratio = 0.5
dermis.cells = 30
dermis.diffusivity = "1e-6 cm^2/s"
dermis.partition_coefficient = 1.5
dermis.capillary_clearance = "2e-4 1/s"
[patch]
kind = "reservoir"
area = "10 cm^2"
content = "20 mg"
thickness = "300 um"
[plasma]
volume_central = "40 L"
clearance = "30 L/h"
[metabolite]
molar_mass = "123 g/mol"
volume = "30 L"
clearance = "10 L/h"
[[metabolite.layer]]
name = "stratum_corneum"
diffusivity = "1e-11 cm^2/s"
partition_coefficient = 0.5
[[metabolite.layer]]
name = "viable_epidermis"
diffusivity = "2e-6 cm^2/s"
maximum_rate = "5.7 mol/m^3/h"
michaelis_constant = "0.84 mol/m^3"
[[metabolite.layer]]
name = "dermis"
diffusivity = "2e-6 cm^2/s"
first_order_rate = "1e-5 1/s"
maximum_rate = "1 mol/m^3/h"
michaelis_constant = "0.84 mol/m^3"
clearance = "3e-4 1/s"
)";

}  // namespace

Population patch_population(Index n_members, Index n_cells) {
  const auto study = std::make_shared<const PatchStudy>(n_members, n_cells);
  return {n_members,
          [study](double tolerance) { return study->scenario(tolerance); },
          [study](const core::Scenario& scenario, Index first, Index width) {
            return study->block(scenario, first, width);
          },
          {"in_patch", "delivered", "in_plasma", "eliminated"}};
}

Population saturable_population(Index n_members) {
  struct Factors {
    double diffusivity, thickness, rate;
  };
  std::mt19937_64 random(20261124);
  std::normal_distribution<double> normal;
  const auto factor = [&](double cv) { return std::exp(std::sqrt(std::log1p(cv * cv)) * normal(random)); };
  std::vector<Factors> factors;
  for (Index i = 0; i < n_members; ++i) {
    const double diffusivity = factor(0.5), thickness = factor(0.2), rate = factor(0.5);
    factors.push_back({diffusivity, thickness, rate});
  }
  std::sort(factors.begin(), factors.end(), [](const Factors& a, const Factors& b) {
    return a.diffusivity / (a.thickness * a.thickness) < b.diffusivity / (b.thickness * b.thickness);
  });
  const auto scenario = [](double tolerance) {
    const core::DataLibrary library(models::embedded_data());
    return std::make_shared<const core::Scenario>(
        core::Scenario::parse(fmt::format(saturable_scenario, tolerance, 1e-3 * tolerance), "benchmark.toml",
                              ".", models::catalogue(), library));
  };
  const auto block = [factors](const core::Scenario& base, Index first, Index width) {
    core::ParameterBlock parameters(base, width);
    const auto last = static_cast<Index>(factors.size()) - 1;
    for (Index lane = 0; lane < width; ++lane) {
      const auto& f = factors[static_cast<std::size_t>(std::min(first + lane, last))];
      const auto scale = [&](const std::string& path, double by) {
        parameters.set(path, lane, base.number(path) * by);
      };
      scale("skin.stratum_corneum.diffusivity", f.diffusivity);
      scale("skin.stratum_corneum.thickness", f.thickness);
      scale("metabolite.layer.viable_epidermis.maximum_rate", f.rate);
    }
    return parameters;
  };
  return {n_members,
          scenario,
          block,
          {"in_patch", "delivered", "in_plasma", "metabolized", "metabolite_delivered"}};
}

Stepped run_steppers(const Population& population, double relative_tolerance, Index width,
                     const MakeStepper& make) {
  const auto scenario = population.scenario(relative_tolerance);
  const auto times = solvers::sample_times(*scenario);
  const double dose = scenario->number("patch.content");
  Stepped all;
  for (Index first = 0; first < population.n_members; first += width) {
    const auto parameters = population.block(*scenario, first, width);
    solvers::Block block(parameters);
    const auto watched = observation(population, block);
    const Index n = watched.n_values();
    LaneArray values(n * static_cast<Index>(times.size()), width);
    auto state = block.initial_state();
    const std::clock_t begun = std::clock();
    const auto stepper = make(block.system(), {relative_tolerance, block.absolute_tolerance()}, {});
    follow_events(
        block, times, state, [&](double now, double stop) { stepper->start(now, state.view(), stop); },
        [&](double time, Index sample) {
          stepper->advance(time, state.span());
          watched.evaluate(state.view(), {}, {values[sample * n], n, width});
        });
    all.stepping_seconds += static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    all.work += stepper->work();
    ++all.n_blocks;
    for (Index lane = 0; lane < std::min(width, population.n_members - first); ++lane)
      for (Index row = 0; row < values.rows(); ++row) all.samples.push_back(values(row, lane) / dose);
  }
  return all;
}

Stepped run_packaged_species(const Population& population, double relative_tolerance) {
  const auto scenario = population.scenario(relative_tolerance);
  const auto times = solvers::sample_times(*scenario);
  const double dose = scenario->number("patch.content");
  Stepped all;
  for (Index member = 0; member < population.n_members; ++member) {
    const auto parameters = population.block(*scenario, member, 1);
    solvers::Block block(parameters);
    const auto watched = observation(population, block);
    auto state = block.initial_state();
    LaneArray values(watched.n_values(), 1);
    const std::clock_t begun = std::clock();
    PackagedSpecies packaged(block.system());
    std::vector<std::vector<double>> samples(times.size());
    follow_events(
        block, times, state,
        [&](double now, double stop) {
          packaged.start(now, state.view(), stop, relative_tolerance, block.absolute_tolerance()(0, 0));
        },
        [&](double time, Index sample) {
          packaged.advance(time, state.span());
          watched.evaluate(state.view(), {}, values.span());
          auto& here = samples[static_cast<std::size_t>(sample)];
          here.clear();
          for (Index v = 0; v < values.rows(); ++v) here.push_back(values(v, 0) / dose);
        });
    all.stepping_seconds += static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    ++all.n_blocks;
    all.work.steps += packaged.steps();
    for (const auto& here : samples) all.samples.insert(all.samples.end(), here.begin(), here.end());
  }
  return all;
}

}  // namespace poultice::benchmarks
