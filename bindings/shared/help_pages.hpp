#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace poultice::bindings {

/// One page of data/help: what a status or an error means and what to do next.
struct HelpPage {
  std::string name;                   ///< "too_many_steps", the file's
  std::string title;                  ///< "Too many steps"
  std::vector<std::string> topics;    ///< further names that users know it by: "IntegrationError", "75"
  std::vector<std::string> messages;  ///< pieces of the error messages that it explains
  std::string text;                   ///< the page as it is read on a terminal, without its title

  /// The name by which it is asked for: an error class by that of the class.
  [[nodiscard]] std::string topic() const;
};

/// All pages, by name.
[[nodiscard]] const std::vector<HelpPage>& help_pages();

/// The page called `topic`, whatever its case and its blanks ("Too many steps"); null when there is none.
[[nodiscard]] const HelpPage* find_help(std::string_view topic);

/// The page that explains an error: that of its message, or else that of its class; null when there is none.
[[nodiscard]] const HelpPage* help_of_error(std::string_view error_class, std::string_view message);

}  // namespace poultice::bindings
