#include "core/study/design.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/base/check.hpp"
#include "core/scenario/resolved_writer.hpp"
#include "core/study/timetable.hpp"

namespace poultice::core {
namespace {

/// A word as a TOML value: true and false bare, which a flag wants and a text takes; all others in quotes.
std::string loose(const std::string& word) {
  return word == "true" || word == "false" ? word : toml_string(word);
}

/// Parts each group into those whose events come in the same order.
void part_by_order_of_events(const Timetable& timetable, std::vector<Index>& groups) {
  if (!timetable.varies()) return;
  std::vector<Occurrence> events;
  std::unordered_map<std::string, Index> by_order;
  std::string order;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    timetable.find_events(static_cast<Index>(i), events);
    order.clear();
    const auto append = [&](auto number) {
      order.append(reinterpret_cast<const char*>(&number), sizeof number);
    };
    append(groups[i]);
    for (const auto& event : events) append(event.entry), append(event.number);
    groups[i] = by_order.try_emplace(order, static_cast<Index>(by_order.size())).first->second;
  }
}

}  // namespace

Override DesignColumn::as_override(Index member) const {
  POULTICE_ASSERT(member >= 0 && member < size());
  const auto i = static_cast<std::size_t>(member);
  return {path, is_number() ? exact_quantity(numbers[i], unit) : loose(words[i])};
}

const DesignColumn* Design::find(std::string_view path) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.path == path; });
  return found == columns.end() ? nullptr : &*found;
}

std::vector<Override> Design::overrides_of(Index member) const {
  std::vector<Override> overrides;
  overrides.reserve(columns.size());
  for (const auto& column : columns) overrides.push_back(column.as_override(member));
  return overrides;
}

std::vector<Index> Design::scenario_groups(const std::vector<EntryTiming>& timings) const {
  std::vector<Index> groups(static_cast<std::size_t>(n_members), 0);
  // Column by column: members of one group so far part where the next column differs.
  for (const auto& column : columns) {
    if (!column.needs_own_scenario || is_timing(column.path)) continue;
    std::map<std::pair<Index, double>, Index> by_number;
    std::map<std::pair<Index, std::string>, Index> by_word;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (column.is_number()) {
        const auto next = static_cast<Index>(by_number.size());
        groups[i] = by_number.try_emplace({groups[i], column.numbers[i]}, next).first->second;
      } else {
        const auto next = static_cast<Index>(by_word.size());
        groups[i] = by_word.try_emplace({groups[i], column.words[i]}, next).first->second;
      }
    }
  }
  part_by_order_of_events(Timetable(timings, *this), groups);
  return groups;
}

}  // namespace poultice::core
