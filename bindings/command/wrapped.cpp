#include "bindings/command/wrapped.hpp"

#include <algorithm>

#include <sys/ioctl.h>
#include <unistd.h>

namespace poultice::bindings {
namespace {

constexpr std::size_t narrowest = 40, widest = 110, without_terminal = 100;

std::size_t line_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return without_terminal;
  return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

}  // namespace

std::string wrapped(std::string_view paragraph, std::size_t hang) {
  const auto width = line_width();
  std::string text;
  std::size_t indent = 2;
  while (true) {
    const auto room = width - indent;
    auto end = paragraph.size();
    if (end > room) {
      end = paragraph.rfind(' ', room);
      // A break within the leading spaces, or none, would not get on.
      if (end == std::string_view::npos || paragraph.find_first_not_of(' ') > end)
        end = paragraph.find(' ', room);
      end = std::min(end, paragraph.size());
    }
    text += std::string(indent, ' ') + std::string(paragraph.substr(0, end)) + '\n';
    const auto next = paragraph.find_first_not_of(' ', end);
    if (next == std::string_view::npos) return text;
    paragraph.remove_prefix(next);
    indent = hang;
  }
}

}  // namespace poultice::bindings
