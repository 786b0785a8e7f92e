#pragma once

#include <string>
#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::benchmarks {

/// A drug that crosses a chain of cells while each species turns into the next, as metabolites do. Amounts
/// are of a dose of one, all of it in the first cell at the beginning. Lengths and times are such that the
/// slowest mode decays once or so.
///
/// Runs members in blocks of `width` by "contour", "rosenbrock", "cvode" or "rodas5p", looking at all species
/// 240 times; gives what is where, member by member, time by time, species by species.
[[nodiscard]] std::vector<double> run_species_chain(const std::string& method, core::Index n_members,
                                                    core::Index width, core::Index n_cells,
                                                    core::Index n_species, double relative_tolerance);

}  // namespace poultice::benchmarks
