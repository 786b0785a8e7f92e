#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "solvers/ensemble/plan.hpp"
#include "solvers/ensemble/rows.hpp"
#include "solvers/record/hdf5_writer.hpp"

namespace poultice::solvers {

/// One array of a sweep file with a row per member.
struct StackedArray {
  std::string name;
  core::Index n_values;             ///< of one member
  std::vector<std::string> scales;  ///< "run" first
  Hdf5Attributes attributes;
};

/// All arrays of numbers that members leave: headlines, curves, profiles, positions of profiles.
[[nodiscard]] std::vector<StackedArray> stacked_arrays(const Layout& layout);

/// The array of that number among the rows.
[[nodiscard]] const std::vector<double>& array_of(const Rows& rows, std::size_t number);

/// Writes results of members of one plan, stacked along `run`, whose labels are the numbers of the members
/// in the design. At the root: every column of the design as a coordinate; status(run), and where some
/// failed status_text(failed); headlines [run], curves [run][time], profiles [run][time_profile][cell] with
/// their positions [run][cell]. Numbers are SI.
class SweepFile {
 public:
  /// `members` in the order of the rows. `deflate` 0 … 9. Throws core::FileError, see Hdf5Writer.
  SweepFile(const std::string& path, const Plan& plan, std::span<const std::int64_t> members,
            const Hdf5Attributes& attributes, int deflate, bool overwrite);

  /// Rows of one array, from row `first` on.
  void put(const StackedArray& array, core::Index first, std::span<const double> values);
  /// How the members ended, all of them, and why.
  void put_status(std::span<const std::int8_t> status, const std::vector<std::int64_t>& failed,
                  const std::vector<std::string>& why);
  [[nodiscard]] Hdf5Writer& file() { return file_; }
  void commit() { file_.commit(); }

 private:
  void write_design(const core::Design& design, std::span<const std::int64_t> members);

  Hdf5Writer file_;
};

}  // namespace poultice::solvers
