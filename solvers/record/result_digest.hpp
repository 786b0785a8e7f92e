#pragma once

#include <filesystem>
#include <string>

namespace poultice::solvers {

/// SHA-256, as 64 hexadecimal digits, of the numbers and texts of a result file: two files have the same
/// digest if and only if their arrays agree in every bit.
///
/// Hashed are the arrays at the root, in the order of their names, one after the other: the name and a zero
/// byte; the number of axes and the length of each; then the values, numbers as IEEE doubles (every NaN as
/// the same one), texts each preceded by its length. All counts and numbers are little-endian and take 8
/// bytes. Not hashed are attributes (times of day, versions, units, titles), /provenance and /solver: how a
/// result was come by, and by whom, does not change it.
///
/// Throws core::FileError where the file is not a result of this format.
[[nodiscard]] std::string digest(const std::filesystem::path& file);

}  // namespace poultice::solvers
