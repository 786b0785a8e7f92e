#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace poultice::solvers {

class Hdf5Reader;

/// A result file of this or an earlier format, opened for reading.
class ResultFile {
 public:
  /// Throws core::FileError where the file cannot be read, is no result of Poultice, or has a format that is
  /// too new; the message then names the version that is needed.
  explicit ResultFile(const std::filesystem::path& path);
  ~ResultFile();
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  struct Headline {
    std::string name, label;
    double value;  ///< in `unit`; NaN where undefined
    std::string unit, display_unit;
  };

  [[nodiscard]] int major() const noexcept { return major_; }
  [[nodiscard]] int minor() const noexcept { return minor_; }
  [[nodiscard]] std::string title() const { return text("title"); }
  [[nodiscard]] std::string software() const { return text("software"); }
  [[nodiscard]] std::string status_text() const { return text("status_text"); }
  /// 0 where the run went well.
  [[nodiscard]] int status() const;
  /// The numbers that sum the run up, in the order in which they are shown.
  [[nodiscard]] std::vector<Headline> headlines() const;

  /// The scenario it was made from, byte for byte.
  [[nodiscard]] std::string scenario_toml() const;

  /// All arrays and attributes.
  [[nodiscard]] const Hdf5Reader& file() const noexcept { return *file_; }

 private:
  [[nodiscard]] std::string text(std::string_view attribute) const;
  void read_format();

  std::unique_ptr<const Hdf5Reader> file_;
  int major_ = 0, minor_ = 0;
};

}  // namespace poultice::solvers
