#include "core/study/varied_paths.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace poultice::core {
namespace {

/// Why a parameter is the same for all members; "" where it is not.
std::string why_fixed(std::string_view path) {
  if (path.starts_with("output."))
    return "all members are sampled at the same times: say every and profiles_every in [sweep]";
  if (path == "title" || path == "format") return "it decides nothing of what is computed";
  return "";
}

/// Of the engine's tables a member has its own, or shares its block's.
bool is_of_the_engine(std::string_view path) {
  constexpr std::array<std::string_view, 3> tables{"output.", "solver.", "schedule."};
  return path.find('.') == std::string_view::npos ||
         std::any_of(tables.begin(), tables.end(), [&](auto table) { return path.starts_with(table); });
}

/// The action of an entry of the schedule and the table it acts on; nulls when there is none.
struct EntryAction {
  const Instance* instance = nullptr;
  const ActionSpec* action = nullptr;
};

EntryAction action_of(const Node& entry, const Scenario& scenario) {
  for (const auto& [key, place, value] : entry.entries) {
    const auto* instance = scenario.find_instance(value.text);
    if (instance == nullptr) continue;
    if (const auto* action = instance->model->action(key); action != nullptr) return {instance, action};
  }
  return {};
}

}  // namespace

std::string VariedParameter::unit() const {
  if (spec.type == ParameterType::quantity) return spec.unit;
  return spec.type == ParameterType::count ? "1" : "";
}

VariedPaths::VariedPaths(const Scenario& scenario, const Node& root) : scenario_(scenario) {
  if (const auto* schedule = root.find("schedule")) entries_ = schedule->items;
}

std::optional<VariedParameter> VariedPaths::find(std::string_view path) const {
  VariedParameter parameter;
  parameter.path = path;
  if (path.starts_with("schedule.")) {
    auto spec = of_schedule(path);
    if (!spec) return std::nullopt;
    parameter.spec = std::move(*spec);
  } else {
    const auto& values = scenario_.values();
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.path == path; });
    if (found == values.end()) return std::nullopt;
    parameter.spec = *found->spec;
  }
  const auto& spec = parameter.spec;
  parameter.needs_own_scenario =
      spec.shapes_system || spec.type != ParameterType::quantity || is_of_the_engine(path);
  return parameter;
}

std::optional<VariedParameter> VariedPaths::resolve(std::string_view path, const Place& place,
                                                    const std::string& key, ProblemList& problems) const {
  auto found = find(path);
  const auto reason = found ? why_fixed(path) : "";
  if (found && reason.empty()) return found;
  auto problem = place.problem(key, found ? "this cannot vary" : "there is no such parameter");
  problem.given = path;
  problem.expected = "the path of a parameter, such as duration";
  problem.hint = reason;
  if (const auto best = nearest(path, all()); !found && !best.empty())
    problem.hint = fmt::format("did you mean {}?", best);
  problems.add(std::move(problem));
  return std::nullopt;
}

/// "schedule.1.at": a time, the table that is acted on, or an option of the action.
std::optional<ParameterSpec> VariedPaths::of_schedule(std::string_view path) const {
  const auto rest = path.substr(path.find('.') + 1);
  const auto dot = rest.find('.');
  std::size_t i = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + std::min(dot, rest.size()), i);
  if (dot == std::string_view::npos || error != std::errc{} || end != rest.data() + dot ||
      i >= entries_.size())
    return std::nullopt;
  const auto key = rest.substr(dot + 1);
  if (const auto* spec = engine_table("schedule").find(key)) return *spec;
  const auto [instance, action] = action_of(entries_[i], scenario_);
  if (action == nullptr) return std::nullopt;
  if (key == action->verb) return instance_of(std::string(key), instance->model->name);
  const auto* option = action->options.find(key);
  return option == nullptr ? std::nullopt : std::optional(*option);
}

std::vector<std::string> VariedPaths::all() const {
  std::vector<std::string> paths;
  for (const auto& value : scenario_.values()) paths.push_back(value.path);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto add = [&](std::string_view key) { paths.push_back(fmt::format("schedule.{}.{}", i, key)); };
    for (const auto& entry : entries_[i].entries) add(entry.key);
    if (const auto* action = action_of(entries_[i], scenario_).action)
      for (const auto& key : action->options.keys()) add(key);
  }
  std::erase_if(paths, [](const auto& path) { return !why_fixed(path).empty(); });
  return paths;
}

}  // namespace poultice::core
