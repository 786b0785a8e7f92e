#include "solvers/ensemble/ordered_window.hpp"

#include <utility>

namespace poultice::solvers {

using core::Index;

OrderedWindow::OrderedWindow(Index first, Index end, Index window, std::function<void(Index, Rows&&)> take)
    : next_(first), end_(end), window_(window), handed_on_(first), take_(std::move(take)) {}

std::optional<Index> OrderedWindow::next() {
  std::unique_lock lock(mutex_);
  moved_on_.wait(lock, [&] { return next_ >= end_ || next_ < handed_on_ + window_; });
  return next_ < end_ ? std::optional(next_++) : std::nullopt;
}

void OrderedWindow::deliver(Index number, Rows&& rows) {
  std::unique_lock lock(mutex_);
  waiting_.emplace(number, std::move(rows));
  if (is_handing_on_) return;  // whoever does that takes this along
  is_handing_on_ = true;
  while (error_ == nullptr) {
    const auto first = waiting_.begin();
    if (first == waiting_.end() || first->first != handed_on_) break;
    auto ready = std::move(first->second);
    waiting_.erase(first);
    lock.unlock();
    try {
      take_(handed_on_, std::move(ready));
    } catch (...) {
      fail(std::current_exception());
    }
    lock.lock();
    if (error_ == nullptr) ++handed_on_;
    moved_on_.notify_all();
  }
  is_handing_on_ = false;
}

void OrderedWindow::call_off() {
  const std::lock_guard lock(mutex_);
  end_ = next_;
  moved_on_.notify_all();
}

void OrderedWindow::fail(std::exception_ptr error) {
  const std::lock_guard lock(mutex_);
  if (error_ == nullptr) error_ = std::move(error);
  end_ = next_;
  moved_on_.notify_all();
}

Index OrderedWindow::finish() {
  const std::lock_guard lock(mutex_);
  if (error_ != nullptr) std::rethrow_exception(error_);
  return handed_on_;
}

}  // namespace poultice::solvers
