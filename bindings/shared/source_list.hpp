#pragma once

#include <string>
#include <vector>

namespace poultice::bindings {

/// Numbers sources in the order in which they are first asked for.
class SourceList {
 public:
  /// " [3]", or "" where no source is given.
  [[nodiscard]] std::string mark(const std::string& source);
  [[nodiscard]] const std::vector<std::string>& sources() const noexcept { return sources_; }

 private:
  std::vector<std::string> sources_;
};

}  // namespace poultice::bindings
