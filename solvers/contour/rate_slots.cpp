#include "solvers/contour/rate_slots.hpp"

#include <numeric>

namespace poultice::solvers {

using core::Index;

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// Calls body(row of the child, row of the parent) for every face and species.
template <class Body>
void for_faces(const core::StateLayout& layout, Body&& body) {
  const Index n = layout.n_species();
  for (Index cell = 0; cell < layout.n_cells(); ++cell) {
    const Index parent = layout.graph().parent(cell);
    if (parent < 0) continue;
    for (Index s = 0; s < n; ++s) body(at(cell * n + s), at(parent * n + s));
  }
}

/// Calls body(slot, row, column) for every entry within a cell.
template <class Body>
void for_local(const core::StateLayout& layout, Body&& body) {
  const Index n = layout.n_species();
  for (Index row = 0; row < layout.n_cell_rows(); ++row)
    for (Index s = 0; s < n; ++s) body(at(row * n + s), at(row), at(row - row % n + s));
}

}  // namespace

RateSlots::RateSlots(const core::RateMatrix& pattern)
    : up(at(pattern.up().rows())),
      down(at(pattern.down().rows())),
      local(at(pattern.local().rows())),
      couplings(pattern.couplings().size()) {}

RateSlots rates_of(const core::RateMatrix& matrix, Index lane) {
  RateSlots rates(matrix);
  const auto take = [&](const core::LaneArray& from, std::vector<double>& to) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = from(static_cast<Index>(i), lane);
  };
  take(matrix.up(), rates.up);
  take(matrix.down(), rates.down);
  take(matrix.local(), rates.local);
  take(matrix.coupling_values(), rates.couplings);
  return rates;
}

void multiply_add(const core::RateMatrix& pattern, const RateSlots& slots, const ComplexVector& x,
                  ComplexVector& to) {
  for_faces(pattern.layout(), [&](std::size_t child, std::size_t parent) {
    const auto moved = slots.up[child] * x[child] - slots.down[child] * x[parent];
    to[child] -= moved;
    to[parent] += moved;
  });
  for_local(pattern.layout(), [&](std::size_t slot, std::size_t row, std::size_t column) {
    to[row] += slots.local[slot] * x[column];
  });
  for (std::size_t i = 0; i < slots.couplings.size(); ++i)
    to[at(pattern.couplings()[i].row)] += slots.couplings[i] * x[at(pattern.couplings()[i].column)];
}

void add_products(const core::RateMatrix& pattern, const ComplexVector& q, const ComplexVector& x,
                  std::complex<double> weight, RateSlots& slots) {
  for_faces(pattern.layout(), [&](std::size_t child, std::size_t parent) {
    const auto up_there = weight * (q[parent] - q[child]);
    slots.up[child] += (up_there * x[child]).real();
    slots.down[child] -= (up_there * x[parent]).real();
  });
  for_local(pattern.layout(), [&](std::size_t slot, std::size_t row, std::size_t column) {
    slots.local[slot] += (weight * q[row] * x[column]).real();
  });
  for (std::size_t i = 0; i < slots.couplings.size(); ++i)
    slots.couplings[i] +=
        (weight * q[at(pattern.couplings()[i].row)] * x[at(pattern.couplings()[i].column)]).real();
}

double dot(const RateSlots& a, const RateSlots& b) {
  const auto sum = [](const std::vector<double>& x, const std::vector<double>& y) {
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
  };
  return sum(a.up, b.up) + sum(a.down, b.down) + sum(a.local, b.local) + sum(a.couplings, b.couplings);
}

}  // namespace poultice::solvers
