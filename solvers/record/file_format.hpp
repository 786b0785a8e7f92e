#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace poultice::solvers {

class Hdf5Reader;

/// The layout that a file of ours says it has.
struct FileFormat {
  std::string filetype;
  int major = 0, minor = 0;
};

/// Reads and checks it. Throws core::FileError where the file is of none of these types, or its format is too
/// new; the message then names the version that is needed.
[[nodiscard]] FileFormat read_format(const Hdf5Reader& file, const std::vector<std::string_view>& filetypes);

/// The attribute as a text; "" where there is none, or one of another kind.
[[nodiscard]] std::string text_attribute(const Hdf5Reader& file, std::string_view object,
                                         std::string_view name);

}  // namespace poultice::solvers
