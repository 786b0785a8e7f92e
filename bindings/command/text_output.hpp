#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace poultice::bindings {

/// Where a subcommand writes a text: a file, or the standard output.
struct TextOutput {
  std::string file;  ///< "-" is the standard output
  bool force = false;

  void add_force_to(CLI::App& subcommand);
  [[nodiscard]] bool is_stdout() const { return file == "-"; }
  /// Writes the whole text or nothing. Throws FileError, also where the file exists and `force` is not said.
  void write(const std::string& text) const;
};

}  // namespace poultice::bindings
