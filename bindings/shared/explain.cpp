#include "bindings/shared/explain.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "bindings/shared/help_pages.hpp"
#include "bindings/shared/json.hpp"
#include "bindings/shared/known_parameters.hpp"
#include "bindings/shared/named_sets.hpp"
#include "bindings/shared/parameter_page.hpp"
#include "bindings/shared/shown.hpp"
#include "bindings/shared/wrapped.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {
namespace {

constexpr std::size_t most_pages = 3;  // more than this are listed, one line each

/// An action of a model: what `dose = "plasma"` does.
struct KnownAction {
  const core::ModelDescription* model;
  const core::ActionSpec* action;
};

/// The actions called "dose" or "plasma.dose".
std::vector<KnownAction> find_actions(std::string_view topic) {
  std::vector<KnownAction> found;
  for (const auto* model : models::catalogue().models())
    for (const auto& action : model->actions)
      if (topic == action.verb || topic == model->name + "." + action.verb) found.push_back({model, &action});
  return found;
}

/// "describe fentanyl" where `topic` names a model or a set, which have pages of their own.
std::string described_elsewhere(std::string_view topic) {
  if (models::catalogue().find(topic) != nullptr) return std::string(topic);
  for (const auto& folder : set_folders())
    for (const auto& set : sets_in(folder.name))
      if (set.name == topic || set.path() == topic) return set.path();
  return "";
}

[[noreturn]] void refuse_unknown(std::string_view topic) {
  std::vector<std::string> names = models::catalogue().names();
  for (const auto& known : known_parameters()) {
    names.push_back(known.path());
    names.push_back(known.spec->key);
  }
  for (const auto& page : help_pages()) {
    names.push_back(page.name);
    names.insert(names.end(), page.topics.begin(), page.topics.end());
  }
  const auto best = core::nearest(topic, names);
  throw core::ParameterError(
      std::string(topic), "there is no topic of this name\n   see:      poultice explain, which lists them",
      best.empty() ? "" : fmt::format("did you mean {}?", best));
}

std::string list_in_words(const std::vector<KnownParameter>& found) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(found.size());
  for (const auto& known : found) rows.push_back({known.path(), known.spec->meaning});
  return fmt::format("{} parameters\n{}\nnext: poultice explain {}\n", found.size(), in_columns(rows),
                     found.front().path());
}

std::string action_in_words(const KnownAction& known) {
  auto text = fmt::format("{} = \"{}\", in a [[schedule]] entry\n\n", known.action->verb, known.model->name);
  text += wrapped(known.action->meaning, 2);
  for (const auto& spec : known.action->options.specs())
    text += wrapped(fmt::format("with {}: {}", spec.key, spec.meaning), 4);
  return text + fmt::format("\nnext: poultice describe {}\n", known.model->name);
}

/// The engine's tables, which are neither models nor pages.
bool is_engine_table(std::string_view topic) {
  return topic == "output" || topic == "solver" || topic == "schedule" || topic == "sweep";
}

std::vector<KnownParameter> parameters_of_table(std::string_view table) {
  std::vector<KnownParameter> found;
  std::ranges::copy_if(known_parameters(), std::back_inserter(found),
                       [&](const auto& known) { return known.table == table && known.model == nullptr; });
  return found;
}

template <class Thing>
std::string join_pages(const std::vector<Thing>& things, std::string (*page)(const Thing&)) {
  std::string text;
  for (const auto& thing : things) text += (text.empty() ? "" : "\n") + page(thing);
  return text;
}

}  // namespace

std::string explain_in_words(std::string_view topic) {
  if (const auto* page = find_help(topic)) return fmt::format("{}\n\n{}", page->title, page->text);
  if (is_engine_table(topic)) return list_in_words(parameters_of_table(topic));
  const auto actions = find_actions(topic);
  const auto parameters = find_parameters(topic);
  const bool is_list = parameters.size() > most_pages;
  auto text = join_pages(actions, action_in_words);
  if (!actions.empty() && !parameters.empty()) text += '\n';
  text += is_list ? list_in_words(parameters) : join_pages(parameters, parameter_in_words);
  if (!text.empty()) return text;
  if (const auto name = described_elsewhere(topic); !name.empty())
    return fmt::format("{} has a page of its own\n\nnext: poultice describe {}\n", topic, name);
  refuse_unknown(topic);
}

std::string explain_in_json(std::string_view topic) {
  if (const auto* page = find_help(topic))
    return JsonObject()
        .add("kind", "status")
        .add("name", page->name)
        .add("title", page->title)
        .add("text", page->text)
        .text();
  const auto found = is_engine_table(topic) ? parameters_of_table(topic) : find_parameters(topic);
  std::vector<std::string> entries;
  entries.reserve(found.size());
  for (const auto& known : found) entries.push_back(parameter_in_json(known));
  for (const auto& known : find_actions(topic))
    entries.push_back(JsonObject()
                          .add("kind", "action")
                          .add("verb", known.action->verb)
                          .add("model", known.model->name)
                          .add("meaning", known.action->meaning)
                          .text());
  if (entries.empty())
    if (const auto name = described_elsewhere(topic); !name.empty())
      return JsonObject().add("kind", "described").add("name", name).text();
  if (entries.empty()) refuse_unknown(topic);
  return JsonObject()
      .add("kind", "matches")
      .add("topic", topic)
      .add_json("matches", json_array(entries))
      .text();
}

std::string topics_in_words() {
  std::vector<std::vector<std::string>> rows;
  for (const auto& page : help_pages()) rows.push_back({page.topic(), page.title});
  auto text = fmt::format("errors, exit codes and causes\n{}", in_columns(rows));
  std::vector<std::string> tables{"solver", "output", "schedule", "sweep"};
  for (const auto* model : models::catalogue().models()) tables.push_back(model->name);
  text += "\nparameters: any path or key, such as patch.area, duration, plasma.dose.amount\n";
  text += wrapped(fmt::format("tables: {}", core::joined(tables)), 4);
  return text + "\nnext: poultice explain TOPIC\n";
}

std::string topics_in_json() {
  std::vector<std::string> pages, parameters;
  for (const auto& page : help_pages())
    pages.push_back(JsonObject()
                        .add("name", page.name)
                        .add("title", page.title)
                        .add_json("topics", json_texts(page.topics))
                        .text());
  for (const auto& known : known_parameters()) parameters.push_back(known.path());
  return JsonObject()
      .add_json("pages", json_array(pages))
      .add_json("parameters", json_texts(parameters))
      .text();
}

std::string explain_error(std::string_view error_class, std::string_view message) {
  const auto* page = help_of_error(error_class, message);
  return page == nullptr ? "" : fmt::format("poultice explain {}", page->topic());
}

}  // namespace poultice::bindings
