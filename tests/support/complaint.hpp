#pragma once

#include <functional>
#include <string>

#include "core/base/error.hpp"

namespace poultice::testing {

/// The message of the error that `action` throws, or "done".
template <class Error = core::FileError>
std::string complaint(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "done";
}

}  // namespace poultice::testing
