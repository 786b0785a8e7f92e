#pragma once

#include <mutex>
#include <string>
#include <utility>

#include <hdf5.h>

namespace poultice::solvers {

/// Held during every HDF5 call of ours: one thread at a time in the library, whatever its build promises,
/// and its automatic printing of errors off (and back as it was afterwards).
class Hdf5Lock {
 public:
  Hdf5Lock();
  ~Hdf5Lock();
  Hdf5Lock(const Hdf5Lock&) = delete;
  Hdf5Lock& operator=(const Hdf5Lock&) = delete;

 private:
  std::lock_guard<std::mutex> guard_;
  H5E_auto2_t print_ = nullptr;
  void* print_data_ = nullptr;
};

/// Owns one HDF5 identifier. The owner closes it with close() and looks at the status, since HDF5 reports
/// lost writes there; the destructor only cleans up on the way out of an error.
class Hdf5Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, Close closer) : id_(id), close_(closer) {}
  ~Hdf5Handle() { (void)close(); }
  Hdf5Handle(Hdf5Handle&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }

  [[nodiscard]] hid_t id() const noexcept { return id_; }
  [[nodiscard]] explicit operator bool() const noexcept { return id_ >= 0; }

  /// Negative when HDF5 says so; 0 when there was nothing to close.
  herr_t close() noexcept {
    const hid_t id = std::exchange(id_, H5I_INVALID_HID);
    return id >= 0 ? close_(id) : 0;
  }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

/// What HDF5's error stack of this thread holds: the outermost and the innermost message, "" when empty.
[[nodiscard]] std::string hdf5_error_text();

}  // namespace poultice::solvers
