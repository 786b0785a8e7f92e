#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace poultice::bindings {

/// A small scenario that `poultice new` writes out with all that is known of its parameters.
struct Template {
  std::string name;   ///< "patch"
  std::string title;  ///< that of the scenario
  std::string text;   ///< the small scenario itself
};

/// All templates, by name.
[[nodiscard]] const std::vector<Template>& templates();

/// Throws ParameterError, naming the nearest, where there is none of this name.
[[nodiscard]] const Template& find_template(std::string_view name);

/// The template as a commented scenario; `file` is the name it is written to, as a shell takes it. It says
/// the same study as the template, and still does where every commented-out value is brought to life.
[[nodiscard]] std::string commented_template(const Template& one, const std::string& file);

}  // namespace poultice::bindings
