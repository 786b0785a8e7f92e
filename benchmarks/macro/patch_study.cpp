#include "benchmarks/macro/patch_study.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include <fmt/format.h>

#include "benchmarks/macro/packaged_cvode.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/run/simulate.hpp"

namespace poultice::benchmarks {

using core::Index;

namespace {

constexpr const char* watched[] = {"in_patch", "delivered", "in_plasma", "eliminated"};

/// Rows and weights behind a watched amount, per mole of dose.
struct Watched {
  std::vector<std::pair<Index, double>> rows;
};

std::vector<Watched> watched_rows(const solvers::Block& block) {
  std::vector<Watched> all;
  for (const char* name : watched) {
    Watched one;
    for (const auto& probe : block.probes())
      if (probe.name == name)
        for (const auto& entry : probe.entries) one.rows.emplace_back(entry.row, 1.0);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

Index population() {
  const char* wanted = std::getenv("POULTICE_BENCHMARK_MEMBERS");
  return wanted == nullptr ? 4096 : std::atol(wanted);
}

std::string patch_scenario(const std::string& integrator, Index n_cells) {
  return fmt::format(R"(
title = "benchmark patch"
therapy = "transdermal"
duration = "120 h"
drug.use = "fentanyl"
skin.site = "chest"
patch.use = "fentanyl_matrix_25"
skin.stratum_corneum.cells = {1}
skin.viable_epidermis.cells = {2}
skin.dermis.cells = {1}
patch.cells = {1}
output.every = "30 min"
output.profiles_every = "120 h"
solver.integrator = "{0}"
schedule = [{{ at = "0 h", apply = "patch" }}, {{ at = "72 h", remove = "patch" }}]
)",
                     integrator, n_cells * 2 / 7, n_cells / 7);
}

PatchStudy::PatchStudy(Index n_members, Index n_cells) : n_cells_(n_cells) {
  std::mt19937_64 random(20261124);
  std::normal_distribution<double> normal;
  const auto factor = [&](double cv) { return std::exp(std::sqrt(std::log1p(cv * cv)) * normal(random)); };
  for (Index i = 0; i < n_members; ++i) {
    const double diffusivity = factor(0.5), partition = factor(0.5), thickness = factor(0.2);
    factors_.push_back(n_members == 1 ? Factors{1.0, 1.0, 1.0} : Factors{diffusivity, partition, thickness});
  }
  // Members of one block share their steps: neighbours in D / h^2 waste the fewest.
  std::sort(factors_.begin(), factors_.end(), [](const Factors& a, const Factors& b) {
    return a.diffusivity / (a.thickness * a.thickness) < b.diffusivity / (b.thickness * b.thickness);
  });
}

std::shared_ptr<const core::Scenario> PatchStudy::scenario(double relative_tolerance,
                                                           const char* integrator) const {
  const std::string text = patch_scenario(integrator, n_cells_) +
                           fmt::format("solver.relative_tolerance = {}\nsolver.absolute_tolerance = {}\n",
                                       relative_tolerance, relative_tolerance * 1e-3);
  const core::DataLibrary library(models::embedded_data());
  return std::make_shared<const core::Scenario>(
      core::Scenario::parse(text, "benchmark.toml", ".", models::catalogue(), library));
}

core::ParameterBlock PatchStudy::block(const core::Scenario& scenario, Index first, Index width) const {
  core::ParameterBlock block(scenario, width);
  for (Index lane = 0; lane < width; ++lane) {
    const auto& factors = factors_[static_cast<std::size_t>(std::min(first + lane, n_members() - 1))];
    const auto scale = [&](const char* key, double by) {
      const std::string path = std::string("skin.stratum_corneum.") + key;
      block.set(path, lane, scenario.number(path) * by);
    };
    scale("diffusivity", factors.diffusivity);
    scale("partition_coefficient", factors.partition);
    scale("thickness", factors.thickness);
  }
  return block;
}

double worst_error(const std::vector<double>& samples, const std::vector<double>& reference) {
  double worst = samples.size() == reference.size() ? 0.0 : 1e300;
  for (std::size_t i = 0; i < std::min(samples.size(), reference.size()); ++i)
    worst = std::max(worst, std::abs(samples[i] - reference[i]));
  return worst;
}

std::vector<double> run_blocks(const PatchStudy& study, double relative_tolerance, Index width,
                               const char* integrator) {
  const auto scenario = study.scenario(relative_tolerance, integrator);
  std::vector<std::string> kept(std::begin(watched), std::end(watched));
  kept.insert(kept.end(), {"plasma_concentration", "flux"});
  std::vector<double> out;
  for (Index first = 0; first < study.n_members(); first += width) {
    const auto parameters = study.block(*scenario, first, width);
    solvers::Block block(parameters);
    const auto record = solvers::simulate(block, {}, &kept);
    std::vector<const core::LaneArray*> series;
    for (const char* name : watched)
      for (std::size_t p = 0; p < block.probes().size(); ++p)
        if (block.probes()[p].name == name) series.push_back(&record.samples[p]);
    const double dose = scenario->number("patch.content");
    for (Index lane = 0; lane < std::min(width, study.n_members() - first); ++lane)
      for (Index time = 0; time < static_cast<Index>(record.times.size()); ++time)
        for (const auto* one : series) out.push_back((*one)(time, lane) / dose);
  }
  return out;
}

std::vector<double> run_packaged(const PatchStudy& study, double relative_tolerance) {
  const auto scenario = study.scenario(relative_tolerance);
  const auto times = solvers::sample_times(*scenario);
  std::vector<double> out;
  for (Index member = 0; member < study.n_members(); ++member) {
    const auto parameters = study.block(*scenario, member, 1);
    solvers::Block block(parameters);
    auto state_lanes = block.initial_state();
    auto controls = block.initial_controls();
    const auto rows = watched_rows(block);
    const double dose = block.amount_scale()(0, 0);
    std::vector<double> samples, state;
    std::size_t next = 0;
    for (const auto& event : scenario->events()) {
      block.act(event, state_lanes.span(), controls.span());
      block.system().set_controls(controls.view());
      state.assign(state_lanes.view().data(), state_lanes.view().data() + state_lanes.rows());
      const double end = &event == &scenario->events().back() ? times.back() : scenario->events()[1].time;
      std::vector<double> stretch;
      while (next < times.size() && times[next] <= end) {
        if (times[next] > event.time)
          stretch.push_back(times[next]);
        else
          samples.insert(samples.end(), state.begin(), state.end());
        ++next;
      }
      const PackagedMember packaged(block.system(), 0);
      packaged.integrate(state, event.time, stretch, relative_tolerance, block.absolute_tolerance()(0, 0),
                         samples);
      std::copy(state.begin(), state.end(), state_lanes.span().data());
      if (end < times.back()) {
        // The sample at an event is taken after it: taken again by the next stretch.
        samples.resize(samples.size() - state.size());
        --next;
      }
    }
    const std::size_t n = state.size();
    for (std::size_t time = 0; time < times.size(); ++time)
      for (const auto& one : rows) {
        double sum = 0.0;
        for (const auto& [row, weight] : one.rows)
          sum += weight * samples[time * n + static_cast<std::size_t>(row)];
        out.push_back(sum / dose);
      }
  }
  return out;
}

}  // namespace poultice::benchmarks
