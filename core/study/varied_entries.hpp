#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/value_reader.hpp"
#include "core/study/design.hpp"
#include "core/study/varied_paths.hpp"

namespace poultice::core {

/// One key below [sweep.axes] or [sweep.distributions], and the parameter that it names.
struct VariedEntry {
  std::string key;  ///< for messages, as TOML has it: sweep.axes."patch.area"
  VariedParameter parameter;
  const Node* value = nullptr;
  Place place;
};

/// The entries of a table whose keys are paths, `"patch.area" = …` or `patch.area = …`, in the order of the
/// file. `name` is the table's own, "sweep.axes". Paths that nothing in the scenario has are reported.
[[nodiscard]] std::vector<VariedEntry> varied_entries(const Node& table, const std::string& name,
                                                      const VariedPaths& paths, ProblemList& problems);

/// A column for a parameter without any values yet.
[[nodiscard]] DesignColumn column_for(const VariedParameter& parameter);

/// Appends the value of a parameter to its column; does nothing, with a problem, when it is wrong.
void append_value(const VariedParameter& parameter, const std::string& key, const Node& value,
                  const Tier& tier, DesignColumn& column, ProblemList& problems);

/// The values of a list; a value that stands twice is reported, and so is an empty list.
[[nodiscard]] DesignColumn read_list(const VariedEntry& entry, const Node& list, const Tier& tier,
                                     ProblemList& problems);

/// Adds a problem.
void refuse(ProblemList& problems, const Place& place, const std::string& key, std::string what,
            std::string given = "", std::string expected = "", std::string hint = "");

}  // namespace poultice::core
