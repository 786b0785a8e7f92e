#include "bindings/shared/wrapped.hpp"

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

std::string broken(std::string_view paragraph, std::size_t width, std::string_view first,
                   std::string_view hang) {
  std::string text;
  auto start = first;
  while (true) {
    const auto room = width > start.size() ? width - start.size() : 1;
    auto end = paragraph.size();
    if (end > room) {
      end = paragraph.rfind(' ', room);
      // A break within the leading spaces, or none, would not get on.
      if (end == std::string_view::npos || paragraph.find_first_not_of(' ') > end)
        end = paragraph.find(' ', room);
      end = std::min(end, paragraph.size());
    }
    text += std::string(start) + std::string(paragraph.substr(0, end)) + '\n';
    const auto next = paragraph.find_first_not_of(' ', end);
    if (next == std::string_view::npos) return text;
    paragraph.remove_prefix(next);
    start = hang;
  }
}

std::string wrapped(std::string_view paragraph, std::size_t hang) {
  return broken(paragraph, line_width(), "  ", std::string(hang, ' '));
}

}  // namespace poultice::bindings
