#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace poultice::core {

/// A data file that travels inside the library.
struct EmbeddedFile {
  std::string_view path;  ///< "drugs/fentanyl.toml"
  std::string_view text;
};

/// A data file as found: its text and the name to show in errors and provenance.
struct DataFile {
  std::string name;
  std::string text;
};

/// Finds named sets (drugs, skin sites, patches, therapies). Looks, in this order, in the folders of the
/// environment variable POULTICE_DATA (separated by ':'), then among the embedded files. A name that ends in
/// ".toml" is a path, relative to the scenario's folder.
class DataLibrary {
 public:
  DataLibrary() = default;
  explicit DataLibrary(std::span<const EmbeddedFile> embedded);

  [[nodiscard]] std::optional<DataFile> find(std::string_view folder, std::string_view name,
                                             const std::filesystem::path& scenario_folder) const;
  /// The names in a folder, sorted: for suggestions and `poultice models`.
  [[nodiscard]] std::vector<std::string> names(std::string_view folder) const;

 private:
  std::vector<std::filesystem::path> folders_;
  std::span<const EmbeddedFile> embedded_;
};

}  // namespace poultice::core
