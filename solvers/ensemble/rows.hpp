#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "solvers/ensemble/layout.hpp"
#include "solvers/ensemble/member_status.hpp"

namespace poultice::solvers {

/// What some members left, one row each, laid out as files hold it: the member slowest. NaN where a member
/// failed or has no such number.
struct Rows {
  std::vector<std::int64_t> members;
  std::vector<std::int8_t> status;             ///< a MemberStatus
  std::vector<std::string> status_text;        ///< why a member failed; "" of others
  std::vector<std::vector<double>> headlines;  ///< [headline][row]
  std::vector<std::vector<double>> curves;     ///< [curve][row * n_times + time]
  std::vector<std::vector<double>> profiles;   ///< [profile][(row * n_times + time) * n_points + point]
  std::vector<std::vector<double>> positions;  ///< [axis][row * n_points + point]
  double seconds = 0.0;                        ///< of one processor
  long steps = 0;

  Rows() = default;
  /// `n` members that have not been run.
  Rows(const Layout& layout, core::Index n);

  [[nodiscard]] core::Index size() const { return static_cast<core::Index>(members.size()); }
  [[nodiscard]] core::Index n_failed() const;
  /// Adds `count` rows of `more`, from `first` on; not what they took.
  void append(const Rows& more, core::Index first, core::Index count);
  /// Adds all of `more`, and what it took.
  void append(const Rows& more);
};

}  // namespace poultice::solvers
