#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/scenario/scenario.hpp"

namespace poultice::core::testing {

/// One wrong input and what its reader must be told. Texts are parts of what the problem says; an empty one
/// is not looked at. Each case has exactly one thing wrong, so that one problem is all there may be.
struct BadInput {
  std::string name;  ///< of the case, in letters and digits
  std::string text;  ///< of the scenario
  int line = 0, column = 0;
  std::string key{}, what{}, given{}, expected{}, hint{};
  std::vector<Override> overrides{};
  std::string file = "case.toml";  ///< that the problem names
};

/// How GoogleTest prints a case that failed.
inline void PrintTo(const BadInput& bad, std::ostream* stream) { *stream << bad.name << ":\n" << bad.text; }

/// Bytes that are no TOML, or no text at all.
[[nodiscard]] std::vector<BadInput> bad_syntax();
/// Values of the wrong dimension, type or range.
[[nodiscard]] std::vector<BadInput> bad_values();
/// Keys, tables, lists, models and therapies.
[[nodiscard]] std::vector<BadInput> bad_tables();
/// Sets, and values given on the command line.
[[nodiscard]] std::vector<BadInput> bad_sets_and_overrides();
/// Entries of the schedule.
[[nodiscard]] std::vector<BadInput> bad_schedules();

}  // namespace poultice::core::testing
