#include "bindings/shared/source_list.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace poultice::bindings {

std::string SourceList::mark(const std::string& source) {
  if (source.empty()) return "";
  const auto found = std::ranges::find(sources_, source);
  const auto number = found - sources_.begin() + 1;
  if (found == sources_.end()) sources_.push_back(source);
  return fmt::format(" [{}]", number);
}

}  // namespace poultice::bindings
