#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"

namespace poultice::bindings {
namespace {

namespace fs = std::filesystem;

constexpr const char* drawing_program = "poultice-plot";

/// Becomes the drawing program: first the one beside this program, then the one on PATH. Comes back only
/// where there is none.
int become_drawing_program(const std::vector<std::string>& arguments) {
  std::error_code error;
  const auto beside = fs::read_symlink("/proc/self/exe", error).parent_path() / drawing_program;
  std::vector<const char*> argv{drawing_program};
  for (const auto& argument : arguments) argv.push_back(argument.c_str());
  argv.push_back(nullptr);
  auto* const* raw = const_cast<char* const*>(argv.data());  // exec promises not to write to them
  ::execv(beside.c_str(), raw);
  ::execvp(drawing_program, raw);
  if (errno == ENOENT || errno == EACCES)
    fmt::print(
        stderr,
        "poultice: drawing needs the Python package, and {} is neither beside this program nor on PATH\n"
        "   to do:    pip install poultice\n",
        drawing_program);
  else
    fmt::print(stderr, "poultice: {} cannot be started: {}\n", drawing_program, std::strerror(errno));
  return bad_input;
}

}  // namespace

void add_plot(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand("plot", "Draws a result file (plot --help tells more)");
  subcommand->set_help_flag();  // the drawing program has its own
  subcommand->prefix_command();
  subcommand->callback([subcommand, &action] {
    action = [subcommand] { return become_drawing_program(subcommand->remaining()); };
  });
}

}  // namespace poultice::bindings
