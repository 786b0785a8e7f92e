#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace poultice::core {

/// The candidate nearest to `word` by edit distance (case ignored), or "" when none is near enough to be
/// meant.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// "a, b, c"
[[nodiscard]] std::string joined(std::span<const std::string> words, std::string_view separator = ", ");

/// The pieces between separators; "a.b" gives {"a", "b"}, "" gives {""}.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

}  // namespace poultice::core
