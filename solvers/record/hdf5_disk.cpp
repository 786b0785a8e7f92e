#include "solvers/record/hdf5_disk.hpp"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <limits>
#include <new>
#include <tuple>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace poultice::solvers {
namespace {

/// What H5Pset_driver carries to open_file; HDF5 copies it byte by byte.
struct Info {
  DiskErrors* errors;
};

/// HDF5's own part comes first, so that the pointers convert.
struct DiskFile {
  H5FD_t base;
  DiskErrors* errors;
  int descriptor;
  haddr_t end_of_allocation;
  haddr_t end_of_file;  ///< as HDF5 believes it, failed writes included
  dev_t device;
  ino_t inode;

  void note(int error) const {
    if (errors->first == 0) errors->first = error;
  }
};

DiskFile& disk(H5FD_t* file) { return *reinterpret_cast<DiskFile*>(file); }
const DiskFile& disk(const H5FD_t* file) { return *reinterpret_cast<const DiskFile*>(file); }

constexpr haddr_t max_address = static_cast<haddr_t>(std::numeric_limits<off_t>::max());

H5FD_t* open_file(const char* name, unsigned flags, hid_t access, haddr_t) {
  const auto* info = static_cast<const Info*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  int mode = (flags & H5F_ACC_RDWR) != 0 ? O_RDWR : O_RDONLY;
  if ((flags & H5F_ACC_TRUNC) != 0) mode |= O_TRUNC;
  if ((flags & H5F_ACC_CREAT) != 0) mode |= O_CREAT;
  if ((flags & H5F_ACC_EXCL) != 0) mode |= O_EXCL;
  const int descriptor = ::open(name, mode | O_CLOEXEC, 0666);
  struct stat found {};
  if (descriptor < 0 || ::fstat(descriptor, &found) != 0) {
    info->errors->first = errno;
    if (descriptor >= 0) ::close(descriptor);
    return nullptr;
  }
  info->errors->first = 0;  // H5Fcreate first tries to open what is not there yet
  auto* file = new (std::nothrow) DiskFile{
      {}, info->errors, descriptor, 0, static_cast<haddr_t>(found.st_size), found.st_dev, found.st_ino};
  if (file == nullptr) ::close(descriptor);
  return reinterpret_cast<H5FD_t*>(file);
}

herr_t close_file(H5FD_t* file) {
  auto* own = &disk(file);
  if (::close(own->descriptor) != 0) own->note(errno);  // network file systems report lost writes here
  delete own;
  return 0;
}

int compare(const H5FD_t* a, const H5FD_t* b) {
  const auto left = std::tie(disk(a).device, disk(a).inode), right = std::tie(disk(b).device, disk(b).inode);
  return left < right ? -1 : right < left ? 1 : 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA;
#ifdef H5FD_FEAT_DEFAULT_VFD_COMPATIBLE
  *flags |= H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
#endif
  return 0;
}

haddr_t end_of_allocation(const H5FD_t* file, H5FD_mem_t) { return disk(file).end_of_allocation; }

herr_t set_end_of_allocation(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  disk(file).end_of_allocation = address;
  return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t) { return disk(file).end_of_file; }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
  auto* at = static_cast<char*>(buffer);
  while (size > 0) {
    const auto n = ::pread(disk(file).descriptor, at, size, static_cast<off_t>(address));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) {  // behind the end: HDF5 expects zeros
      std::memset(at, 0, size);
      return 0;
    }
    at += n;
    address += static_cast<haddr_t>(n);
    size -= static_cast<std::size_t>(n);
  }
  return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer) {
  auto& own = disk(file);
  own.end_of_file = std::max(own.end_of_file, address + size);
  const auto* at = static_cast<const char*>(buffer);
  while (size > 0 && own.errors->first == 0) {
    const auto n = ::pwrite(own.descriptor, at, size, static_cast<off_t>(address));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      own.note(n < 0 ? errno : EIO);
      break;
    }
    at += n;
    address += static_cast<haddr_t>(n);
    size -= static_cast<std::size_t>(n);
  }
  return 0;
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
  auto& own = disk(file);
  if (own.end_of_file == own.end_of_allocation) return 0;
  if (own.errors->first == 0 && ::ftruncate(own.descriptor, static_cast<off_t>(own.end_of_allocation)) != 0)
    own.note(errno);
  own.end_of_file = own.end_of_allocation;
  return 0;
}

H5FD_class_t make_class() {
  H5FD_class_t driver{};
#if H5_VERSION_GE(1, 13, 0)
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(H5_VFD_RESERVED + 77);  // any number that HDF5 leaves free
#endif
  driver.name = "poultice-noting-disk";
  driver.maxaddr = max_address;
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.fapl_size = sizeof(Info);
  driver.open = open_file;
  driver.close = close_file;
  driver.cmp = compare;
  driver.query = query;
  driver.get_eoa = end_of_allocation;
  driver.set_eoa = set_end_of_allocation;
  driver.get_eof = end_of_file;
  driver.read = read;
  driver.write = write;
  driver.truncate = truncate;
  constexpr H5FD_mem_t types[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(types), std::end(types), driver.fl_map);
  return driver;
}

}  // namespace

herr_t use_noting_disk(hid_t access, DiskErrors& errors) {
  static const H5FD_class_t driver = make_class();
  static hid_t registered = H5I_INVALID_HID;
  if (registered < 0 || H5Iis_valid(registered) <= 0) registered = H5FDregister(&driver);
  const Info info{&errors};
  return registered < 0 ? -1 : H5Pset_driver(access, registered, &info);
}

}  // namespace poultice::solvers
