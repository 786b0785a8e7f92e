#include "solvers/record/file_format.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/version.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::solvers {

std::string text_attribute(const Hdf5Reader& file, std::string_view object, std::string_view name) {
  if (!file.has_attribute(object, name)) return "";
  const auto value = file.attribute(object, name);
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : "";
}

FileFormat read_format(const Hdf5Reader& file, const std::vector<std::string_view>& filetypes) {
  FileFormat format{.filetype = text_attribute(file, "/", "filetype")};
  if (std::ranges::find(filetypes, format.filetype) == filetypes.end() &&
      format.filetype.starts_with("poultice-"))
    throw core::FileError(file.path(),
                          fmt::format("this is a file of the type {}, and one of {} is needed",
                                      format.filetype, fmt::join(filetypes, " or ")),
                          "name another file; sweeps are opened with xarray, or poultice.SweepResult");
  if (std::ranges::find(filetypes, format.filetype) == filetypes.end())
    throw core::FileError(file.path(), "this HDF5 file is not a result of Poultice",
                          "name a file that \"poultice run\" has written");
  const auto value =
      file.has_attribute("/", "format_version") ? file.attribute("/", "format_version") : Hdf5Value{};
  const auto* version = std::get_if<std::vector<int>>(&value);
  if (version == nullptr || version->size() != 2 || version->front() < 1)
    throw core::FileError(file.path(), "this result does not say which format it has",
                          "it is damaged, or was changed by another program; run the scenario again");
  format.major = version->front();
  format.minor = version->back();
  if (format.major > format_major)
    throw core::FileError(file.path(),
                          fmt::format("this result has format {}.{}, and poultice {} reads formats up to {}",
                                      format.major, format.minor, core::version(), format_major),
                          fmt::format("it was written by {}: install that version or a newer one",
                                      text_attribute(file, "/", "software")));
  return format;
}

}  // namespace poultice::solvers
