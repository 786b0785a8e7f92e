#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace poultice::solvers {

/// How one member of a sweep ended. The numbers stand in files and never change their meaning.
enum class MemberStatus : std::int8_t {
  ok = 0,
  integration_failed = 1,  ///< the equations could not be integrated, or the end did not balance
  refused = 2,             ///< the models cannot be put together with these values
  not_run = 3,             ///< its part of the sweep is missing
};

inline constexpr int n_member_statuses = 4;

/// "integration_failed"
[[nodiscard]] inline const char* word_of(MemberStatus status) {
  switch (status) {
    case MemberStatus::ok:
      return "ok";
    case MemberStatus::integration_failed:
      return "integration_failed";
    case MemberStatus::refused:
      return "refused";
    case MemberStatus::not_run:
      return "not_run";
  }
  return "";
}

}  // namespace poultice::solvers
