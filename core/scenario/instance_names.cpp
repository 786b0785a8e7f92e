#include "core/scenario/instance_names.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace poultice::core {

bool InstanceNames::has(std::string_view name) const {
  return std::any_of(tables_.begin(), tables_.end(), [&](const auto& table) { return table.first == name; });
}

bool InstanceNames::has_wrong_table() const {
  return std::any_of(tables_.begin(), tables_.end(),
                     [](const auto& table) { return table.second == nullptr; });
}

const ModelDescription* InstanceNames::resolve(std::string_view name, const std::vector<std::string>& allowed,
                                               const Place& place, const std::string& key,
                                               ProblemList& problems) const {
  const auto table = std::find_if(tables_.begin(), tables_.end(),
                                  [&](const auto& candidate) { return candidate.first == name; });
  const bool exists = table != tables_.end();
  if (exists && table->second == nullptr) return nullptr;
  if (exists && std::find(allowed.begin(), allowed.end(), name) != allowed.end()) return table->second;
  auto problem = place.problem(
      key, exists ? fmt::format("the table [{}] is of model {}, which will not do", name, table->second->name)
                  : std::string("there is no table of this name"));
  problem.given = fmt::format("\"{}\"", name);
  problem.expected = allowed.empty() ? "a table that the scenario does not have" : joined(allowed);
  if (const auto best = nearest(name, allowed); !best.empty())
    problem.hint = fmt::format("did you mean \"{}\"?", best);
  problems.add(std::move(problem));
  return nullptr;
}

}  // namespace poultice::core
