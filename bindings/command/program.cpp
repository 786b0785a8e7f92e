#include "bindings/command/program.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include <fmt/format.h>

#include "bindings/command/complaint.hpp"
#include "bindings/command/exit_code.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/command/usage_error.hpp"
#include "core/base/error.hpp"
#include "core/base/version.hpp"

namespace poultice::bindings {
namespace {

int complain(std::string_view what, int code) {
  std::fflush(stdout);
  fmt::print(stderr, "poultice: {}\n", what);
  return code;
}

/// Runs the action; every error becomes a message and an exit code.
int guarded(const Action& action) {
  try {
    const int code = action();
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      return complain(fmt::format("the output could not be written: {}", std::strerror(errno)), run_failed);
    return code;
  } catch (const core::Interrupted& error) {
    return complain(complaint(error), interrupted);
  } catch (const core::IntegrationError& error) {
    return complain(complaint(error), run_failed);
  } catch (const core::Error& error) {
    return complain(complaint(error), bad_input);
  } catch (const std::bad_alloc&) {
    return complain("there is not enough memory\n   see:      poultice explain memory", run_failed);
  } catch (const std::exception& error) {
    return complain(
        fmt::format(
            "a bug: {}\n   to do:    please report it with the scenario and the output of: poultice version",
            error.what()),
        a_bug);
  }
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  CLI::App program{"Simulates drug delivery through skin, from a scenario file to curves and profiles."};
  program.name("poultice");
  program.require_subcommand(1);
  program.set_version_flag("--version", core::software(), "print the version and exit");
  Action action;
  for (const auto add : {add_run, add_check, add_new, add_models, add_describe, add_explain, add_schema,
                         add_digest, add_sweep, add_plot, add_version})
    add(program, action);
  program.footer(
      "Start with: poultice new --template patch\n"
      "Help on one of them: poultice run --help");
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& call) {
    return program.exit(call);
  } catch (const CLI::ParseError& error) {
    return complain(usage_error(program, error), bad_input);
  }
  return guarded(action);
}

}  // namespace poultice::bindings
