#include <memory>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/shared/json.hpp"
#include "bindings/shared/named_sets.hpp"
#include "bindings/shared/shown.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {
namespace {

std::string models_in_words() {
  std::vector<std::vector<std::string>> rows;
  for (const auto* model : models::catalogue().models()) rows.push_back({model->name, model->meaning});
  return fmt::format("models, each a [table] of a scenario\n{}", in_columns(rows));
}

std::string sets_in_words(const SetFolder& folder) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& set : sets_in(folder.name)) rows.push_back({set.name, set.title()});
  return fmt::format("\n{}, taken over by {} = \"NAME\"\n{}", folder.name, folder.taken_over_by,
                     in_columns(rows));
}

std::string in_json() {
  std::vector<std::string> models;
  for (const auto* model : models::catalogue().models())
    models.push_back(JsonObject().add("name", model->name).add("meaning", model->meaning).text());
  JsonObject folders;
  for (const auto& folder : set_folders()) {
    std::vector<std::string> sets;
    for (const auto& set : sets_in(folder.name))
      sets.push_back(JsonObject().add("name", set.name).add("title", set.title()).text());
    folders.add_json(folder.name, json_array(sets));
  }
  return JsonObject().add_json("models", json_array(models)).add_json("sets", folders.text()).text();
}

int print_models(bool as_json) {
  if (as_json) {
    fmt::print("{}\n", in_json());
    return done;
  }
  fmt::print("{}", models_in_words());
  for (const auto& folder : set_folders()) fmt::print("{}", sets_in_words(folder));
  fmt::print("\nnext: poultice describe NAME\n");
  return done;
}

}  // namespace

void add_models(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand("models", "Lists the models, therapies and sets there are");
  const auto as_json = std::make_shared<bool>(false);
  subcommand->add_flag("--json", *as_json, "print one JSON object");
  subcommand->callback([as_json, &action] { action = [as_json] { return print_models(*as_json); }; });
}

}  // namespace poultice::bindings
