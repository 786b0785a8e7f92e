#include "core/scenario/syntax_problem.hpp"

#include <algorithm>
#include <regex>
#include <vector>

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace poultice::core {
namespace {

/// Length in bytes of the UTF-8 sequence at the start of `text`, 0 when it is none.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0u) != 0x80u) return 0;
  const bool is_overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool is_surrogate = first == 0xED && byte(1) > 0x9F;
  const bool is_too_large = first == 0xF4 && byte(1) > 0x8F;
  return is_overlong || is_surrogate || is_too_large ? 0 : length;
}

std::string without_comment(std::string_view line) {
  auto text = std::string(line.substr(0, line.find('#')));
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// 1-based number of the first line that holds the same header or key as `line` does; 0 when none is found.
std::size_t first_of_its_kind(const std::vector<std::string>& lines, std::size_t line) {
  const auto head = [](const std::string& text) {
    const auto bare = without_comment(text);
    return bare.starts_with('[') ? bare : without_comment(bare.substr(0, bare.find('=')));
  };
  const auto wanted = head(lines[line - 1]);
  for (std::size_t i = 0; i + 1 < line; ++i)
    if (head(lines[i]) == wanted) return i + 1;
  return 0;
}

/// The parser says "Error while parsing key-value pair: expected …"; its readers know that it was parsing.
std::string without_preamble(std::string_view description) {
  const auto colon = description.find(": ");
  if (description.starts_with("Error while parsing ") && colon != std::string_view::npos)
    description.remove_prefix(colon + 2);
  return std::string(description);
}

constexpr std::size_t longest_line_worth_a_hint = 300;  // std::regex recurses once per character

std::string hint_for(const std::string& line) {
  if (line.size() > longest_line_worth_a_hint) return "";
  static const std::regex unquoted_quantity(
      R"(^\s*[^=]+=\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?\s*[^0-9.\s,#'"][^#,]*?)\s*(#.*)?$)");
  static const std::regex decimal_comma(R"(^\s*[^=]+=\s*"?([-+]?[0-9]+),([0-9]+).*$)");
  static const std::regex other_truth(R"(^\s*[^=]+=\s*(True|False|TRUE|FALSE|yes|no|on|off)\s*$)");
  static const std::regex unquoted_word(R"(^\s*[^=]+=\s*([A-Za-z_][^#"'\[\]{}]*?)\s*(#.*)?$)");
  std::smatch match;
  if (std::regex_match(line, match, unquoted_quantity))
    return fmt::format("a quantity stands in quotes: \"{}\"", match[1].str());
  if (std::regex_match(line, match, decimal_comma))
    return fmt::format("write a decimal point: {}.{}", match[1].str(), match[2].str());
  if (std::regex_match(line, other_truth)) return "a flag is true or false, in small letters";
  if (std::regex_match(line, match, unquoted_word))
    return fmt::format("a text stands in quotes: \"{}\"", match[1].str());
  return "";
}

}  // namespace

void refuse_what_is_no_text(std::string_view text, const std::string& file) {
  Place place{file, 1, 1};
  for (std::size_t i = 0; i < text.size();) {
    const auto length = utf8_length(text.substr(i));
    if (text[i] == '\0' || length == 0) {
      auto problem = place.problem("", "this is no text file");
      problem.given = fmt::format("byte 0x{:02x} at offset {}", static_cast<unsigned char>(text[i]), i);
      problem.expected = "a TOML file in UTF-8";
      if (text.starts_with("\x89HDF"))
        problem.hint = "this is a result file; its scenario is stored inside it";
      else
        problem.hint = "save it as UTF-8 if it is a scenario in another encoding";
      throw ScenarioError(std::move(problem));
    }
    const bool ends_line = text[i] == '\n';
    place.column = ends_line ? 1 : place.column + 1;
    place.line += ends_line ? 1 : 0;
    i += length;
  }
}

Problem syntax_problem(std::string_view text, const Place& place, std::string_view description) {
  const auto lines = split(text, '\n');
  const auto number = std::clamp<std::size_t>(static_cast<std::size_t>(place.line), 1, lines.size());
  const auto& line = lines[number - 1];
  auto problem = place.problem("", without_preamble(description));
  problem.given = without_comment(line);
  if (description.find("cannot redefine") != std::string_view::npos) {
    const auto first = first_of_its_kind(lines, number);
    problem.expected = "each table and each key once";
    if (first > 0)
      problem.hint = fmt::format("it was given before, on line {}: keep one, or join the two", first);
    if (line.find("schedule") != std::string::npos)
      problem.hint = "each entry of a schedule is a [[schedule]]";
  } else {
    problem.expected = "TOML: key = value";
    problem.hint = hint_for(line);
  }
  return problem;
}

}  // namespace poultice::core
