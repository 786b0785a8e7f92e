#include <memory>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"
#include "solvers/record/result_digest.hpp"

namespace poultice::bindings {
namespace {

int print_digests(const std::vector<std::string>& files) {
  for (const auto& file : files) fmt::print("{}  {}\n", solvers::digest(file), file);
  return done;
}

}  // namespace

void add_digest(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand("digest", "Prints a hash of the numbers in result files");
  subcommand->footer("Equal digests mean equal numbers, whenever, wherever and how fast they were computed.");
  const auto files = std::make_shared<std::vector<std::string>>();
  subcommand->add_option("files", *files, "result files")->required()->type_name("R.h5");
  subcommand->callback([files, &action] { action = [files] { return print_digests(*files); }; });
}

}  // namespace poultice::bindings
