#include "bindings/module/arrays.hpp"

#include <atomic>
#include <mutex>

namespace poultice::bindings {

void need_numpy() {
  static std::atomic<bool> is_there = false;
  if (is_there) return;
  static std::mutex one_at_a_time;
  std::unique_lock lock(one_at_a_time, std::defer_lock);
  {
    const pybind11::gil_scoped_release others_go_on;
    lock.lock();
  }
  static_cast<void>(pybind11::detail::npy_api::get());
  is_there = true;
}

}  // namespace poultice::bindings
