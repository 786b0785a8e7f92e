#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.hpp"
#include "core/system/lane_array.hpp"

namespace poultice::core {

/// One varied parameter over all members. Either `numbers` or `words` is filled.
struct DesignColumn {
  std::string path;                  ///< "patch.area", "schedule.1.at"
  std::string unit;                  ///< the field's customary unit; "1" of a count, "" of words
  std::vector<double> numbers{};     ///< of a quantity or a count, SI
  std::vector<std::string> words{};  ///< of a choice, flag, set, text or instance, without quotes
  /// Members with different values need scenarios of their own; otherwise they may be lanes of one block.
  bool needs_own_scenario = false;

  [[nodiscard]] bool is_number() const noexcept { return words.empty(); }
  [[nodiscard]] Index size() const noexcept {
    return static_cast<Index>(is_number() ? numbers.size() : words.size());
  }
  /// What would stand behind `--set path=` for one member; a number reads back as the very same.
  [[nodiscard]] Override as_override(Index member) const;
};

/// Where a member stands in the design: its replicate, its sample. Both counted from 0.
struct DesignIndex {
  std::string name;  ///< "replicate", "sample" (a draw), "row" (of a table)
  std::string meaning;
  std::vector<std::int32_t> values{};
};

/// The members of a study: what varies and the values that each has. Members are numbered from 0: the
/// replicate varies slowest, then the axes (the first slowest), then the sample or row of the table.
struct Design {
  Index n_members = 0;
  std::vector<DesignColumn> columns{};  ///< axes, then distributions or columns of the table
  std::vector<DesignIndex> indices{};   ///< those that say more than one number

  [[nodiscard]] const DesignColumn* find(std::string_view path) const;
  /// Everything that makes one member, in the order of the columns.
  [[nodiscard]] std::vector<Override> overrides_of(Index member) const;
  /// Which scenario each member needs: members of one number differ only in what lanes of a block may differ
  /// in, and in the times of events that come in the same order. Numbered from 0 in the order of their first
  /// members. `timings` are those of the study's scenario; every member's events must be possible.
  [[nodiscard]] std::vector<Index> scenario_groups(const std::vector<EntryTiming>& timings) const;
};

}  // namespace poultice::core
