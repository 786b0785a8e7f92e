#include "bindings/command/usage_error.hpp"

#include <vector>

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace poultice::bindings {
namespace {

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    for (const auto& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::vector<std::string> subcommand_names(const CLI::App& program) {
  std::vector<std::string> names;
  for (const auto* subcommand : program.get_subcommands({})) names.push_back(subcommand->get_name());
  return names;
}

/// "S.toml is missing: the scenario, a TOML file", or "" where no argument is missing.
std::string missing_argument(const CLI::App& app) {
  for (const auto* option : app.get_options())
    if (option->get_positional() && option->get_required() && option->count() == 0)
      return fmt::format("{} is missing: {}", option->get_type_name(), option->get_description());
  return "";
}

std::string suggestion(const std::string& word, const std::vector<std::string>& candidates) {
  const auto best = core::nearest(word, candidates);
  return best.empty() ? "" : fmt::format("; did you mean {}?", best);
}

/// The innermost command that was chosen.
const CLI::App& chosen_of(const CLI::App& program) {
  const auto* app = &program;
  while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
  return *app;
}

/// "poultice sweep plan"
std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name()
                                     : fmt::format("{} {}", full_name(*app.get_parent()), app.get_name());
}

}  // namespace

std::string usage_error(const CLI::App& program, const CLI::ParseError& error) {
  const auto& app = chosen_of(program);
  const bool lacks_command = !app.get_subcommands({}).empty();
  std::string what = error.what();
  const auto left = program.remaining(true);
  if (!left.empty() && left.front().starts_with('-'))
    what = fmt::format("there is no option {}{}", left.front(),
                       suggestion(left.front().substr(0, left.front().find('=')), option_names(app)));
  else if (!left.empty() && lacks_command)
    what = fmt::format("there is no command \"{}\"{}", left.front(),
                       suggestion(left.front(), subcommand_names(app)));
  else if (!left.empty())
    what = fmt::format("\"{}\" is one argument too many", left.front());
  else if (lacks_command)
    what = fmt::format("a command is missing: {}", core::joined(subcommand_names(app)));
  else if (const auto missing = missing_argument(app); !missing.empty())
    what = missing;
  return fmt::format("{}\n   to do:    {} --help", what, full_name(app));
}

}  // namespace poultice::bindings
