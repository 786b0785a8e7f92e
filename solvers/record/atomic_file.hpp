#pragma once

#include <string>

namespace poultice::solvers {

/// A file that appears under its name whole or not at all: it is written under a temporary name in the
/// same directory and moved when done. The temporary is removed unless committed.
class AtomicFile {
 public:
  /// Chooses the temporary name; creates nothing. Throws core::FileError where the directory does not exist
  /// or may not be written, or where `path` exists and may not be overwritten.
  AtomicFile(std::string path, bool overwrite);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// The final name as the user gave it.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// "<path>.part-<pid>-<random>", absolute, so that it survives a change of directory.
  [[nodiscard]] const std::string& temporary() const noexcept { return temporary_; }

  /// Forces the closed temporary to disk and gives it the final name, then forces the directory to disk.
  /// Throws core::FileError; then nothing is left behind and an existing file is untouched.
  void commit();

  /// Removes the temporary, if there is one.
  void discard() noexcept;

 private:
  void refuse_existing() const;

  std::string path_, final_, temporary_;
  bool overwrite_;
  bool done_ = false;
};

}  // namespace poultice::solvers
