#pragma once

#include <sundials/sundials_nvector.h>

#include "core/system/lane_array.hpp"

namespace poultice::solvers {

/// An N_Vector over [row][lane]. Its weighted norm is the largest norm among the lanes, so that a step that
/// CVODE accepts for the block passes every member's own error test; at width 1 it is the usual norm. Free
/// with N_VDestroy.
[[nodiscard]] N_Vector make_lane_vector(core::Index rows, core::Index width, SUNContext context);

/// The doubles of such a vector.
[[nodiscard]] core::LaneSpan lanes_of(N_Vector vector);

/// Owns one.
class LaneVector {
 public:
  LaneVector(core::Index rows, core::Index width, SUNContext context)
      : vector_(make_lane_vector(rows, width, context)) {}
  ~LaneVector() { N_VDestroy(vector_); }
  LaneVector(const LaneVector&) = delete;
  LaneVector& operator=(const LaneVector&) = delete;
  [[nodiscard]] N_Vector get() const noexcept { return vector_; }
  [[nodiscard]] core::LaneSpan lanes() const { return lanes_of(vector_); }

 private:
  N_Vector vector_;
};

}  // namespace poultice::solvers
