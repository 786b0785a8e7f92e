#include "benchmarks/macro/packaged_cvode.hpp"

#include <algorithm>

#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>

#include "solvers/sundials/context.hpp"

namespace poultice::benchmarks {

using core::Index;
using solvers::checked;

struct PackagedCallbacks {
  static int rates(sunrealtype, N_Vector state, N_Vector rate, void* user) {
    const auto& m = *static_cast<const PackagedMember*>(user);
    const double* y = N_VGetArrayPointer(state);
    double* r = N_VGetArrayPointer(rate);
    std::fill_n(r, m.n_rows_, 0.0);
    for (std::size_t i = 0; i < m.n_cells_; ++i) r[i] = m.local_[i] * y[i];
    for (std::size_t i = 0; i + 1 < m.n_cells_; ++i) {
      const double moved = m.up_[i] * y[i] - m.down_[i] * y[i + 1];
      r[i] -= moved;
      r[i + 1] += moved;
    }
    for (const auto& c : m.couplings_) r[c.row] += c.rate * y[c.column];
    return 0;
  }

  static int jacobian(sunrealtype, N_Vector, N_Vector, SUNMatrix J, void* user, N_Vector, N_Vector,
                      N_Vector) {
    const auto& m = *static_cast<const PackagedMember*>(user);
    for (std::size_t i = 0; i < m.n_cells_; ++i) {
      const auto c = static_cast<sunindextype>(i);
      double diagonal = m.local_[i];
      if (i + 1 < m.n_cells_) {
        diagonal -= m.up_[i];
        SM_ELEMENT_B(J, c + 1, c) = m.up_[i];
        SM_ELEMENT_B(J, c, c + 1) = m.down_[i];
      }
      if (i > 0) diagonal -= m.down_[i - 1];
      SM_ELEMENT_B(J, c, c) = diagonal;
    }
    // Couplings outside of the band are left to the Newton iteration, as users of band solvers do.
    for (const auto& c : m.couplings_)
      if (c.row + 1 >= c.column && c.column + 1 >= c.row)
        SM_ELEMENT_B(J, static_cast<sunindextype>(c.row), static_cast<sunindextype>(c.column)) += c.rate;
    return 0;
  }
};

PackagedMember::PackagedMember(const core::System& system, Index lane)
    : n_cells_(static_cast<std::size_t>(system.layout().n_cells())),
      n_rows_(static_cast<std::size_t>(system.n_rows())) {
  const auto& matrix = system.matrix();
  for (Index i = 0; i < system.layout().n_cells(); ++i) {
    up_.push_back(matrix.up()(i, lane));
    down_.push_back(matrix.down()(i, lane));
    local_.push_back(matrix.local()(i, lane));
  }
  for (std::size_t i = 0; i < matrix.couplings().size(); ++i)
    couplings_.push_back({static_cast<std::size_t>(matrix.couplings()[i].row),
                          static_cast<std::size_t>(matrix.couplings()[i].column),
                          matrix.coupling_values()(static_cast<Index>(i), lane)});
}

long PackagedMember::integrate(std::vector<double>& state, double begin, const std::vector<double>& times,
                               double relative, double absolute, std::vector<double>& samples) const {
  const solvers::SundialsContext context;
  const auto n = static_cast<sunindextype>(n_rows_);
  N_Vector y = N_VMake_Serial(n, state.data(), context.get());
  SUNMatrix A = SUNBandMatrix(n, 1, 1, context.get());
  SUNLinearSolver solver = SUNLinSol_Band(y, A, context.get());
  void* memory = CVodeCreate(CV_BDF, context.get());
  checked(CVodeInit(memory, PackagedCallbacks::rates, begin, y), "CVodeInit");
  checked(CVodeSStolerances(memory, relative, absolute), "CVodeSStolerances");
  checked(CVodeSetUserData(memory, const_cast<PackagedMember*>(this)), "CVodeSetUserData");
  checked(CVodeSetLinearSolver(memory, solver, A), "CVodeSetLinearSolver");
  checked(CVodeSetJacFn(memory, PackagedCallbacks::jacobian), "CVodeSetJacFn");
  checked(CVodeSetMaxNumSteps(memory, 1'000'000), "CVodeSetMaxNumSteps");
  checked(CVodeSetStopTime(memory, times.back()), "CVodeSetStopTime");
  for (const double time : times) {
    sunrealtype reached = 0.0;
    checked(CVode(memory, time, y, &reached, CV_NORMAL), "CVode");
    samples.insert(samples.end(), state.begin(), state.end());
  }
  long steps = 0;
  CVodeGetNumSteps(memory, &steps);
  CVodeFree(&memory);
  SUNLinSolFree(solver);
  SUNMatDestroy(A);
  N_VDestroy(y);
  return steps;
}

}  // namespace poultice::benchmarks
