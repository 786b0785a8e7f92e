#include "bindings/shared/templates.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "bindings/shared/commented_scenario.hpp"
#include "bindings/shared/study.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/base/version.hpp"
#include "core/scenario/document.hpp"
#include "models/embedded_data.hpp"

namespace poultice::bindings {
namespace {

constexpr std::string_view folder = "help/templates/", extension = ".toml";

Template read(const core::EmbeddedFile& file) {
  const auto name = file.path.substr(folder.size(), file.path.size() - folder.size() - extension.size());
  Template one{std::string(name), "", std::string(file.text)};
  const auto root = core::parse_document(one.text, std::string(file.path));
  if (const auto* title = root.find("title")) one.title = title->text;
  return one;
}

/// The comment at the head of a file, with its signs.
std::string head_of(const std::string& text) {
  std::string head;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && line.starts_with('#');) head += line + '\n';
  return head;
}

}  // namespace

const std::vector<Template>& templates() {
  static const auto all = [] {
    std::vector<Template> found;
    for (const auto& file : models::embedded_data())
      if (file.path.starts_with(folder)) found.push_back(read(file));
    std::ranges::sort(found, std::ranges::greater{}, &Template::name);
    return found;
  }();
  return all;
}

const Template& find_template(std::string_view name) {
  const auto found = std::ranges::find(templates(), name, &Template::name);
  if (found != templates().end()) return *found;
  std::vector<std::string> names;
  for (const auto& one : templates()) names.push_back(one.name);
  const auto best = core::nearest(name, names);
  throw core::ParameterError(
      std::string(name),
      fmt::format("there is no template of this name\n   expected: {}\n   see:      poultice new",
                  core::joined(names)),
      best.empty() ? "" : fmt::format("did you mean {}?", best));
}

std::string commented_template(const Template& one, const std::string& file) {
  const auto scenario = load_text(one.text, one.name + ".toml");
  auto text = head_of(one.text);
  text += fmt::format(
      "#\n"
      "# Run it as it is:         poultice run {0}\n"
      "# See what it says:        poultice check {0}\n"
      "# Ask about any key:       poultice explain duration\n"
      "#\n"
      "# Lines that begin with # and a letter, such as #format = 1, are values as they hold while the line "
      "is\n"
      "# commented out: from a set or by default. Take the # away and change the value; it wins over the "
      "set.\n"
      "# Numbers in brackets are sources, listed at the end.\n"
      "#\n"
      "# Written by poultice new --template {1}, version {2}.\n",
      file, one.name, core::version());
  return text + commented_scenario(*scenario, core::parse_document(one.text, one.name));
}

}  // namespace poultice::bindings
