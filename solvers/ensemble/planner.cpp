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
#include "solvers/ensemble/neighbours.hpp"
#include "solvers/ensemble/own_times.hpp"
#include "solvers/ensemble/stiffness.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

/// Members of each group, in design order; groups in the order of their first members.
std::vector<std::vector<Index>> grouped(const std::vector<Index>& group_of) {
  std::vector<std::vector<Index>> groups;
  for (std::size_t member = 0; member < group_of.size(); ++member) {
    const auto group = static_cast<std::size_t>(group_of[member]);
    if (group >= groups.size()) groups.resize(group + 1);
    groups[group].push_back(static_cast<Index>(member));
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
  Planner(const core::Study& study, Plan& plan)
      : study_(study), plan_(plan), timetable_(plan.timings, plan.design) {}

  void plan() {
    check_times(study_, plan_.design, timetable_);
    const auto group_of = plan_.design.scenario_groups(plan_.timings);
    check_coincidences(study_, plan_.design, timetable_, group_of);
    plan_.block_begin = {0};
    for (const auto& members : grouped(group_of)) add(members);
    if (!has_layout_) std::rethrow_exception(refusal_);
    set_times();
    require_kept();
  }

 private:
  void add(const std::vector<Index>& members) {
    const auto scenario = study_.scenario_of(plan_.design, members.front());
    if (!study_.curves().empty()) require_sampled("every", study_.every(), scenario);
    if (!study_.profiles().empty()) require_sampled("profiles_every", study_.profiles_every(), scenario);
    end_ = std::max(end_, scenario.duration());
    lay_out(members, scenario);
    for (auto& part : parted_by_times(timetable_, members, plan_.width)) {
      if (static_cast<Index>(part.size()) > plan_.width) sort(part, scenario);
      cut(part);
    }
    plan_.scenarios.add(scenario.resolved_toml());
  }

  void cut(const std::vector<Index>& members) {
    for (std::size_t i = 0; i < members.size(); i += static_cast<std::size_t>(plan_.width)) {
      const auto end = std::min(i + static_cast<std::size_t>(plan_.width), members.size());
      plan_.order.insert(plan_.order.end(), members.begin() + static_cast<std::ptrdiff_t>(i),
                         members.begin() + static_cast<std::ptrdiff_t>(end));
      plan_.block_begin.push_back(static_cast<Index>(plan_.order.size()));
      plan_.block_group.push_back(plan_.n_groups());
    }
  }

  /// Takes in what the members of a group leave, as one of them has it whose models can be put together.
  /// Where none that is tried is so, this group is left to fail when it is run.
  void lay_out(const std::vector<Index>& members, const core::Scenario& scenario) {
    if (is_laid_out(scenario, members)) return;
    for (const Index member : {members[members.size() / 2], members.back()})
      if (is_laid_out(study_.scenario_of(plan_.design, member), members)) return;
  }

  bool is_laid_out(const core::Scenario& scenario, const std::vector<Index>& members) {
    try {
      // Where members have times of their own, what is laid out says so.
      core::ParameterBlock parameters(scenario, timetable_.varies() ? 2 : 1);
      for (Index lane = 0; lane < parameters.width() && timetable_.varies(); ++lane)
        parameters.set_event_times(lane, lane == 0 ? times_of(members.front()) : times_unlike(members));
      plan_.layout.add(Block(parameters), study_.curves(), study_.profiles());
      return has_layout_ = true;
    } catch (const core::ModelError&) {
      refusal_ = std::current_exception();
      return false;
    }
  }

  [[nodiscard]] std::vector<double> times_of(Index member) const {
    std::vector<core::Occurrence> events;
    timetable_.find_events(member, events);
    std::vector<double> times;
    times.reserve(events.size());
    for (const auto& event : events) times.push_back(event.time);
    return times;
  }

  /// The times of a member that differ from the first's, or those.
  [[nodiscard]] std::vector<double> times_unlike(const std::vector<Index>& members) const {
    auto first = times_of(members.front());
    for (const Index member : members)
      if (auto times = times_of(member); times != first) return times;
    return first;
  }

  void sort(std::vector<Index>& members, const core::Scenario& scenario) const {
    auto stiffness = stiffness_of(scenario, lane_columns(plan_.design), members);
    const auto n = static_cast<Index>(members.size());
    std::vector<Index> rank(members.size());
    std::iota(rank.begin(), rank.end(), Index{0});
    auto stretches = timetable_.varies() ? log_stretches(timetable_, members, scenario.duration())
                                         : std::vector<std::vector<double>>{};
    if (stretches.empty()) {
      std::stable_sort(rank.begin(), rank.end(), [&](Index a, Index b) {
        return stiffness[static_cast<std::size_t>(a)] < stiffness[static_cast<std::size_t>(b)];
      });
    } else {
      stretches.push_back(std::move(stiffness));
      rank = neighbours_together(stretches, n, plan_.width);
    }
    std::vector<Index> sorted;
    sorted.reserve(members.size());
    for (const auto i : rank) sorted.push_back(members[static_cast<std::size_t>(i)]);
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
  core::Timetable timetable_;
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
  plan.timings = study.scenario()->timings();
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
