#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "solvers/record/hdf5_handle.hpp"
#include "solvers/record/hdf5_value.hpp"

namespace poultice::solvers {

/// One array found in a file.
struct Hdf5Dataset {
  enum class Kind { real, integer, text, other };
  std::string path;                ///< from the root: "/solver/steps"
  std::vector<std::size_t> shape;  ///< empty for a scalar
  Kind kind;
};

/// Reads an HDF5 file as data from a stranger: links and storage outside the file, virtual arrays and
/// filters other than deflate, shuffle and Fletcher-32 are refused when it is opened, before any array
/// is read. Numbers of every width are converted; arrays are row-major. Errors are core::FileError.
class Hdf5Reader {
 public:
  explicit Hdf5Reader(std::string path);
  ~Hdf5Reader();
  Hdf5Reader(const Hdf5Reader&) = delete;
  Hdf5Reader& operator=(const Hdf5Reader&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  /// All arrays, sorted by path; and all groups below the root.
  [[nodiscard]] const std::vector<Hdf5Dataset>& datasets() const noexcept { return datasets_; }
  [[nodiscard]] const std::vector<std::string>& groups() const noexcept { return groups_; }

  [[nodiscard]] bool has(std::string_view dataset) const;
  /// The array of this path, with or without the leading slash.
  [[nodiscard]] const Hdf5Dataset& at(std::string_view dataset) const;
  /// Path of the scale of each axis, "" where there is none.
  [[nodiscard]] std::vector<std::string> axes(std::string_view dataset) const;

  [[nodiscard]] std::vector<double> reals(std::string_view dataset) const;
  /// `count` rows of the first axis, from `first` on: for arrays that are too large to be read at once.
  [[nodiscard]] std::vector<double> rows(std::string_view dataset, std::size_t first,
                                         std::size_t count) const;
  [[nodiscard]] std::vector<std::int64_t> integers(std::string_view dataset) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view dataset) const;
  /// The only value of an array that holds one.
  [[nodiscard]] double real(std::string_view dataset) const;
  [[nodiscard]] std::string text(std::string_view dataset) const;

  /// Names in alphabetical order, without HDF5's own bookkeeping of scales. "/" is the root.
  [[nodiscard]] std::vector<std::string> attribute_names(std::string_view object) const;
  [[nodiscard]] bool has_attribute(std::string_view object, std::string_view name) const;
  [[nodiscard]] Hdf5Value attribute(std::string_view object, std::string_view name) const;

 private:
  [[noreturn]] void fail(const std::string& why, const std::string& hint = "") const;
  template <class Status>
  Status checked(Status status, std::string_view doing) const;

  void walk(const std::string& group, int depth);
  void visit(const std::string& path, int depth);
  Hdf5Dataset inspect(hid_t dataset, const std::string& path) const;
  void require_harmless(hid_t dataset, const std::string& path) const;
  Hdf5Handle open(std::string_view object) const;
  void require_numbers(std::string_view dataset) const;
  template <class Number>
  std::vector<Number> numbers(std::string_view dataset, hid_t type) const;

  std::string path_;
  Hdf5Handle file_;
  std::vector<Hdf5Dataset> datasets_;
  std::vector<std::string> groups_;
};

}  // namespace poultice::solvers
