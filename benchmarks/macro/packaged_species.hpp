#pragma once

#include <vector>

#include <nvector/nvector_serial.h>
#include <sundials/sundials_linearsolver.h>
#include <sundials/sundials_matrix.h>

#include "core/system/system.hpp"
#include "solvers/sundials/context.hpp"

namespace poultice::benchmarks {

/// One member with several species and processes that are not linear, as a user of packaged SUNDIALS would
/// write it: N_VSerial, rows put cell by cell so that the band is as narrow as it can be, the band solver
/// with an analytic Jacobian, one CVODE instance. Rates and Jacobian are those of the System at width 1.
class PackagedSpecies {
 public:
  /// The system must outlive this.
  explicit PackagedSpecies(core::System& system);
  ~PackagedSpecies();
  PackagedSpecies(const PackagedSpecies&) = delete;
  PackagedSpecies& operator=(const PackagedSpecies&) = delete;

  void start(double time, core::LaneView state, double stop, double relative, double absolute);
  void advance(double time, core::LaneSpan state);
  [[nodiscard]] long steps() const;

 private:
  struct Callbacks;
  void find_order();
  template <class Body>
  void for_entries(const core::RateMatrix& matrix, Body&& body) const;

  core::System& system_;
  solvers::SundialsContext context_;
  std::vector<core::Index> row_of_;    // place in the vector -> row
  std::vector<core::Index> place_of_;  // row -> place; -1 where nothing ever happens
  core::LaneArray state_, rate_;
  core::RateMatrix store_;
  core::Index half_band_ = 0;
  N_Vector vector_ = nullptr;
  SUNMatrix matrix_ = nullptr;
  SUNLinearSolver solver_ = nullptr;
  void* memory_ = nullptr;
  double time_ = 0.0;
  long banked_steps_ = 0;
};

}  // namespace poultice::benchmarks
