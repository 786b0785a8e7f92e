#pragma once

#include <string>

namespace poultice::bindings {

/// What a batch script for Slurm is made of.
struct SbatchScript {
  std::string folder;  ///< absolute
  std::string name;    ///< of the job
  std::string tasks;   ///< "0-127" or "3,7"
  std::string time = "01:00:00", account{}, partition{};
  int cpus = 1;
  int at_once = 0;  ///< tasks; 0: as many as the cluster likes

  [[nodiscard]] std::string text() const;
};

}  // namespace poultice::bindings
