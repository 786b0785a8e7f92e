#include "core/scenario/text_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace poultice::core {
namespace {

/// The files of one extension; an extension of "" stands for ".toml".
std::vector<std::string> names_in(const std::filesystem::path& folder, std::filesystem::path extension) {
  if (extension.empty()) extension = ".toml";
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder.empty() ? "." : folder, error))
    if (entry.path().extension() == extension) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string list_of(const std::filesystem::path& folder, const std::filesystem::path& extension) {
  const auto names = names_in(folder, extension);
  return names.empty() ? "" : fmt::format("files there: {}", joined(names));
}

}  // namespace

std::string neighbours_of(const std::filesystem::path& file) {
  const auto names = names_in(file.parent_path(), file.extension());
  const auto best = nearest(file.filename().string(), names);
  if (best.empty()) return list_of(file.parent_path(), file.extension());
  return fmt::format("did you mean {}?", (file.parent_path() / best).string());
}

std::string read_text_file(const std::filesystem::path& file, std::uintmax_t largest) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (status.type() == std::filesystem::file_type::not_found)
    throw FileError(file.string(), "there is no such file", neighbours_of(file));
  if (std::filesystem::is_directory(status))
    throw FileError(file.string(), "is a folder, not a file", list_of(file, ""));
  const auto size = std::filesystem::file_size(file, error);
  if (!error && size > largest)
    throw FileError(file.string(), fmt::format("is too large to be a description: {} MiB", size >> 20), "");
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw FileError(file.string(), fmt::format("cannot be read: {}", std::strerror(errno)), "");
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (stream.bad())
    throw FileError(file.string(), fmt::format("cannot be read: {}", std::strerror(errno)), "");
  return text;
}

}  // namespace poultice::core
