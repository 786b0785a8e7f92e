#include "solvers/ensemble/block_runner.hpp"

#include <algorithm>
#include <ctime>

#include <fmt/format.h>

#include "core/base/check.hpp"
#include "core/base/error.hpp"
#include "solvers/run/simulate.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

/// The number of what bears the name, or -1.
template <class Named>
Index number_of(const std::vector<Named>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  return found == all.end() ? -1 : found - all.begin();
}

/// Copies samples [time * n_points + point][lane] to rows [(row * n_times + time) * n_points_kept + point].
void keep_samples(core::LaneView samples, Index n_points, const std::vector<Index>& times,
                  Index n_points_kept, Index n_rows, std::vector<double>& out) {
  const auto n_times = static_cast<Index>(times.size());
  for (Index t = 0; t < n_times; ++t) {
    const Index time = times[static_cast<std::size_t>(t)];
    if (time < 0) continue;
    for (Index point = 0; point < n_points; ++point) {
      const double* from = samples[time * n_points + point];
      for (Index row = 0; row < n_rows; ++row)
        out[static_cast<std::size_t>((row * n_times + t) * n_points_kept + point)] = from[row];
    }
  }
}

/// The rows of members that were run by themselves; those that went well are taken from `together` where that
/// is not empty, in the same order.
Rows joined(const std::vector<Rows>& by_itself, const Rows& together) {
  Rows rows;
  Index next = 0;
  for (const auto& one : by_itself) {
    const bool is_there = one.n_failed() == 0 && together.size() > 0;
    rows.append(is_there ? together : one, is_there ? next++ : 0, 1);
    rows.steps += one.steps;
  }
  rows.steps += together.steps;
  return rows;
}

/// Processor time of this thread [s].
double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

BlockRunner::BlockRunner(const Plan& plan, const core::Catalogue& catalogue, const std::atomic<bool>* stop,
                         std::optional<double> max_wall_seconds)
    : plan_(plan),
      catalogue_(catalogue),
      stop_(stop),
      max_wall_seconds_(max_wall_seconds),
      timetable_(plan.timings, plan.design) {
  for (const auto& curve : plan.layout.curves) kept_.push_back(curve.name);
  for (const auto& profile : plan.layout.profiles) kept_.push_back(profile.name);
}

Rows BlockRunner::run(Index block) {
  const double begun = thread_seconds();
  enter(plan_.block_group[static_cast<std::size_t>(block)]);
  auto rows = run(plan_.members_of(block));
  rows.seconds = thread_seconds() - begun;
  return rows;
}

Rows BlockRunner::run(Members members) {
  if (members.size() == 1) return alone(members.front());
  try {
    return rows_of(members);
  } catch (const core::Interrupted&) {
    throw;
  } catch (const core::Error&) {
    return without_culprits(members);
  }
}

void BlockRunner::enter(Index group) {
  if (group == group_) return;
  std::vector<core::Override> overrides;
  if (max_wall_seconds_)
    overrides.emplace_back("solver.max_wall_time", fmt::format("{} s", *max_wall_seconds_));
  scenario_ = core::Scenario::parse(plan_.scenarios.text(group), fmt::format("group {} of the plan", group),
                                    {}, catalogue_, core::DataLibrary(), overrides);
  group_ = group;
}

Rows BlockRunner::rows_of(Members members) {
  const auto n = static_cast<Index>(members.size());
  core::ParameterBlock parameters(*scenario_, plan_.lanes_for(n));
  for (const auto& column : plan_.design.columns) {
    if (column.needs_own_scenario) continue;
    for (Index lane = 0; lane < parameters.width(); ++lane) {
      const Index member = members[static_cast<std::size_t>(std::min(lane, n - 1))];
      parameters.set(column.path, lane, column.numbers[static_cast<std::size_t>(member)]);
    }
  }
  set_event_times(members, parameters);
  Block block(parameters);
  const auto record = simulate(block, {.stop = stop_}, &kept_);
  if (stop_ != nullptr && *stop_) throw core::Interrupted(scenario_->duration());
  warnings_.insert(block.warnings().begin(), block.warnings().end());
  Rows rows(plan_.layout, n);
  rows.members.assign(members.begin(), members.end());
  rows.status.assign(members.size(), static_cast<std::int8_t>(MemberStatus::ok));
  rows.steps = record.work.steps;
  keep(block, record, rows);
  return rows;
}

void BlockRunner::set_event_times(Members members, core::ParameterBlock& parameters) const {
  if (!timetable_.varies()) return;
  std::vector<core::Occurrence> events;
  std::vector<double> times;
  for (Index lane = 0; lane < parameters.width(); ++lane) {
    const auto i = static_cast<std::size_t>(lane);
    if (i < members.size()) {
      timetable_.find_events(members[i], events);
      times.clear();
      for (const auto& event : events) times.push_back(event.time);
      POULTICE_ASSERT(static_cast<Index>(times.size()) == parameters.n_events());
    }
    parameters.set_event_times(lane, times);
  }
}

void BlockRunner::keep(const Block& block, const Record& record, Rows& rows) const {
  const auto& layout = plan_.layout;
  const Index n = rows.size();
  for (std::size_t h = 0; h < layout.headlines.size(); ++h) {
    const Index from = number_of(block.headlines(), layout.headlines[h].name);
    if (from >= 0) std::copy_n(record.headlines[from], n, rows.headlines[h].begin());
  }
  const auto keep_probe = [&](const Layout::Curve& curve, const std::vector<Index>& times, Index n_points,
                              std::vector<double>& out) {
    const Index from = number_of(block.probes(), curve.name);
    if (from < 0) return;
    const auto at = static_cast<std::size_t>(from);
    keep_samples(record.samples[at].view(), block.probes()[at].n_points, times, n_points, n, out);
  };
  const auto times = positions_of(layout.times, record.times);
  const auto profile_times = positions_of(layout.profile_times, record.profile_times);
  for (std::size_t c = 0; c < layout.curves.size(); ++c)
    keep_probe(layout.curves[c], times, 1, rows.curves[c]);
  for (std::size_t p = 0; p < layout.profiles.size(); ++p)
    keep_probe(layout.profiles[p], profile_times, layout.find_axis(layout.profiles[p].axis)->n_points,
               rows.profiles[p]);
  for (std::size_t a = 0; a < layout.axes.size(); ++a) {
    const Index from = number_of(block.axes(), layout.axes[a].name);
    if (from < 0) continue;
    const auto positions = block.axes()[static_cast<std::size_t>(from)].positions.view();
    for (Index point = 0; point < positions.rows(); ++point)
      for (Index row = 0; row < n; ++row)
        rows.positions[a][static_cast<std::size_t>(row * layout.axes[a].n_points + point)] =
            positions(point, positions.width() == 1 ? 0 : row);
  }
}

Rows BlockRunner::alone(Index member) {
  Rows failed(plan_.layout, 1);
  failed.members = {member};
  const auto fails = [&](MemberStatus status, const std::exception& error) {
    failed.status = {static_cast<std::int8_t>(status)};
    failed.status_text = {error.what()};
  };
  try {
    return rows_of(Members(&member, 1));
  } catch (const core::Interrupted&) {
    throw;
  } catch (const core::IntegrationError& error) {
    fails(MemberStatus::integration_failed, error);
  } catch (const core::Error& error) {
    fails(MemberStatus::refused, error);
  }
  return failed;
}

Rows BlockRunner::without_culprits(Members members) {
  std::vector<Rows> by_itself;
  std::vector<Index> sound;
  for (const Index member : members) {
    by_itself.push_back(alone(member));
    if (by_itself.back().n_failed() == 0) sound.push_back(member);
  }
  if (sound.size() < 2 || sound.size() == members.size()) return joined(by_itself, {});
  try {
    return joined(by_itself, rows_of(sound));
  } catch (const core::Interrupted&) {
    throw;
  } catch (const core::Error&) {
    return joined(by_itself, {});  // they fail only side by side; what each gave by itself stands
  }
}

}  // namespace poultice::solvers
