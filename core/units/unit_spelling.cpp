#include "core/units/unit_spelling.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace poultice::core {
namespace {

// Written as bytes so that look-alike characters stay apart in the source.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> signs{{
    {"\xC2\xB5", "u"},             // micro sign
    {"\xCE\xBC", "u"},             // Greek small mu
    {"\xC2\xB0", "deg"},           // degree sign, as in °C
    {"\xE2\x84\x83", "degC"},      // degree Celsius in one character
    {"\xC2\xB7", "*"},             // middle dot
    {"\xE2\x8B\x85", "*"},         // dot operator
    {"\xC3\x97", "*"},             // multiplication sign
    {"\xE2\x88\x92", "-"},         // minus sign
    {"\xC2\xA0", " "},             // no-break space
    {"\xE2\x80\x89", " "},         // thin space
    {"\xE2\x80\xAF", " "},         // narrow no-break space
    {"\xC3\x85", "angstrom"},      // A with ring
    {"\xE2\x84\xAB", "angstrom"},  // angstrom sign
    {"\xCE\xA9", "ohm"},           // Greek capital omega
    {"\xE2\x84\xA6", "ohm"},       // ohm sign
    {"\xE2\x88\x95", "/"},         // division slash
    {"\xE2\x81\x84", "/"},         // fraction slash
    {"\xE2\x80\xB0", "permille"},  // per mille sign
}};

constexpr std::array<std::pair<std::string_view, char>, 11> superscripts{{
    {"\xE2\x81\xB0", '0'},
    {"\xC2\xB9", '1'},
    {"\xC2\xB2", '2'},
    {"\xC2\xB3", '3'},
    {"\xE2\x81\xB4", '4'},
    {"\xE2\x81\xB5", '5'},
    {"\xE2\x81\xB6", '6'},
    {"\xE2\x81\xB7", '7'},
    {"\xE2\x81\xB8", '8'},
    {"\xE2\x81\xB9", '9'},
    {"\xE2\x81\xBB", '-'},
}};

template <class Table>
auto at_front(const Table& table, std::string_view text) {
  auto entry = table.begin();
  while (entry != table.end() && !text.starts_with(entry->first)) ++entry;
  return entry;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '%'; }

/// Walks once over the ASCII text and writes the plain spelling as it goes.
class SpellingReader {
 public:
  explicit SpellingReader(std::string_view text) : text_(text) {}

  UnitSpelling read() {
    while (result_.problem.empty() && skip_spaces()) step();
    if (result_.problem.empty()) {
      if (result_.plain.empty())
        result_.problem = "it is empty";
      else if (needs_factor_)
        result_.problem = "it ends where a unit should follow";
      else if (depth_ > 0)
        result_.problem = "a bracket is not closed";
    }
    return std::move(result_);
  }

 private:
  bool skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    return at_ < text_.size();
  }

  void step() {
    const char c = text_[at_];
    if (is_letter(c))
      word();
    else if (is_digit(c))
      number();
    else if (c == '(')
      open();
    else if (c == ')')
      close();
    else if (c == '/' || c == '*' || c == '.')
      sign();
    else if (c > ' ' && c < '\x7f')
      refuse(fmt::format("'{}' has no place in a unit", c));
    else
      refuse("it holds a character that no unit has");
  }

  void sign() {
    apply(text_[at_] == '/' ? '/' : '*');
    ++at_;
  }

  void refuse(std::string why) { result_.problem = std::move(why); }

  void begin_factor() {
    if (!needs_factor_) result_.plain += '*';
    needs_factor_ = false;
  }

  void apply(char op) {
    if (needs_factor_) {
      if (op != '/' || !result_.plain.empty())
        return refuse(fmt::format("a unit is missing before '{}'", op));
      result_.plain = "1";
    }
    result_.plain += op;
    needs_factor_ = true;
  }

  void word() {
    auto end = at_;
    while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
    while (is_digit(text_[end - 1])) --end;  // trailing digits are a power: "m2"
    const auto word = text_.substr(at_, end - at_);
    at_ = end;
    if (word == "per") return apply('/');
    begin_factor();
    result_.words.emplace_back(word);
    result_.plain += word;
    power();
  }

  void number() {
    auto end = at_;
    while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.')) ++end;
    const auto digits = text_.substr(at_, end - at_);
    const bool glued = end < text_.size() && is_letter(text_[end]);
    if (digits != "1" || glued || !result_.plain.empty())
      return refuse(fmt::format("the number {} stands inside the unit", digits));
    at_ = end;
    begin_factor();
    result_.plain += digits;
  }

  void open() {
    begin_factor();
    result_.plain += '(';
    needs_factor_ = true;
    ++depth_;
    ++at_;
  }

  void close() {
    if (depth_ == 0 || needs_factor_)
      return refuse("a bracket closes where none is open or nothing is in it");
    result_.plain += ')';
    --depth_;
    ++at_;
    power();
  }

  /// An integer power right behind a word or a bracket: "^-2", "**2", "-1", "3".
  void power() {
    auto at = at_;
    const bool marked = text_.substr(at, 1) == "^" || text_.substr(at, 2) == "**";
    if (marked) at += text_[at] == '^' ? 1 : 2;
    const bool negative = text_.substr(at, 1) == "-";
    if (negative || text_.substr(at, 1) == "+") ++at;
    const auto first = at;
    while (at < text_.size() && is_digit(text_[at])) ++at;
    if (at == first || at - first > 2 || (at < text_.size() && (is_letter(text_[at]) || text_[at] == '^'))) {
      if (marked || at > first) refuse("a power must be a whole number of one or two digits");
      return;
    }
    result_.plain += fmt::format("^{}{}", negative ? "-" : "", text_.substr(first, at - first));
    at_ = at;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool needs_factor_ = true;
  UnitSpelling result_;
};

}  // namespace

std::string in_ascii(std::string_view text) {
  std::string ascii;
  bool in_power = false;
  while (!text.empty()) {
    if (const auto digit = at_front(superscripts, text); digit != superscripts.end()) {
      if (!in_power) ascii += '^';
      in_power = true;
      ascii += digit->second;
      text.remove_prefix(digit->first.size());
      continue;
    }
    in_power = false;
    if (const auto sign = at_front(signs, text); sign != signs.end()) {
      ascii += sign->second;
      text.remove_prefix(sign->first.size());
    } else {
      ascii += text.front();
      text.remove_prefix(1);
    }
  }
  return ascii;
}

UnitSpelling read_unit_spelling(std::string_view unit) {
  const auto ascii = in_ascii(unit);
  return SpellingReader(ascii).read();
}

}  // namespace poultice::core
