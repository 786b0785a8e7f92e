#include "bindings/command/text_output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "solvers/record/atomic_file.hpp"

namespace poultice::bindings {

void TextOutput::add_force_to(CLI::App& subcommand) {
  subcommand.add_flag("-f,--force", force, "overwrite a file of that name");
}

void TextOutput::write(const std::string& text) const {
  if (is_stdout()) {
    fmt::print("{}", text);
    return;
  }
  solvers::AtomicFile target(file, force);
  std::ofstream stream(target.temporary(), std::ios::binary);
  stream << text;
  stream.close();
  if (!stream)
    throw core::FileError(file, fmt::format("cannot be written: {}", std::strerror(errno)),
                          "check permissions, free space and quota where the file is written");
  target.commit();
}

}  // namespace poultice::bindings
