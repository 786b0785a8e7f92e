#include "core/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace poultice::core {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: a bug in Poultice: the promise `%s` was broken\n", file, line, condition);
  std::abort();
}

}  // namespace poultice::core
