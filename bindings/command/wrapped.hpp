#pragma once

#include <string>
#include <string_view>

namespace poultice::bindings {

/// Breaks one paragraph at spaces into lines that fit the terminal, or 100 characters where there is none.
/// The first line starts two characters in, further ones `hang` characters in. Ends in a line feed.
[[nodiscard]] std::string wrapped(std::string_view paragraph, std::size_t hang);

}  // namespace poultice::bindings
