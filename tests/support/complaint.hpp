#pragma once

#include <functional>
#include <string>

#include "core/base/error.hpp"

namespace poultice::testing {

/// The message of the FileError that `action` throws, or "done".
inline std::string complaint(const std::function<void()>& action) {
  try {
    action();
  } catch (const core::FileError& error) {
    return error.what();
  }
  return "done";
}

}  // namespace poultice::testing
