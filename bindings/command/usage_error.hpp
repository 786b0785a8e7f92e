#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace poultice::bindings {

/// What is wrong with a command line, the nearest right word, and where to read on.
[[nodiscard]] std::string usage_error(const CLI::App& program, const CLI::ParseError& error);

}  // namespace poultice::bindings
