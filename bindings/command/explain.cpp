#include "bindings/shared/explain.hpp"

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"
#include "core/base/text.hpp"

namespace poultice::bindings {
namespace {

struct Options {
  std::vector<std::string> words;
  bool json = false;
};

int explain(const Options& options) {
  const auto topic = core::joined(options.words, " ");
  if (options.json)
    fmt::print("{}\n", topic.empty() ? topics_in_json() : explain_in_json(topic));
  else
    fmt::print("{}", topic.empty() ? topics_in_words() : explain_in_words(topic));
  return done;
}

}  // namespace

void add_explain(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand("explain", "Explains a parameter, an error or an exit code");
  const auto options = std::make_shared<Options>();
  subcommand
      ->add_option("topic", options->words,
                   "a parameter (patch.area), an error (IntegrationError), an exit code (75) or a cause (too "
                   "many steps); without one, all topics are listed")
      ->type_name("TOPIC");
  subcommand->add_flag("--json", options->json, "print one JSON object");
  subcommand->callback([options, &action] { action = [options] { return explain(*options); }; });
}

}  // namespace poultice::bindings
