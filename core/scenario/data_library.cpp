#include "core/scenario/data_library.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/scenario/text_file.hpp"

namespace poultice::core {
namespace {

constexpr std::string_view extension = ".toml";

bool is_path(std::string_view name) { return name.ends_with(extension); }

}  // namespace

DataLibrary::DataLibrary(std::span<const EmbeddedFile> embedded) : embedded_(embedded) {
  const char* folders = std::getenv("POULTICE_DATA");
  if (folders == nullptr) return;
  for (const auto& folder : split(folders, ':'))
    if (!folder.empty()) folders_.emplace_back(folder);
}

std::optional<DataFile> DataLibrary::find(std::string_view folder, std::string_view name,
                                          const std::filesystem::path& scenario_folder) const {
  std::error_code error;
  if (is_path(name)) {
    const auto file = scenario_folder / name;
    if (!std::filesystem::exists(file, error)) return std::nullopt;
    return DataFile{file.string(), read_text_file(file)};
  }
  if (name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
  const auto inside = fmt::format("{}/{}{}", folder, name, extension);
  for (const auto& root : folders_)
    if (const auto file = root / inside; std::filesystem::exists(file, error))
      return DataFile{file.string(), read_text_file(file)};
  for (const auto& file : embedded_)
    if (file.path == inside) return DataFile{inside, std::string(file.text)};
  return std::nullopt;
}

std::vector<std::string> DataLibrary::names(std::string_view folder) const {
  std::set<std::string> names;
  for (const auto& root : folders_) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(root / folder, error))
      if (entry.path().extension() == extension) names.insert(entry.path().stem().string());
  }
  const auto prefix = fmt::format("{}/", folder);
  for (const auto& file : embedded_) {
    if (!file.path.starts_with(prefix) || !is_path(file.path)) continue;
    const auto name = file.path.substr(prefix.size(), file.path.size() - prefix.size() - extension.size());
    if (name.find('/') == std::string_view::npos) names.emplace(name);
  }
  return {names.begin(), names.end()};
}

}  // namespace poultice::core
