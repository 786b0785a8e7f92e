#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/scenario/document.hpp"

namespace poultice::core {

/// Throws ScenarioError when the bytes are no UTF-8 text: a zero byte, or a sequence that UTF-8 does not
/// know.
void refuse_what_is_no_text(std::string_view text, const std::string& file);

/// What a user can do about a syntax error at `place`; `description` is the parser's.
[[nodiscard]] Problem syntax_problem(std::string_view text, const Place& place, std::string_view description);

}  // namespace poultice::core
