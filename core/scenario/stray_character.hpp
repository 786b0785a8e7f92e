#pragma once

#include <optional>
#include <string_view>

namespace poultice::core {

/// A character that TOML does not know where it stands.
struct StrayCharacter {
  std::string_view character;
  int line = 0, column = 0;  ///< 1-based; columns count characters
};

/// The first character beyond ASCII outside strings and comments, as in `content = 4.2 µg`; the text must be
/// UTF-8. It has to be found before parsing, since toml++ 3.3 runs into undefined behaviour there.
[[nodiscard]] std::optional<StrayCharacter> find_stray_character(std::string_view text);

}  // namespace poultice::core
