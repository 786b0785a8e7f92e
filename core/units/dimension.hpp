#pragma once

#include <span>
#include <string>
#include <string_view>

namespace poultice::core {

/// A dimension that users meet often enough to have a name.
struct Dimension {
  std::string_view si;       ///< its coherent SI unit, in the spelling that files and messages use
  std::string_view name;     ///< what it measures, without an article: "diffusivity"
  std::string_view example;  ///< a quantity of everyday size, for error messages
};

/// Every named dimension; `si` is unique.
[[nodiscard]] std::span<const Dimension> named_dimensions();

/// The named dimension whose SI unit is spelled `si`, or nullptr.
[[nodiscard]] const Dimension* find_dimension(std::string_view si);

/// "a velocity", "an area".
[[nodiscard]] std::string with_article(std::string_view noun);

}  // namespace poultice::core
