#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/catalogue.hpp"
#include "core/scenario/document.hpp"
#include "core/scenario/entry_timing.hpp"
#include "core/scenario/instance_names.hpp"
#include "core/scenario/problem_list.hpp"
#include "core/scenario/value_reader.hpp"

namespace poultice::core {

/// Reads `[[schedule]]`: when which table has what done to it.
class ScheduleReader {
 public:
  /// `duration` bounds the events; without one (it was wrong) nothing does. Keeps references.
  ScheduleReader(const Catalogue& catalogue, const InstanceNames& instances, const Tier& tier,
                 std::optional<ParameterValue> duration, ProblemList& problems);

  /// All events with repeats written out, by time and at equal times in the order of the file.
  [[nodiscard]] std::vector<Event> read(const Node& schedule);
  /// When each entry happens, in the order of the file; NaN where that was wrong.
  [[nodiscard]] std::vector<EntryTiming> take_timings() { return std::move(timings_); }

 private:
  struct Entry;

  void read_entry(const Node& node, const std::string& path);
  [[nodiscard]] const ActionSpec* read_action(const Entry& entry, Event& event);
  [[nodiscard]] const ActionSpec* refuse_without_verb(const Entry& entry);
  [[nodiscard]] std::vector<ParameterValue> read_options(const Entry& entry, const ActionSpec& action);

  [[nodiscard]] std::vector<double> read_times(const Entry& entry);
  [[nodiscard]] std::optional<double> read_timing(const Entry& entry, std::string_view key);
  [[nodiscard]] bool has_consistent_repeat(const Entry& entry);
  [[nodiscard]] bool is_before_the_end(const Entry& entry, std::string_view key, double time);

  void refuse(const Place& place, const std::string& key, std::string what, std::string given,
              std::string expected, std::string hint = "");
  [[nodiscard]] std::vector<std::string> present_verbs() const;

  const Catalogue& catalogue_;
  const InstanceNames& instances_;
  const Tier& tier_;
  std::optional<ParameterValue> duration_;
  ProblemList& problems_;
  std::vector<Event> events_;
  std::vector<EntryTiming> timings_;
};

/// Reports an instance-valued parameter that names no table, or one of another model.
void check_reference(const ParameterValue& value, const Place& place, const InstanceNames& instances,
                     ProblemList& problems);

}  // namespace poultice::core
