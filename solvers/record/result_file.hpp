#pragma once

#include <filesystem>

#include "solvers/run/result.hpp"

namespace poultice::solvers {

/// The layout of result files, as [major, minor]. A reader understands every minor of its own major and all
/// majors before; a new major is for what an old reader would misread.
inline constexpr int format_major = 1;
inline constexpr int format_minor = 0;
inline constexpr const char* result_filetype = "poultice-run";
inline constexpr const char* sweep_filetype = "poultice-sweep";  ///< see solvers/ensemble/sweep_file.hpp

/// Writes one run as an HDF5 file that netCDF tools open with labels. At the root:
///   time, time_profile and depth (or what the axes are called) as dimension scales, SI;
///   each probe over `time`, or over `time_profile` and its axis, and each headline as a scalar, with the
///   attributes units, display_units and long_name;
///   layer_of_cell over depth, as numbers whose meanings are attributes;
///   event_time and event_text over event: what the schedule did, where it did anything.
/// /provenance holds the scenario byte for byte, the resolved one, and every parameter with its source;
/// /solver what the integration took and how well it balanced. No name of a user, a host or a folder is
/// written unless it stands in the scenario.
///
/// Throws core::FileError; then nothing is left behind and a file that was there is untouched.
void write_result(const Result& result, const std::filesystem::path& file, bool overwrite);

/// Whether write_result may succeed, asked before a long run: the folder exists and may be written, the name
/// is free. Throws core::FileError where not.
void check_output(const std::filesystem::path& file, bool overwrite);

}  // namespace poultice::solvers
