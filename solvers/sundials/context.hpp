#pragma once

#include <utility>

#include "solvers/sundials/compat.hpp"

namespace poultice::solvers {

/// A SUNDIALS context: serves one integration at a time, and must outlive everything made with it.
class SundialsContext {
 public:
  SundialsContext();
  ~SundialsContext();
  SundialsContext(const SundialsContext&) = delete;
  SundialsContext& operator=(const SundialsContext&) = delete;
  [[nodiscard]] SUNContext get() const noexcept { return context_; }

 private:
  SUNContext context_ = nullptr;
};

/// Passes a SUNDIALS status through; throws std::logic_error naming the call when it is negative. For calls
/// that only a bug or exhausted memory can make fail; how an integration ends is told apart in
/// Cvode::advance.
void checked(int status, const char* call);

/// The same for calls that return a pointer.
template <class T>
T* checked(T* pointer, const char* call) {
  if (pointer == nullptr) checked(-1, call);
  return pointer;
}

}  // namespace poultice::solvers
