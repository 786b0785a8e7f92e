#pragma once

#include <vector>

#include "core/system/term.hpp"

namespace poultice::solvers {

/// Sites that hold what is free beside them. `free` and `bound` are rows of one species in two neighbouring
/// cells: sites are a cell of their own, which hangs as a leaf on the cell of the free substance.
struct Binding {
  core::Index free, bound;
  core::LaneArray association;   ///< [1][lane], 1/s, of the free amount, while the sites are empty
  core::LaneArray dissociation;  ///< [1][lane], 1/s, of the bound amount
  core::LaneArray capacity;      ///< [1][lane], mol bound at most, positive
};

/// Binding to a limited number of sites: free -> bound at
/// association n_free (1 - n_bound / capacity) - dissociation n_bound.
/// Both slopes count as transfers, at rates that are not negative while 0 <= n_bound <= capacity: so the
/// elimination along the cells stays free of subtraction.
class SaturableBinding final : public core::NonlinearTerm {
 public:
  SaturableBinding(std::string name, std::vector<Binding> bindings);
  void add_rates(const double* time, core::LaneView controls, core::LaneView state,
                 core::LaneSpan rate) const override;
  void add_jacobian(const double* time, core::LaneView controls, core::LaneView state,
                    core::RateMatrix& matrix) const override;

 private:
  std::vector<Binding> bindings_;
  mutable core::LaneArray slopes_;  // [2]: a term is evaluated without allocating
};

}  // namespace poultice::solvers
