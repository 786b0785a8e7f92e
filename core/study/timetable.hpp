#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/study/design.hpp"

namespace poultice::core {

/// Whether a path is that of a time of the schedule, such as "schedule.1.at" or "schedule.0.every".
[[nodiscard]] bool is_timing(std::string_view path);

/// One event of a member: which entry of the schedule it comes from, and which of that entry's events it is.
struct Occurrence {
  double time;  ///< [s]
  std::int32_t entry, number;
};

/// When the events of each member of a design happen, worked out from the numbers alone: a million members
/// need no scenario read for it. Keeps references to the design.
class Timetable {
 public:
  /// `timings` are those of the study's scenario, from which members differ in what the design varies.
  Timetable(const std::vector<EntryTiming>& timings, const Design& design);

  /// Whether members differ in a time.
  [[nodiscard]] bool varies() const noexcept { return !varied_.empty(); }
  /// Whether all events of a member lie between zero and `duration` [s], and are not too many. Where they do
  /// not, reading the member's scenario says what is wrong.
  [[nodiscard]] bool is_possible(Index member, double duration) const;
  /// The events of a member that is possible: by time, at equal times in the order of the file, as a scenario
  /// has them.
  void find_events(Index member, std::vector<Occurrence>& events) const;

 private:
  struct Varied {
    std::size_t entry;
    double EntryTiming::*what;
    const std::vector<double>* numbers;  ///< of the design's column
  };
  [[nodiscard]] std::vector<EntryTiming> timings_of(Index member) const;

  std::vector<EntryTiming> timings_;
  std::vector<Varied> varied_;
};

}  // namespace poultice::core
