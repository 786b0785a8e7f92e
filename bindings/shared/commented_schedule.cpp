#include "bindings/shared/commented_schedule.hpp"

#include <fmt/format.h>

#include "bindings/shared/commented_value.hpp"
#include "bindings/shared/parameter_words.hpp"
#include "core/base/text.hpp"
#include "core/scenario/value_reader.hpp"

namespace poultice::bindings {
namespace {

/// What the entry does, and the table it does it to; null where no key of it is an action.
const core::ActionSpec* action_of(const core::Node& entry, const core::Scenario& scenario) {
  for (const auto& candidate : entry.entries)
    if (const auto* instance = scenario.find_instance(candidate.value.text))
      if (const auto* action = instance->model->action(candidate.key)) return action;
  return nullptr;
}

std::string option_left_out(const core::ParameterSpec& spec, SourceList& sources) {
  const auto meaning = meaning_of(spec);
  if (spec.preset.empty()) return comment(fmt::format("{}, not given: {}", spec.key, meaning), "  ");
  return comment(meaning) + fmt::format("#{} = {}  # default{}\n", spec.key, in_toml(spec, spec.preset),
                                        sources.mark(spec.source));
}

std::string commented_entry(const core::Node& entry, const core::ActionSpec& action, SourceList& sources) {
  auto text = '\n' + comment(action.meaning) + "[[schedule]]\n";
  for (const auto& [key, place, value] : entry.entries) {
    const auto* option = action.options.find(key);
    if (option != nullptr) text += comment(option->meaning);
    text += fmt::format("{} = {}\n", key, value.written);
  }
  for (const auto& spec : action.options.specs())
    if (entry.find(spec.key) == nullptr) text += option_left_out(spec, sources);
  return text;
}

std::string other_actions(const core::Scenario& scenario) {
  std::vector<std::string> actions;
  for (const auto& instance : scenario.instances())
    for (const auto& action : instance.model->actions)
      actions.push_back(fmt::format("{} = \"{}\"", action.verb, instance.name));
  return '\n' + comment(fmt::format("All that can be done here: {}.", core::joined(actions)), "  ");
}

}  // namespace

std::string commented_schedule(const core::Scenario& scenario, const core::Node& root, SourceList& sources) {
  const auto* schedule = root.find("schedule");
  if (schedule == nullptr) return "";
  auto text = '\n' + comment("What happens when: each [[schedule]] does one thing to one table.");
  for (const auto& spec : core::engine_table("schedule").specs())
    text += comment(fmt::format("{}: {} ({})", spec.key, spec.meaning, core::accepted(spec)), "  ");
  for (const auto& entry : schedule->items)
    if (const auto* action = action_of(entry, scenario)) text += commented_entry(entry, *action, sources);
  return text + other_actions(scenario);
}

}  // namespace poultice::bindings
