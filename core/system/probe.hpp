#pragma once

#include <string>
#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::core {

/// A labelled axis of a profile, such as depth. Its positions may differ from lane to lane.
struct Axis {
  std::string name{};  ///< "depth"
  std::string unit{};  ///< SI
  std::string long_name{};
  LaneArray positions{};              ///< [point][lane]
  std::vector<std::string> labels{};  ///< what each point lies in: the layer; may be empty
  std::string label_name{};           ///< "layer"; "" without labels
};

/// A named linear function of the state or of its rate, with a unit. Gives its weights, so that it can be
/// taken of any vector in place of the state (a resolvent, a sensitivity).
struct Probe {
  struct Entry {
    Index point;  ///< 0 for a scalar
    Index row;
    Index weight;  ///< row of `weights`
  };
  std::string name{};          ///< short, snake_case, as in files and Python
  std::string unit{};          ///< SI, as stored
  std::string display_unit{};  ///< as people in the field read it
  std::string long_name{};
  std::string axis{};    ///< name of the Axis of a profile; "" for a scalar in time
  bool of_rate = false;  ///< weighs d(state)/dt instead of the state
  Index n_points = 1;
  std::vector<Entry> entries{};
  LaneArray weights{};  ///< [weight][lane]; entries weighed alike one after the other share one

  /// `weight` is [1][lane].
  void add(Index point, Index row, const LaneArray& weight);
  /// out [n_points][lane] = weights * vector, where vector [row][lane] is the state, or its rate if of_rate.
  void evaluate(LaneView vector, LaneSpan out) const;
};

/// A number that sums up a run: taken from the samples of a probe when the run is over.
struct Headline {
  enum class Reduction {
    last,
    maximum,
    time_of_maximum,
    minimum_after,  ///< smallest value from `from` on
    at,             ///< value at `from`
    mean_rate,      ///< (value at `to` - value at `from`) / (to - from), of a running total
    lag,            ///< where the steepest tangent of a running total meets zero
  };
  std::string name{};   ///< "plasma_concentration_max"
  std::string label{};  ///< "Cmax"
  std::string probe{};
  Reduction reduction = Reduction::last;
  std::vector<double> from{}, to{};  ///< [lane], s; empty where the reduction needs none
  std::string unit{};                ///< SI
  std::string display_unit{};
  std::string relative_to{};  ///< name of a running total of which tables also show the percentage; "" = none
};

}  // namespace poultice::core
