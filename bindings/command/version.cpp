#include "core/base/version.hpp"

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/shared/shown.hpp"
#include "core/base/text.hpp"
#include "core/system/lane_instructions.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::bindings {

void add_version(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand("version", "Prints the version and how this program was built");
  subcommand->callback([&action] {
    action = [] {
      fmt::print("poultice {}\n", core::version());
      std::vector<std::vector<std::string>> rows{{"commit", std::string(core::git_hash())}};
      for (const auto& part : core::split(core::build_description(), ','))
        rows.push_back({rows.size() == 1 ? "built with" : "", part.substr(part.find_first_not_of(' '))});
      rows.push_back({"lane loops", std::string(core::lane_instructions())});
      rows.push_back({"result format", fmt::format("{}.{}", solvers::format_major, solvers::format_minor)});
      fmt::print("{}", in_columns(rows));
      return done;
    };
  });
}

}  // namespace poultice::bindings
