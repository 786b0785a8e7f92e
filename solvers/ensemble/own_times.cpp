#include "solvers/ensemble/own_times.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "core/base/check.hpp"

namespace poultice::solvers {

using core::Index;

namespace {

double duration_of(const core::Study& study, const core::Design& design, Index member) {
  const auto* durations = design.find("duration");
  return durations != nullptr ? durations->numbers[static_cast<std::size_t>(member)]
                              : study.scenario()->duration();
}

}  // namespace

void check_times(const core::Study& study, const core::Design& design, const core::Timetable& timetable) {
  if (!timetable.varies()) return;
  for (Index member = 0; member < design.n_members; ++member) {
    if (timetable.is_possible(member, duration_of(study, design, member))) continue;
    static_cast<void>(study.scenario_of(design, member));  // throws, and says why
    POULTICE_ASSERT(false);
  }
}

void check_coincidences(const core::Study& study, const core::Design& design,
                        const core::Timetable& timetable, const std::vector<Index>& groups) {
  if (!timetable.varies()) return;
  std::unordered_set<std::string> seen;
  std::vector<core::Occurrence> events;
  for (Index member = 0; member < design.n_members; ++member) {
    timetable.find_events(member, events);
    auto pattern = std::to_string(groups[static_cast<std::size_t>(member)]) + ' ';
    for (std::size_t i = 0; i < events.size(); ++i) {
      const bool is_last = i + 1 == events.size();
      const double next = is_last ? duration_of(study, design, member) : events[i + 1].time;
      pattern += events[i].time >= next ? '=' : '<';
    }
    if (seen.insert(std::move(pattern)).second) static_cast<void>(study.scenario_of(design, member));
  }
}

std::vector<std::vector<Index>> parted_by_times(const core::Timetable& timetable,
                                                const std::vector<Index>& members, Index width) {
  if (!timetable.varies()) return {members};
  std::unordered_map<std::string, std::size_t> part_of;
  std::vector<std::vector<Index>> all;
  std::vector<core::Occurrence> events;
  std::string times;
  for (const Index member : members) {
    timetable.find_events(member, events);
    times.clear();
    for (const auto& event : events)
      times.append(reinterpret_cast<const char*>(&event.time), sizeof event.time);
    const auto part = part_of.try_emplace(times, all.size()).first->second;
    if (part == all.size()) all.emplace_back();
    all[part].push_back(member);
  }
  std::vector<std::vector<Index>> parts;
  std::vector<Index> rest;
  for (auto& part : all) {
    if (static_cast<Index>(part.size()) >= width)
      parts.push_back(std::move(part));
    else
      rest.insert(rest.end(), part.begin(), part.end());
  }
  std::sort(rest.begin(), rest.end());
  if (!rest.empty()) parts.push_back(std::move(rest));
  return parts;
}

std::vector<std::vector<double>> log_stretches(const core::Timetable& timetable,
                                               const std::vector<Index>& members, double duration) {
  // Stretches shorter than this take hardly any steps, and need not be alike.
  const double least = 1e-3 * duration;
  std::vector<std::vector<double>> logs;
  std::vector<core::Occurrence> events;
  for (std::size_t m = 0; m < members.size(); ++m) {
    timetable.find_events(members[m], events);
    if (logs.empty()) logs.assign(events.size() + 1, std::vector<double>(members.size()));
    for (std::size_t i = 0; i <= events.size(); ++i) {
      const double begin = i == 0 ? 0.0 : events[i - 1].time;
      const double end = i < events.size() ? events[i].time : duration;
      logs[i][m] = std::log(std::max(end - begin, least));
    }
  }
  std::erase_if(logs, [](const auto& values) {
    return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
  });
  return logs;
}

}  // namespace poultice::solvers
