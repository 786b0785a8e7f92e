#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <optional>

#include "bindings/module/typed.hpp"

namespace poultice::bindings {

using Progress = std::optional<Callable<void(double)>>;

inline constexpr auto between_looks = std::chrono::milliseconds(50);

/// Does `work(stop, done)` on a thread of its own, without the GIL. The calling thread wakes now and then to
/// see whether somebody pressed Ctrl-C, and to report how much is done.
template <class Work>
auto away_from_python(const Progress& progress, const Work& work) {
  std::atomic<bool> stop = false;
  std::atomic<double> done = 0.0;
  auto result = std::async(std::launch::async, [&] { return work(stop, done); });
  const auto has_ended = [&] {
    const pybind11::gil_scoped_release others_may_run;
    return result.wait_for(between_looks) == std::future_status::ready;
  };
  try {
    while (!has_ended()) {
      if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
      if (progress) (*progress)(done.load());
    }
  } catch (...) {
    stop = true;
    const pybind11::gil_scoped_release others_may_run;
    result.wait();
    throw;
  }
  return result.get();
}

}  // namespace poultice::bindings
