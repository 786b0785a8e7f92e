#pragma once

#include <exception>
#include <string>
#include <vector>

namespace poultice::bindings {

/// What a user reads of an error, with the command that says more: for a wrong value that of its parameter,
/// once for each, for anything else that of its cause.
[[nodiscard]] std::string complaint(const std::exception& error);

/// What can be simulated but looks wrong, on standard error.
void print_warnings(const std::vector<std::string>& warnings);

}  // namespace poultice::bindings
