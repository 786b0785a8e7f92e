#pragma once

#include <hdf5.h>

namespace poultice::solvers {

/// The first errno of opening, writing, cutting or closing a file; 0 while all went well.
struct DiskErrors {
  int first = 0;
};

/// Makes files opened with `access` use a driver of ours that notes failing writes in `errors` and hides them
/// from HDF5. HDF5 1.10 crashes at exit when a close has failed, and reports success for some that lost data;
/// so it is told that all is well, and whoever owns `errors` looks there, last after the file was closed.
/// `errors` must outlive the file. Negative on failure. For writing one new file only: no locking.
[[nodiscard]] herr_t use_noting_disk(hid_t access, DiskErrors& errors);

}  // namespace poultice::solvers
