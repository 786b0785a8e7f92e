#pragma once

#include <string>
#include <string_view>

namespace poultice::bindings {

/// What a topic means: a parameter by its path or key, a model, a set, an action, an error class, an exit
/// code, or a cause of failure. Ends in a line feed. Throws ParameterError, naming the nearest topic, where
/// there is none of this name.
[[nodiscard]] std::string explain_in_words(std::string_view topic);
[[nodiscard]] std::string explain_in_json(std::string_view topic);

/// What can be asked for.
[[nodiscard]] std::string topics_in_words();
[[nodiscard]] std::string topics_in_json();

/// The command that says more about an error: "poultice explain too_many_steps"; "" where nothing does.
[[nodiscard]] std::string explain_error(std::string_view error_class, std::string_view message);

}  // namespace poultice::bindings
