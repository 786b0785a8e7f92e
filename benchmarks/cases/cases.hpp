#pragma once

#include <string>
#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::benchmarks {

/// What is to be timed, as it was asked for.
struct Question {
  std::string problem;                   ///< "linear", "saturable", "chain"
  std::vector<std::string> methods;      ///< see time_methods
  std::vector<double> tolerances{1e-6};  ///< relative; the absolute one is a thousandth of it
  std::string reference;  ///< method at 1e-12 that errors are taken against; "": one that is fast
  core::Index n_members = 64, width = 32;
  core::Index n_cells = 140, n_species = 1;  ///< of "linear" and "chain"; of "chain"
  int rounds = 3;                            ///< in which all methods take turns
  double most_seconds = 1e9;                 ///< a method that takes longer for one round is not asked again
};

/// Prints a line of CSV for each method and tolerance: the median of its processor time per member, and its
/// worst error over members, times and watched amounts, relative to the dose. Methods:
///
/// - contour, rosenbrock, cvode: what solver.integrator calls so, with all that a run does;
/// - pade5, ros34pw2, rodas5p, bdf: a stepper alone, to compare tableaux;
/// - packaged: CVODE as it is packaged, member by member.
void time_methods(const Question& question);

/// Prints equations, events, outputs and our own answers of some members as JSON, for solvers in Python.
void export_problem(const std::string& problem, core::Index n_members, core::Index n_exported);

/// Prints a line of CSV: seconds to write the pieces of a sweep of `n_members` with 20 headlines and three
/// curves of 241 points into `folder`, to merge them uncompressed and compressed, to write the same bytes by
/// write() and fsync, and to run these members on one processor: on the wall and of the processor, medians of
/// rounds in turns.
void time_writing(const std::string& folder, core::Index n_members, int rounds);

}  // namespace poultice::benchmarks
