#pragma once

/// What SUNDIALS 7 renamed, in one place: the rest of the code reads the same with 6.4 and 7.
#include <cvode/cvode.h>
#include <sundials/sundials_config.h>
#include <sundials/sundials_context.h>
#include <sundials/sundials_types.h>

namespace poultice::solvers {

inline int create_sundials_context(SUNContext* context) {
#if SUNDIALS_VERSION_MAJOR >= 7
  return SUNContext_Create(SUN_COMM_NULL, context);
#else
  return SUNContext_Create(nullptr, context);
#endif
}

#if SUNDIALS_VERSION_MAJOR >= 7
using SunBool = sunbooleantype;
#else
using SunBool = booleantype;
#endif

/// Keeps SUNDIALS from printing: what went wrong is told by our own exceptions.
inline int silence_sundials(SUNContext context, void* cvode) {
#if SUNDIALS_VERSION_MAJOR >= 7
  static_cast<void>(cvode);
  return SUNContext_ClearErrHandlers(context);
#else
  static_cast<void>(context);
  return CVodeSetErrHandlerFn(
      cvode, [](int, const char*, const char*, char*, void*) {}, nullptr);
#endif
}

}  // namespace poultice::solvers
