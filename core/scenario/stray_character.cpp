#include "core/scenario/stray_character.hpp"

#include <algorithm>

namespace poultice::core {
namespace {

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

/// The end of the string that begins at `begin`, behind its closing quotes; npos when it is never closed.
std::size_t end_of_string(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  const bool is_long = text.substr(begin, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
  const auto closing = text.substr(begin, is_long ? 3 : 1);
  for (auto i = begin + closing.size(); i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"')
      ++i;
    else if (text[i] == '\n' && !is_long)
      return std::string_view::npos;
    else if (text.substr(i, closing.size()) == closing)
      return i + closing.size();
  }
  return std::string_view::npos;
}

StrayCharacter character_at(std::string_view text, std::size_t at) {
  auto end = at + 1;
  while (end < text.size() && continues_character(text[end])) ++end;
  const auto before = text.substr(0, at);
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto characters = std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_start),
                                        before.end(), [](char c) { return !continues_character(c); });
  return {text.substr(at, end - at), static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(characters) + 1};
}

}  // namespace

std::optional<StrayCharacter> find_stray_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) return character_at(text, i);
    if (text[i] == '#')
      i = text.find('\n', i);
    else if (text[i] == '"' || text[i] == '\'')
      i = end_of_string(text, i);
    else
      ++i;
  }
  return std::nullopt;
}

}  // namespace poultice::core
