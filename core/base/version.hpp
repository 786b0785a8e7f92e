#pragma once

#include <string>
#include <string_view>

namespace poultice::core {

/// "0.1.0"
[[nodiscard]] std::string_view version() noexcept;

/// "poultice 0.1.0", as files name who made them.
[[nodiscard]] std::string software();

/// The commit this was built from, 40 hexadecimal digits and "-dirty" when files differed from it;
/// "unknown" when built outside a git checkout.
[[nodiscard]] std::string_view git_hash() noexcept;

/// Compiler, kind of build and versions of the numerical libraries, for provenance: "GNU 12.2.0, Release,
/// ...".
[[nodiscard]] std::string_view build_description() noexcept;

}  // namespace poultice::core
