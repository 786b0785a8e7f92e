#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace poultice::core {

/// As large as the description of anything is allowed to be, in bytes.
inline constexpr std::uintmax_t largest_description = 16u << 20;

/// The bytes of a file. Throws FileError when it is missing, a folder, unreadable or larger than `largest`
/// bytes, naming the nearest file of the same extension.
[[nodiscard]] std::string read_text_file(const std::filesystem::path& file,
                                         std::uintmax_t largest = largest_description);

/// "did you mean slow.toml?" or "files there: a.toml, b.toml": what else of its extension the folder of
/// `file` holds; "" if nothing.
[[nodiscard]] std::string neighbours_of(const std::filesystem::path& file);

}  // namespace poultice::core
