#pragma once

#include <filesystem>
#include <string>

namespace poultice::core {

/// The bytes of a file. Throws FileError when it is missing, a folder, unreadable or too large to be a
/// description of anything (16 MiB), naming the nearest file of the same extension.
[[nodiscard]] std::string read_text_file(const std::filesystem::path& file);

/// "did you mean slow.toml?" or "toml files there: a.toml, b.toml": what else the folder of `file` holds; ""
/// if nothing.
[[nodiscard]] std::string neighbours_of(const std::filesystem::path& file);

}  // namespace poultice::core
