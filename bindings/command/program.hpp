#pragma once

namespace poultice::bindings {

/// Reads the command line, does what it asks for, and says what went wrong on stderr. Gives the exit code.
[[nodiscard]] int run_program(int argc, const char* const* argv);

}  // namespace poultice::bindings
