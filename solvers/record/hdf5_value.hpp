#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace poultice::solvers {

/// The kinds of attribute that every tool reads: no compounds, no HDF5 booleans.
using Hdf5Value = std::variant<std::string, double, std::int64_t, std::vector<int>>;

struct Hdf5Attribute {
  std::string name;
  Hdf5Value value;
};

using Hdf5Attributes = std::vector<Hdf5Attribute>;

}  // namespace poultice::solvers
