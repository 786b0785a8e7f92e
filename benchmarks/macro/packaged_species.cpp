#include "benchmarks/macro/packaged_species.hpp"

#include <algorithm>
#include <cmath>

#include <cvode/cvode.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>

namespace poultice::benchmarks {

using core::Index;
using solvers::checked;

struct PackagedSpecies::Callbacks {
  static void scatter(const PackagedSpecies& self, N_Vector from, core::LaneArray& to) {
    const double* y = N_VGetArrayPointer(from);
    for (std::size_t i = 0; i < self.row_of_.size(); ++i) to(self.row_of_[i], 0) = y[i];
  }
  static int rates(sunrealtype time, N_Vector state, N_Vector rate, void* user) {
    auto& self = *static_cast<PackagedSpecies*>(user);
    scatter(self, state, self.state_);
    self.system_.rates(time, self.state_.view(), self.rate_.span());
    double* r = N_VGetArrayPointer(rate);
    for (std::size_t i = 0; i < self.row_of_.size(); ++i) r[i] = self.rate_(self.row_of_[i], 0);
    return 0;
  }
  static int jacobian(sunrealtype time, N_Vector state, N_Vector, SUNMatrix J, void* user, N_Vector, N_Vector,
                      N_Vector) {
    auto& self = *static_cast<PackagedSpecies*>(user);
    scatter(self, state, self.state_);
    const auto& matrix = self.system_.jacobian(time, self.state_.view(), self.store_);
    self.for_entries(matrix, [&](Index row, Index column, double value) {
      const Index i = self.place_of_[static_cast<std::size_t>(row)];
      const Index j = self.place_of_[static_cast<std::size_t>(column)];
      // Couplings outside of the band are left to Newton's iteration, as users of band solvers do.
      if (i >= 0 && j >= 0 && std::abs(i - j) <= self.half_band_)
        SM_ELEMENT_B(J, static_cast<sunindextype>(i), static_cast<sunindextype>(j)) += value;
    });
    return 0;
  }
};

template <class Body>
void PackagedSpecies::for_entries(const core::RateMatrix& matrix, Body&& body) const {
  const auto& layout = system_.layout();
  const Index n_species = layout.n_species();
  for (Index row = 0; row < layout.n_cell_rows(); ++row) {
    const Index cell = layout.cell_of(row), parent = layout.graph().parent(cell);
    for (Index s = 0; s < n_species; ++s)
      body(row, layout.row(cell, s), matrix.local()(row * n_species + s, 0));
    if (parent < 0) continue;
    const Index above = layout.row(parent, layout.species_of(row));
    const double up = matrix.up()(row, 0), down = matrix.down()(row, 0);
    body(row, row, -up), body(above, row, up), body(row, above, down), body(above, above, -down);
  }
  for (std::size_t i = 0; i < matrix.couplings().size(); ++i)
    body(matrix.couplings()[i].row, matrix.couplings()[i].column,
         matrix.coupling_values()(static_cast<Index>(i), 0));
}

PackagedSpecies::PackagedSpecies(core::System& system)
    : system_(system), state_(system.n_rows(), 1), rate_(system.n_rows(), 1) {}

PackagedSpecies::~PackagedSpecies() {
  CVodeFree(&memory_);
  SUNLinSolFree(solver_);
  SUNMatDestroy(matrix_);
  N_VDestroy(vector_);
}

void PackagedSpecies::find_order() {
  const auto& layout = system_.layout();
  // A state at which every process runs shows which rows take part.
  core::LaneArray probe(layout.n_rows(), 1, 1e-9);
  std::vector<bool> takes_part(static_cast<std::size_t>(layout.n_rows()), false);
  const auto& matrix = system_.jacobian(0.0, probe.view(), store_);
  for_entries(matrix, [&](Index row, Index column, double value) {
    if (value != 0.0)
      takes_part[static_cast<std::size_t>(row)] = takes_part[static_cast<std::size_t>(column)] = true;
  });
  // Leaves (sites) directly before the cell that they hang on, chains in their order.
  std::vector<Index> key(static_cast<std::size_t>(layout.n_cells()));
  std::vector<bool> has_child(key.size(), false);
  for (Index cell = 0; cell < layout.n_cells(); ++cell)
    if (const Index parent = layout.graph().parent(cell); parent >= 0)
      has_child[static_cast<std::size_t>(parent)] = true;
  Index place = 0;
  std::vector<Index> depth(key.size(), 0);
  for (auto next = layout.graph().order().rbegin(); next != layout.graph().order().rend(); ++next) {
    const Index cell = *next, parent = layout.graph().parent(cell);
    depth[static_cast<std::size_t>(cell)] = parent < 0 ? 0 : depth[static_cast<std::size_t>(parent)] + 1;
  }
  std::vector<Index> cells(key.size());
  for (Index cell = 0; cell < layout.n_cells(); ++cell) {
    const auto c = static_cast<std::size_t>(cell);
    const bool is_site = !has_child[c] && depth[c] + 1 < *std::max_element(depth.begin(), depth.end());
    key[c] = 2 * (is_site ? depth[c] - 1 : depth[c]) + (is_site ? 1 : 0);
    cells[c] = cell;
  }
  std::stable_sort(cells.begin(), cells.end(), [&](Index a, Index b) {
    return key[static_cast<std::size_t>(a)] < key[static_cast<std::size_t>(b)];
  });
  place_of_.assign(takes_part.size(), -1);
  row_of_.clear();
  const auto take = [&](Index row) {
    if (!takes_part[static_cast<std::size_t>(row)]) return;
    place_of_[static_cast<std::size_t>(row)] = place++;
    row_of_.push_back(row);
  };
  for (const Index cell : cells)
    for (Index s = 0; s < layout.n_species(); ++s) take(layout.row(cell, s));
  for (Index row = layout.n_cell_rows(); row < layout.n_rows(); ++row) take(row);
  half_band_ = 0;
  for_entries(matrix, [&](Index row, Index column, double value) {
    if (value == 0.0 || !layout.is_cell(row) || !layout.is_cell(column)) return;
    half_band_ = std::max(half_band_, std::abs(place_of_[static_cast<std::size_t>(row)] -
                                               place_of_[static_cast<std::size_t>(column)]));
  });
}

void PackagedSpecies::start(double time, core::LaneView state, double stop, double relative,
                            double absolute) {
  if (memory_ != nullptr) {
    banked_steps_ = steps();
    CVodeFree(&memory_);
    SUNLinSolFree(solver_);
    SUNMatDestroy(matrix_);
    N_VDestroy(vector_);
  }
  find_order();
  const auto n = static_cast<sunindextype>(row_of_.size());
  const auto half = static_cast<sunindextype>(half_band_);
  std::copy_n(state.data(), state.size(), state_.span().data());
  vector_ = N_VNew_Serial(n, context_.get());
  for (std::size_t i = 0; i < row_of_.size(); ++i) N_VGetArrayPointer(vector_)[i] = state(row_of_[i], 0);
  matrix_ = SUNBandMatrix(n, half, half, context_.get());
  solver_ = SUNLinSol_Band(vector_, matrix_, context_.get());
  memory_ = CVodeCreate(CV_BDF, context_.get());
  checked(CVodeInit(memory_, Callbacks::rates, time, vector_), "CVodeInit");
  checked(CVodeSStolerances(memory_, relative, absolute), "CVodeSStolerances");
  checked(CVodeSetUserData(memory_, this), "CVodeSetUserData");
  checked(CVodeSetLinearSolver(memory_, solver_, matrix_), "CVodeSetLinearSolver");
  checked(CVodeSetJacFn(memory_, Callbacks::jacobian), "CVodeSetJacFn");
  checked(CVodeSetMaxNumSteps(memory_, 1'000'000), "CVodeSetMaxNumSteps");
  checked(CVodeSetStopTime(memory_, stop), "CVodeSetStopTime");
  time_ = time;
}

void PackagedSpecies::advance(double time, core::LaneSpan state) {
  if (time > time_) {
    sunrealtype reached = 0.0;
    checked(CVode(memory_, time, vector_, &reached, CV_NORMAL), "CVode");
    time_ = time;
  }
  const double* y = N_VGetArrayPointer(vector_);
  for (std::size_t i = 0; i < row_of_.size(); ++i) state(row_of_[i], 0) = y[i];
}

long PackagedSpecies::steps() const {
  long steps = 0;
  if (memory_ != nullptr) CVodeGetNumSteps(memory_, &steps);
  return banked_steps_ + steps;
}

}  // namespace poultice::benchmarks
