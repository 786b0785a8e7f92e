#include <memory>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/command/text_output.hpp"
#include "bindings/shared/scenario_schema.hpp"

namespace poultice::bindings {

void add_schema(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand(
      "schema", "Writes the JSON Schema of scenarios, with which editors complete keys");
  const auto output = std::make_shared<TextOutput>();
  output->file = "-";
  subcommand->add_option("-o,--output", output->file, "the file to write (default: the standard output)")
      ->type_name("FILE");
  output->add_force_to(*subcommand);
  subcommand->footer(
      "An editor with TOML support uses it where the first line of a scenario is\n"
      "    #:schema ./poultice.schema.json");
  subcommand->callback([output, &action] {
    action = [output] {
      output->write(scenario_schema());
      if (!output->is_stdout()) fmt::print("{} written\n", output->file);
      return done;
    };
  });
}

}  // namespace poultice::bindings
