#include "bindings/shared/help_pages.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "core/base/text.hpp"
#include "models/embedded_data.hpp"

namespace poultice::bindings {
namespace {

constexpr std::string_view folder = "help/", extension = ".md";

/// "Too many-steps" gives "too_many_steps".
std::string plain(std::string_view topic) {
  std::string text;
  for (const char c : topic)
    text += c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// What stands behind `key` on a line "<!-- key: a; b -->"; empty where the line is another.
std::vector<std::string> remark(const std::string& line, const std::string& key) {
  const auto opening = "<!-- " + key + ": ";
  constexpr std::string_view closing = " -->";
  if (!line.starts_with(opening) || !line.ends_with(closing)) return {};
  auto words = core::split(line.substr(opening.size(), line.size() - opening.size() - closing.size()), ';');
  for (auto& word : words) word.erase(0, word.find_first_not_of(' '));
  return words;
}

HelpPage read(const core::EmbeddedFile& file) {
  HelpPage page;
  page.name = file.path.substr(folder.size(), file.path.size() - folder.size() - extension.size());
  std::istringstream lines{std::string(file.text)};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# "))
      page.title = line.substr(2);
    else if (line.starts_with("<!-- topics: "))
      page.topics = remark(line, "topics");
    else if (line.starts_with("<!-- messages: "))
      page.messages = remark(line, "messages");
    else if (line.starts_with("## "))
      page.text += line.substr(3) + '\n';
    else if (!page.text.empty() || !line.empty())
      page.text += line.empty() ? "\n" : "  " + line + '\n';
  }
  return page;
}

}  // namespace

std::string HelpPage::topic() const {
  const bool is_class = !topics.empty() && title.starts_with(topics.front() + ":");
  return is_class ? topics.front() : name;
}

const std::vector<HelpPage>& help_pages() {
  static const auto pages = [] {
    std::vector<HelpPage> all;
    for (const auto& file : models::embedded_data())
      if (file.path.starts_with(folder) && file.path.ends_with(extension)) all.push_back(read(file));
    std::ranges::sort(all, {}, &HelpPage::name);
    return all;
  }();
  return pages;
}

const HelpPage* find_help(std::string_view topic) {
  const auto wanted = plain(topic);
  const auto is_wanted = [&](const std::string& name) { return plain(name) == wanted; };
  for (const auto& page : help_pages())
    if (is_wanted(page.name) || std::ranges::any_of(page.topics, is_wanted)) return &page;
  return nullptr;
}

const HelpPage* help_of_error(std::string_view error_class, std::string_view message) {
  for (const auto& page : help_pages())
    for (const auto& phrase : page.messages)
      if (message.find(phrase) != std::string_view::npos) return &page;
  return find_help(error_class);
}

}  // namespace poultice::bindings
