#include "solvers/record/hdf5_handle.hpp"

namespace poultice::solvers {
namespace {

std::mutex& hdf5_mutex() {
  static std::mutex& mutex = *new std::mutex;  // outlives everything that may still write at exit
  return mutex;
}

struct Messages {
  std::string outer, inner;
};

herr_t collect(unsigned, const H5E_error2_t* entry, void* data) noexcept {
  auto& messages = *static_cast<Messages*>(data);
  const char* text = entry->desc != nullptr ? entry->desc : "";
  if (messages.outer.empty()) messages.outer = text;
  messages.inner = text;
  return 0;
}

}  // namespace

Hdf5Lock::Hdf5Lock() : guard_(hdf5_mutex()) {
  H5Eget_auto2(H5E_DEFAULT, &print_, &print_data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5Lock::~Hdf5Lock() { H5Eset_auto2(H5E_DEFAULT, print_, print_data_); }

std::string hdf5_error_text() {
  Messages messages;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, collect, &messages);
  if (messages.inner.empty() || messages.inner == messages.outer) return messages.outer;
  return messages.outer + "; " + messages.inner;
}

}  // namespace poultice::solvers
