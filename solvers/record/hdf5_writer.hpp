#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "solvers/record/atomic_file.hpp"
#include "solvers/record/chunk_deflater.hpp"
#include "solvers/record/hdf5_disk.hpp"
#include "solvers/record/hdf5_handle.hpp"
#include "solvers/record/hdf5_value.hpp"

namespace poultice::solvers {

/// Writes one HDF5 file that appears under its name whole or not at all. Every axis of every array has a
/// dimension scale, so that xarray and other netCDF tools open it with labels.
///
/// Names are paths from the root ("time", "solver/steps"); groups on the way are made. Axes are named by
/// their scales, which must exist; a name without a slash is looked for in the array's own group, then
/// in the groups above it. Values are row-major, the last axis fastest.
///
/// Every HDF5 status is checked. The first failure is kept: from then on each call, commit() too, throws
/// core::FileError, since HDF5 itself may report success when it closes a file on a full disk; failures of
/// the disk are noted below HDF5, see hdf5_disk.hpp.
class Hdf5Writer {
 public:
  /// Creates the temporary file. Throws core::FileError, see AtomicFile.
  explicit Hdf5Writer(std::string path, bool overwrite = false);
  /// Removes the temporary file unless commit() succeeded.
  ~Hdf5Writer();
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  void group(std::string_view path, const Hdf5Attributes& attributes = {});
  /// Adds an attribute to a group or array that exists; "/" is the root.
  void attribute(std::string_view object, const Hdf5Attribute& attribute);

  void scale(std::string_view name, std::span<const double> values, const Hdf5Attributes& attributes = {});
  void scale(std::string_view name, std::span<const std::int64_t> numbers,
             const Hdf5Attributes& attributes = {});
  void scale(std::string_view name, std::span<const std::string> labels,
             const Hdf5Attributes& attributes = {});

  /// An array whose shape is the lengths of `scales`. With `chunk` (one length per axis) it is cut into
  /// chunks, shuffled and deflated: worth it from about 100 kB on.
  void dataset(std::string_view name, std::span<const double> values, const std::vector<std::string>& scales,
               const Hdf5Attributes& attributes = {}, const std::vector<std::size_t>& chunk = {});
  void dataset(std::string_view name, std::span<const std::int8_t> values,
               const std::vector<std::string>& scales, const Hdf5Attributes& attributes = {},
               const std::vector<std::size_t>& chunk = {});
  void dataset(std::string_view name, std::span<const std::int64_t> values,
               const std::vector<std::string>& scales, const Hdf5Attributes& attributes = {},
               const std::vector<std::size_t>& chunk = {});
  /// Texts along one axis, UTF-8.
  void dataset(std::string_view name, std::span<const std::string> texts,
               const std::vector<std::string>& scales, const Hdf5Attributes& attributes = {});

  void scalar(std::string_view name, double value, const Hdf5Attributes& attributes = {});
  void scalar(std::string_view name, std::int64_t value, const Hdf5Attributes& attributes = {});
  /// A text of any length, UTF-8 without zero bytes, kept byte for byte.
  void scalar(std::string_view name, const std::string& text, const Hdf5Attributes& attributes = {});

  /// An array of numbers whose shape is the lengths of `scales`, to be filled row range by row range with
  /// rows(); what is never filled is undefined. With `chunk` and a `deflate` of 1 … 9 it is stored in chunks,
  /// shuffled and deflated.
  void stack(std::string_view name, const std::vector<std::string>& scales,
             const Hdf5Attributes& attributes = {}, const std::vector<std::size_t>& chunk = {},
             int deflate = 0);
  /// Fills rows of a stack, from `first` on: whole rows of the first axis.
  void rows(std::string_view name, std::size_t first, std::span<const double> values);

  /// Flushes, closes, forces to disk and gives the file its name. Throws core::FileError; then the temporary
  /// is gone and what stood under the name before is untouched. Nothing may be called afterwards.
  void commit();

 private:
  struct Array;
  struct Stack {
    Hdf5Handle dataset;
    std::size_t chunk_rows = 0;  ///< of the chunks that we pack ourselves; 0: HDF5 does it, or there are none
    ChunkDeflater* deflater = nullptr;
  };

  template <class Body>
  void step(std::string what, const Body& body);
  [[noreturn]] void fail(const std::string& why);
  template <class Status>
  Status checked(Status status);
  void require_disk();
  void finish(Hdf5Handle& handle);

  void make_groups(const std::vector<std::string>& parts, std::size_t count);
  void write(std::string_view name, const Array& array, const Hdf5Attributes& attributes, bool is_scale);
  void attach(hid_t dataset, const std::vector<std::string>& parts, const std::vector<std::string>& scales);
  Hdf5Handle make_text_type();
  Hdf5Handle storage(const std::vector<std::size_t>& chunk, const std::vector<hsize_t>& shape, int deflate);
  std::vector<hsize_t> shape_of(const std::vector<std::string>& parts,
                                const std::vector<std::string>& scales);
  Hdf5Handle find_scale(const std::vector<std::string>& parts, const std::string& name);
  hsize_t length_of(hid_t scale);
  void write_rows(hid_t dataset, const std::vector<hsize_t>& shape, std::size_t first,
                  std::span<const double> values);
  void write_chunk(const Stack& stack, const std::vector<hsize_t>& shape, std::size_t first,
                   std::span<const double> values);
  void write_attributes(hid_t object, const Hdf5Attributes& attributes);
  void write_attribute(hid_t object, const Hdf5Attribute& attribute);

  AtomicFile target_;
  std::unique_ptr<DiskErrors> disk_errors_ = std::make_unique<DiskErrors>();  ///< outlives file_
  Hdf5Handle file_;
  std::map<std::string, Stack, std::less<>> stacks_;  ///< by name, open until the end
  std::map<int, ChunkDeflater> deflaters_;            ///< by level
  std::string doing_;                                 ///< the step under way, for messages
  std::string failure_;  ///< the first failure, or what was under way when an exception passed through
};

}  // namespace poultice::solvers
