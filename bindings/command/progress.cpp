#include "bindings/command/progress.hpp"

#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace poultice::bindings {
namespace {

using namespace std::chrono_literals;

constexpr auto before_first = 300ms;
constexpr auto between = 100ms;
constexpr int bar_length = 40;

}  // namespace

Progress::Progress(bool is_wanted) : is_wanted_(is_wanted && isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (is_shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::show(double done) {
  const auto now = Clock::now();
  if (!is_wanted_ || now - begun_ < before_first || (is_shown_ && now - last_ < between)) return;
  last_ = now;
  is_shown_ = true;
  const int filled = static_cast<int>(done * bar_length);
  fmt::print(stderr, "\r[{:<{}}] {:3.0f} %", std::string(static_cast<std::size_t>(filled), '='), bar_length,
             100.0 * done);
  std::fflush(stderr);
}

}  // namespace poultice::bindings
