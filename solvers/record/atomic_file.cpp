#include "solvers/record/atomic_file.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <random>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.hpp"

namespace poultice::solvers {
namespace {

namespace fs = std::filesystem;

/// fsync by name; returns 0 or errno. Some file systems cannot sync a directory and say EINVAL: no error.
int sync_to_disk(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int error = ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
  ::close(descriptor);
  return error;
}

std::uint64_t random_number() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

AtomicFile::AtomicFile(std::string path, bool overwrite) : path_(std::move(path)), overwrite_(overwrite) {
  if (path_.empty()) throw core::FileError("(no name)", "a file needs a name", "name the output file");
  final_ = fs::absolute(path_).string();
  const auto directory = fs::path(final_).parent_path().string();
  struct stat found {};
  if (::stat(directory.c_str(), &found) != 0)
    throw core::FileError(
        path_, fmt::format("its directory cannot be used: {}", std::strerror(errno)),
        fmt::format("create the directory first: mkdir -p \"{}\"", fs::path(path_).parent_path().string()));
  if (!S_ISDIR(found.st_mode))
    throw core::FileError(path_,
                          fmt::format("\"{}\" is not a directory", fs::path(path_).parent_path().string()),
                          "choose another name");
  if (::access(directory.c_str(), W_OK | X_OK) != 0)
    throw core::FileError(path_, fmt::format("its directory may not be written: {}", std::strerror(errno)),
                          "write to a directory of your own");
  if (fs::is_directory(final_)) throw core::FileError(path_, "this is a directory", "name a file");
  if (fs::exists(final_) && !fs::is_regular_file(final_))
    throw core::FileError(path_, "this is a device or a pipe, not a file", "choose another name");
  refuse_existing();
  temporary_ = fmt::format("{}.part-{}-{:016x}", final_, ::getpid(), random_number());
}

AtomicFile::~AtomicFile() { discard(); }

void AtomicFile::discard() noexcept {
  if (done_ || temporary_.empty()) return;
  ::unlink(temporary_.c_str());
  done_ = true;
}

void AtomicFile::refuse_existing() const {
  struct stat found {};
  if (!overwrite_ && ::lstat(final_.c_str(), &found) == 0)
    throw core::FileError(path_, "this file exists already",
                          "choose another name, or say that it may be overwritten (--force)");
}

void AtomicFile::commit() {
  const auto fail = [this](const char* step, int error) {
    discard();
    throw core::FileError(path_, fmt::format("{}: {}", step, std::strerror(error)),
                          "check the free space and the health of the disk; nothing was written");
  };
  if (const int error = sync_to_disk(temporary_); error != 0) fail("the data did not reach the disk", error);
  if (overwrite_) {
    if (::rename(temporary_.c_str(), final_.c_str()) != 0)
      fail("the file could not be given its name", errno);
  } else if (::link(temporary_.c_str(), final_.c_str()) == 0) {
    // link, unlike rename, refuses a name that another process has taken meanwhile.
    ::unlink(temporary_.c_str());
  } else if (const int error = errno; error == EEXIST) {
    discard();
    refuse_existing();
    fail("the file could not be given its name", error);
  } else if (error == EPERM || error == EOPNOTSUPP || error == ENOSYS || error == EMLINK) {
    // File systems without hard links: the name is checked just before, which leaves a tiny gap.
    try {
      refuse_existing();
    } catch (const core::FileError&) {
      discard();
      throw;
    }
    if (::rename(temporary_.c_str(), final_.c_str()) != 0)
      fail("the file could not be given its name", errno);
  } else {
    fail("the file could not be given its name", error);
  }
  done_ = true;
  if (const int error = sync_to_disk(fs::path(final_).parent_path().string()); error != 0)
    throw core::FileError(path_,
                          fmt::format("the file is written, but its directory did not reach the disk: {}",
                                      std::strerror(error)),
                          "check the health of the disk before trusting the file after a power cut");
}

}  // namespace poultice::solvers
