#include "solvers/ensemble/planner.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/base/version.hpp"
#include "solvers/ensemble/stiffness.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

/// Members of each group, in design order; groups in the order of their first members.
std::vector<std::vector<Index>> grouped(const core::Design& design) {
  const auto group_of = design.scenario_groups();
  std::vector<std::vector<Index>> groups;
  for (Index member = 0; member < design.n_members; ++member) {
    const auto group = static_cast<std::size_t>(group_of[static_cast<std::size_t>(member)]);
    if (group >= groups.size()) groups.resize(group + 1);
    groups[group].push_back(member);
  }
  return groups;
}

std::vector<LaneColumn> lane_columns(const core::Design& design) {
  std::vector<LaneColumn> columns;
  for (const auto& column : design.columns)
    if (!column.needs_own_scenario)
      columns.push_back({column.path, [&column](Index member) {
                           return column.numbers[static_cast<std::size_t>(member)];
                         }});
  return columns;
}

/// Puts the groups one after the other into blocks of the plan.
class Planner {
 public:
  Planner(const core::Study& study, Plan& plan) : study_(study), plan_(plan) {}

  void plan() {
    const auto groups = grouped(plan_.design);
    plan_.block_begin = {0};
    for (const auto& members : groups) add(members);
    if (!has_layout_) std::rethrow_exception(refusal_);
    set_times();
    require_kept();
  }

 private:
  void add(std::vector<Index> members) {
    const auto scenario = study_.scenario_of(plan_.design, members.front());
    if (!study_.curves().empty()) require_sampled("every", study_.every(), scenario);
    if (!study_.profiles().empty()) require_sampled("profiles_every", study_.profiles_every(), scenario);
    end_ = std::max(end_, scenario.duration());
    lay_out(members, scenario);
    if (static_cast<Index>(members.size()) > plan_.width) sort(members, scenario);
    for (std::size_t i = 0; i < members.size(); i += static_cast<std::size_t>(plan_.width)) {
      const auto end = std::min(i + static_cast<std::size_t>(plan_.width), members.size());
      plan_.order.insert(plan_.order.end(), members.begin() + static_cast<std::ptrdiff_t>(i),
                         members.begin() + static_cast<std::ptrdiff_t>(end));
      plan_.block_begin.push_back(static_cast<Index>(plan_.order.size()));
      plan_.block_group.push_back(plan_.n_groups());
    }
    plan_.scenarios.add(scenario.resolved_toml());
  }

  /// Takes in what the members of a group leave, as one of them has it whose models can be put together.
  /// Where none that is tried is so, this group is left to fail when it is run.
  void lay_out(const std::vector<Index>& members, const core::Scenario& scenario) {
    if (is_laid_out(scenario)) return;
    for (const Index member : {members[members.size() / 2], members.back()})
      if (is_laid_out(study_.scenario_of(plan_.design, member))) return;
  }

  bool is_laid_out(const core::Scenario& scenario) {
    try {
      const core::ParameterBlock parameters(scenario, 1);
      plan_.layout.add(Block(parameters), study_.curves(), study_.profiles());
      return has_layout_ = true;
    } catch (const core::ModelError&) {
      refusal_ = std::current_exception();
      return false;
    }
  }

  void sort(std::vector<Index>& members, const core::Scenario& scenario) const {
    const auto stiffness = stiffness_of(scenario, lane_columns(plan_.design), members);
    std::vector<std::size_t> rank(members.size());
    std::iota(rank.begin(), rank.end(), std::size_t{0});
    std::stable_sort(rank.begin(), rank.end(),
                     [&](std::size_t a, std::size_t b) { return stiffness[a] < stiffness[b]; });
    std::vector<Index> sorted;
    sorted.reserve(members.size());
    for (const auto i : rank) sorted.push_back(members[i]);
    members = std::move(sorted);
  }

  void set_times() {
    if (!plan_.layout.curves.empty()) plan_.layout.times = time_grid(study_.every(), end_);
    if (!plan_.layout.profiles.empty()) plan_.layout.profile_times = time_grid(study_.profiles_every(), end_);
  }

  /// Every time to be kept must be one at which the members are sampled.
  void require_sampled(const char* key, double step, const core::Scenario& scenario) const {
    const auto sampled = scenario.number(fmt::format("output.{}", key));
    const double ratio = step / sampled;
    if (step >= scenario.duration() || (ratio > 0.5 && std::abs(ratio - std::round(ratio)) <= 1e-9 * ratio))
      return;
    auto problem = study_.place_of(key).problem(
        fmt::format("sweep.{}", key), fmt::format("nothing is sampled every {:.6g} h", step / 3600.0));
    problem.expected = fmt::format("a multiple of output.{}, which is {:.6g} h", key, sampled / 3600.0);
    problem.hint = fmt::format("choose such a multiple, or set output.{} of the scenario", key);
    throw core::ScenarioError(std::move(problem));
  }

  /// Whatever is to be kept must be there in at least one group.
  void require_kept() const {
    require_kept("curves", study_.curves(), plan_.layout.curves);
    require_kept("profiles", study_.profiles(), plan_.layout.profiles);
  }

  void require_kept(const char* key, const std::vector<std::string>& names,
                    const std::vector<Layout::Curve>& kept) const {
    std::vector<core::Problem> problems;
    for (const auto& name : names) {
      const auto is_it = [&](const Layout::Curve& curve) { return curve.name == name; };
      if (std::any_of(kept.begin(), kept.end(), is_it)) continue;
      const auto there = probe_names(std::string_view(key) == "profiles");
      auto problem = study_.place_of(key).problem(fmt::format("sweep.{}", key),
                                                  fmt::format("there is no such result: {}", name));
      problem.expected = core::joined(there);
      if (const auto near = core::nearest(name, there); !near.empty())
        problem.hint = fmt::format("did you mean {}?", near);
      problems.push_back(std::move(problem));
    }
    if (!problems.empty()) throw core::ScenarioError(std::move(problems));
  }

  [[nodiscard]] std::vector<std::string> probe_names(bool profiles) const {
    const core::ParameterBlock parameters(*study_.scenario(), 1);
    const Block block(parameters);
    std::vector<std::string> names;
    for (const auto& probe : block.probes())
      if (probe.axis.empty() != profiles) names.push_back(probe.name);
    return names;
  }

  const core::Study& study_;
  Plan& plan_;
  double end_ = 0.0;  ///< of the longest [s]
  bool has_layout_ = false;
  std::exception_ptr refusal_;  ///< why the models of some member cannot be put together
};

}  // namespace

Plan make_plan(const core::Study& study, core::Design design, const PlanOptions& options) {
  Plan plan;
  plan.title = study.scenario()->title();
  plan.software = core::software();
  plan.design = std::move(design);
  plan.integrator = study.scenario()->text("solver.integrator");
  plan.width = options.width;
  Planner(study, plan).plan();
  plan.hash = plan.computed_hash();
  cut_into_shards(plan, options.n_shards);
  return plan;
}

void cut_into_shards(Plan& plan, Index n_shards) {
  plan.shard_begin = even_parts(plan.n_blocks(), std::clamp<Index>(n_shards, 1, plan.n_blocks()));
}

}  // namespace poultice::solvers
