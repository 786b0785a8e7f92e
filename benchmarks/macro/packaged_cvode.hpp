#pragma once

#include <vector>

#include "core/system/system.hpp"

namespace poultice::benchmarks {

/// One member of a linear system as a user of packaged SUNDIALS would write it: plain vectors, N_VSerial, the
/// band solver of half-bandwidth one, one CVODE instance. The equations are those of one lane of a System.
class PackagedMember {
 public:
  /// Reads the coefficients that hold now in one lane of `system`, whose cells must be one chain.
  PackagedMember(const core::System& system, core::Index lane);

  /// Integrates from `state` at `begin` [s] to the last of `times` [s] and puts the state at each of them
  /// into `samples` (time by time). Returns the number of steps. `absolute` [mol] holds for every row.
  long integrate(std::vector<double>& state, double begin, const std::vector<double>& times, double relative,
                 double absolute, std::vector<double>& samples) const;

 private:
  struct Coupling {
    std::size_t row, column;
    double rate;
  };
  std::size_t n_cells_, n_rows_;
  std::vector<double> up_, down_, local_;
  std::vector<Coupling> couplings_;
  friend struct PackagedCallbacks;
};

}  // namespace poultice::benchmarks
