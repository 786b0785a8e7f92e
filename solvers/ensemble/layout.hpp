#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "solvers/run/block.hpp"

namespace poultice::solvers {

/// What a sweep keeps of every member: the numbers that sum it up, and the curves and profiles asked for at
/// times of their own. The same for all members, so that their results can be stacked; a member that has no
/// such probe, or ends earlier, leaves NaN there.
struct Layout {
  struct Headline {
    std::string name{}, label{}, probe{}, long_name{}, unit{}, display_unit{}, relative_to{};
  };
  struct Curve {
    std::string name, long_name, unit, display_unit;
    std::string axis{};  ///< of a profile
  };
  struct Axis {
    std::string name, long_name, unit;
    core::Index n_points = 0;  ///< the most that any member has
  };

  std::vector<Headline> headlines;
  std::vector<Curve> curves, profiles;
  std::vector<Axis> axes;                    ///< of the profiles
  std::vector<double> times, profile_times;  ///< [s]

  /// Takes in what the block has and the layout has not yet, among it the probes of these names.
  void add(const Block& block, const std::vector<std::string>& curve_names,
           const std::vector<std::string>& profile_names);
  [[nodiscard]] const Axis* find_axis(std::string_view name) const;
  /// Numbers that one member leaves.
  [[nodiscard]] core::Index n_values() const;
};

/// Multiples of `step` [s] up to `end`, and `end`.
[[nodiscard]] std::vector<double> time_grid(double step, double end);

/// Where each of `times` lies in `samples`, but for rounding; -1 where there is no sample.
[[nodiscard]] std::vector<core::Index> positions_of(const std::vector<double>& times,
                                                    const std::vector<double>& samples);

}  // namespace poultice::solvers
