#pragma once

#include "solvers/record/hdf5_reader.hpp"  // IWYU pragma: export
#include "solvers/record/hdf5_writer.hpp"  // IWYU pragma: export
