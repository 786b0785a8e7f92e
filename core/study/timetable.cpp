#include "core/study/timetable.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>
#include <utility>

namespace poultice::core {
namespace {

struct Part {
  std::size_t entry;
  double EntryTiming::*what;
};

/// What "schedule.1.at" speaks of.
std::optional<Part> part_of(std::string_view path) {
  constexpr std::string_view table = "schedule.";
  constexpr std::array<std::pair<std::string_view, double EntryTiming::*>, 4> keys{{
      {"at", &EntryTiming::at},
      {"every", &EntryTiming::every},
      {"times", &EntryTiming::times},
      {"until", &EntryTiming::until},
  }};
  if (!path.starts_with(table)) return std::nullopt;
  path.remove_prefix(table.size());
  std::size_t entry = 0;
  const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), entry);
  if (error != std::errc{} || end == path.data() + path.size() || *end != '.') return std::nullopt;
  const auto key = path.substr(static_cast<std::size_t>(end - path.data()) + 1);
  for (const auto& [name, what] : keys)
    if (key == name) return Part{entry, what};
  return std::nullopt;
}

}  // namespace

bool is_timing(std::string_view path) { return part_of(path).has_value(); }

Timetable::Timetable(const std::vector<EntryTiming>& timings, const Design& design) : timings_(timings) {
  for (const auto& column : design.columns)
    if (const auto part = part_of(column.path); part && part->entry < timings_.size())
      varied_.push_back({part->entry, part->what, &column.numbers});
}

std::vector<EntryTiming> Timetable::timings_of(Index member) const {
  auto timings = timings_;
  for (const auto& [entry, what, numbers] : varied_)
    timings[entry].*what = (*numbers)[static_cast<std::size_t>(member)];
  return timings;
}

bool Timetable::is_possible(Index member, double duration) const {
  const double latest = duration * (1.0 + time_rounding);
  const auto timings = timings_of(member);
  return std::all_of(timings.begin(), timings.end(), [&](const EntryTiming& timing) {
    return timing.at >= 0.0 && timing.at <= latest && timing.last() <= latest && timing.n_events() >= 1.0 &&
           timing.n_events() <= most_repeats;
  });
}

void Timetable::find_events(Index member, std::vector<Occurrence>& events) const {
  const auto timings = timings_of(member);
  events.clear();
  for (std::size_t entry = 0; entry < timings.size(); ++entry) {
    const auto n = static_cast<std::int32_t>(timings[entry].n_events());
    for (std::int32_t number = 0; number < n; ++number)
      events.push_back({timings[entry].time(number), static_cast<std::int32_t>(entry), number});
  }
  const auto is_earlier = [](const Occurrence& a, const Occurrence& b) {
    return std::tie(a.time, a.entry, a.number) < std::tie(b.time, b.entry, b.number);
  };
  std::sort(events.begin(), events.end(), is_earlier);
}

}  // namespace poultice::core
