#pragma once

#include <string>
#include <string_view>

namespace poultice::bindings {

/// Breaks one paragraph at spaces into lines of at most `width` characters, each ending in a line feed. The
/// first line starts with `first`, further ones with `hang`; a word that is longer than a line stays whole.
[[nodiscard]] std::string broken(std::string_view paragraph, std::size_t width, std::string_view first,
                                 std::string_view hang);

/// The same for the terminal, or 100 characters where there is none: the first line starts two characters
/// in, further ones `hang` characters in.
[[nodiscard]] std::string wrapped(std::string_view paragraph, std::size_t hang);

}  // namespace poultice::bindings
