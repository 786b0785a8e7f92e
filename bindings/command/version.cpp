#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/shared/shown.hpp"
#include "core/base/version.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::bindings {

void add_version(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand("version", "Prints the version and how this program was built");
  subcommand->callback([&action] {
    action = [] {
      fmt::print("poultice {}\n", core::version());
      fmt::print("{}", in_columns({{"commit", std::string(core::git_hash())},
                                   {"build", std::string(core::build_description())},
                                   {"result format", fmt::format("{}.{}", solvers::format_major, solvers::format_minor)}},
                                  {}, ""));
      return done;
    };
  });
}

}  // namespace poultice::bindings
