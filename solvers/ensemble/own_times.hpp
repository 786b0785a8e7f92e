#pragma once

#include <vector>

#include "core/study/study.hpp"
#include "core/study/timetable.hpp"

namespace poultice::solvers {

/// Throws ScenarioError for the first member whose events lie past the end, or are too many.
void check_times(const core::Study& study, const core::Design& design, const core::Timetable& timetable);

/// Throws ScenarioError where a model refuses events that happen at one time in some members and one after
/// the other in other members of the same group. Reads a scenario for each such pattern; no more, however
/// many members there are. `groups` [member] as Design::scenario_groups gives them.
void check_coincidences(const core::Study& study, const core::Design& design,
                        const core::Timetable& timetable, const std::vector<core::Index>& groups);

/// Parts the members of one group: those that share all their times with others, `width` at least in all,
/// make a part of their own, in the order of their first members; the rest, if any, is the last part.
[[nodiscard]] std::vector<std::vector<core::Index>> parted_by_times(const core::Timetable& timetable,
                                                                    const std::vector<core::Index>& members,
                                                                    core::Index width);

/// The logarithms of the times from event to event of some members of one group, each a list [member];
/// those that are the same for all are left out.
[[nodiscard]] std::vector<std::vector<double>> log_stretches(const core::Timetable& timetable,
                                                             const std::vector<core::Index>& members,
                                                             double duration);

}  // namespace poultice::solvers
