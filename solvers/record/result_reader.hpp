#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "solvers/record/hdf5_reader.hpp"

namespace poultice::solvers {

/// A result file of this or an earlier format, opened for reading.
class ResultFile {
 public:
  /// Throws core::FileError where the file cannot be read, is no result of Poultice, or has a format that is too
  /// new; the message then names the version that is needed.
  explicit ResultFile(const std::filesystem::path& path);

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
  /// The numbers that sum the run up, by name.
  [[nodiscard]] std::vector<Headline> headlines() const;

  /// All arrays and attributes.
  [[nodiscard]] const Hdf5Reader& file() const noexcept { return file_; }

 private:
  [[nodiscard]] std::string text(std::string_view attribute) const;
  void read_format();

  Hdf5Reader file_;
  int major_ = 0, minor_ = 0;
};

}  // namespace poultice::solvers
