#pragma once

#include <string>

namespace poultice::bindings {

/// A word as it has to be typed in a shell: in quotes where it holds more than letters, digits and plain
/// signs.
[[nodiscard]] std::string shell_word(const std::string& word);

}  // namespace poultice::bindings
