#include <memory>
#include <string>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/command/text_output.hpp"
#include "bindings/shared/shell_word.hpp"
#include "bindings/shared/shown.hpp"
#include "bindings/shared/templates.hpp"

namespace poultice::bindings {
namespace {

struct Options {
  std::string name;
  TextOutput output;
};

int list() {
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : templates()) rows.push_back({one.name, one.title});
  fmt::print(
      "templates, each a commented scenario that runs as it is\n{}\nnext: poultice new --template {}\n",
      in_columns(rows), templates().front().name);
  return done;
}

int write_new(Options options) {
  if (options.name.empty()) return list();
  const auto& one = find_template(options.name);
  if (options.output.file.empty()) options.output.file = one.name + ".toml";
  const auto file = options.output.is_stdout() ? one.name + ".toml" : options.output.file;
  options.output.write(commented_template(one, shell_word(file)));
  if (!options.output.is_stdout())
    fmt::print("{0} written: {1}\n\nnext: poultice run {2}\n      poultice explain duration\n", file,
               one.title, shell_word(file));
  return done;
}

}  // namespace

void add_new(CLI::App& program, Action& action) {
  auto* subcommand =
      program.add_subcommand("new", "Writes a commented scenario to start from; alone, lists the templates");
  const auto options = std::make_shared<Options>();
  subcommand->add_option("-t,--template", options->name, "what to start from; alone, new lists them")
      ->type_name("NAME");
  subcommand
      ->add_option("file", options->output.file,
                   "the file to write (default: the template's name with .toml, here); - prints it")
      ->type_name("FILE");
  options->output.add_force_to(*subcommand);
  subcommand->footer("Example: poultice new --template patch my_patch.toml");
  subcommand->callback([options, &action] {
    if (options->name.empty() && !options->output.file.empty()) throw CLI::RequiredError("--template");
    action = [options] { return write_new(*options); };
  });
}

}  // namespace poultice::bindings
