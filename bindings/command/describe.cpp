#include <memory>
#include <utility>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/model_page.hpp"
#include "bindings/command/set_page.hpp"
#include "bindings/command/subcommands.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {
namespace {

struct Options {
  std::string name;
  bool json = false;
};

std::vector<NamedSet> all_sets() {
  std::vector<NamedSet> all;
  for (const auto& folder : set_folders())
    for (auto& set : sets_in(folder.name)) all.push_back(std::move(set));
  return all;
}

[[noreturn]] void refuse_unknown(const std::string& name, const std::vector<NamedSet>& sets) {
  auto names = models::catalogue().names();
  for (const auto& set : sets) names.insert(names.end(), {set.name, set.path()});
  const auto best = core::nearest(name, names);
  throw core::ParameterError(name, "there is no model or set of this name",
                             best.empty() ? "see: poultice models" : fmt::format("did you mean {}?", best));
}

int describe(const Options& options) {
  if (const auto* model = models::catalogue().find(options.name)) {
    fmt::print("{}", options.json ? model_in_json(*model) + '\n' : model_in_words(*model));
    return done;
  }
  const auto sets = all_sets();
  for (const auto& set : sets) {
    if (set.name != options.name && set.path() != options.name) continue;
    fmt::print("{}", options.json ? set_in_json(set) + '\n' : set_in_words(set));
    return done;
  }
  refuse_unknown(options.name, sets);
}

}  // namespace

void add_describe(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand("describe", "Explains a model, or a set with its sources");
  const auto options = std::make_shared<Options>();
  subcommand
      ->add_option("name", options->name, "a model (skin), a set (fentanyl) or its path (drugs/fentanyl)")
      ->required()
      ->type_name("NAME");
  subcommand->add_flag("--json", options->json, "print one JSON object");
  subcommand->callback([options, &action] { action = [options] { return describe(*options); }; });
}

}  // namespace poultice::bindings
