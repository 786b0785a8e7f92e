#include "solvers/sundials/context.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace poultice::solvers {

void checked(int status, const char* call) {
  if (status < 0) throw std::logic_error(fmt::format("SUNDIALS: {} returned {}", call, status));
}

SundialsContext::SundialsContext() { checked(create_sundials_context(&context_), "SUNContext_Create"); }

SundialsContext::~SundialsContext() { SUNContext_Free(&context_); }

}  // namespace poultice::solvers
