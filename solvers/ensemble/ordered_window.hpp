#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "solvers/ensemble/rows.hpp"

namespace poultice::solvers {

/// Where threads fetch numbered work and bring it back done in any order, and from which it is handed on in
/// the order of the numbers. At most `window` pieces are out or waiting at a time, so that memory does not
/// grow with how much there is to do.
class OrderedWindow {
 public:
  /// `take` is called for each number in turn, by one thread at a time. When it throws, no more work is given
  /// out, and finish() throws that.
  OrderedWindow(core::Index first, core::Index end, core::Index window,
                std::function<void(core::Index, Rows&&)> take);

  /// The next number to work on; nothing when there is none left, or work was called off.
  [[nodiscard]] std::optional<core::Index> next();
  void deliver(core::Index number, Rows&& rows);

  /// No more work is given out; what is out may still be delivered.
  void call_off();
  /// The same, and finish() throws `error` unless it has another already.
  void fail(std::exception_ptr error);

  /// The first number that was not handed on. Throws what a `take` threw, or what fail() was told.
  [[nodiscard]] core::Index finish();

 private:
  core::Index next_, end_, window_, handed_on_;
  std::function<void(core::Index, Rows&&)> take_;
  std::mutex mutex_;
  std::condition_variable moved_on_;
  std::map<core::Index, Rows> waiting_;
  bool is_handing_on_ = false;
  std::exception_ptr error_;
};

}  // namespace poultice::solvers
