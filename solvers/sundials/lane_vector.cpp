#include "solvers/sundials/lane_vector.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/system/lane_loop.hpp"
#include "solvers/sundials/context.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;

namespace {

/// The doubles of a vector, and one row of scratch for norms by lane.
struct Content {
  LaneArray values, scratch;
};

Content& content(N_Vector v) { return *static_cast<Content*>(v->content); }
double* data(N_Vector v) { return content(v).values.span().data(); }
Index size(N_Vector v) { return content(v).values.view().size(); }

N_Vector_ID identify(N_Vector) { return SUNDIALS_NVEC_CUSTOM; }
sunindextype length(N_Vector v) { return static_cast<sunindextype>(size(v)); }
sunrealtype* array_pointer(N_Vector v) { return data(v); }
void space(N_Vector v, sunindextype* reals, sunindextype* integers) {
  *reals = length(v);
  *integers = 2;
}

N_Vector clone(N_Vector v) {
  N_Vector copy = N_VNewEmpty(v->sunctx);
  if (copy == nullptr || N_VCopyOps(v, copy) != 0) return nullptr;
  const auto& values = content(v).values;
  // SUNDIALS is C: no exception may pass through it, and it takes null for "no memory left".
  try {
    copy->content = new Content{LaneArray(values.rows(), values.width()), LaneArray(1, values.width())};
  } catch (...) {
    N_VFreeEmpty(copy);
    return nullptr;
  }
  return copy;
}

void destroy(N_Vector v) {
  if (v == nullptr) return;
  delete static_cast<Content*>(v->content);
  v->content = nullptr;
  N_VFreeEmpty(v);
}

/// z[i] = f(i) for all doubles.
template <class F>
void each(N_Vector z, F&& f) {
  double* out = data(z);
  const Index n = size(z);
  core::for_lanes(n, [&](Index i) { out[i] = f(i); });
}

void linear_sum(sunrealtype a, N_Vector x, sunrealtype b, N_Vector y, N_Vector z) {
  const double *u = data(x), *v = data(y);
  each(z, [=](Index i) { return a * u[i] + b * v[i]; });
}
void set_constant(sunrealtype c, N_Vector z) {
  each(z, [=](Index) { return c; });
}
void product(N_Vector x, N_Vector y, N_Vector z) {
  const double *u = data(x), *v = data(y);
  each(z, [=](Index i) { return u[i] * v[i]; });
}
void quotient(N_Vector x, N_Vector y, N_Vector z) {
  const double *u = data(x), *v = data(y);
  each(z, [=](Index i) { return u[i] / v[i]; });
}
void scale(sunrealtype c, N_Vector x, N_Vector z) {
  const double* u = data(x);
  each(z, [=](Index i) { return c * u[i]; });
}
void absolute(N_Vector x, N_Vector z) {
  const double* u = data(x);
  each(z, [=](Index i) { return std::abs(u[i]); });
}
void inverse(N_Vector x, N_Vector z) {
  const double* u = data(x);
  each(z, [=](Index i) { return 1.0 / u[i]; });
}
void add_constant(N_Vector x, sunrealtype b, N_Vector z) {
  const double* u = data(x);
  each(z, [=](Index i) { return u[i] + b; });
}
SunBool invert_tested(N_Vector x, N_Vector z) {
  const double* u = data(x);
  double* out = data(z);
  bool all = true;
  for (Index i = 0; i < size(x); ++i) {
    if (u[i] == 0.0)
      all = false;
    else
      out[i] = 1.0 / u[i];
  }
  return all ? SUNTRUE : SUNFALSE;
}
void compare(sunrealtype c, N_Vector x, N_Vector z) {
  const double* u = data(x);
  each(z, [=](Index i) { return std::abs(u[i]) >= c ? 1.0 : 0.0; });
}

sunrealtype dot_product(N_Vector x, N_Vector y) {
  const double *u = data(x), *v = data(y);
  double sum = 0.0;
  for (Index i = 0; i < size(x); ++i) sum += u[i] * v[i];
  return sum;
}
sunrealtype l1_norm(N_Vector x) {
  double sum = 0.0;
  for (Index i = 0; i < size(x); ++i) sum += std::abs(data(x)[i]);
  return sum;
}
sunrealtype max_norm(N_Vector x) {
  const double* u = data(x);
  double largest = 0.0;
  for (Index i = 0; i < size(x); ++i) largest = std::max(largest, std::abs(u[i]));
  return largest;
}
sunrealtype minimum(N_Vector x) {
  const double* u = data(x);
  return *std::min_element(u, u + size(x));
}
sunrealtype min_quotient(N_Vector numerator, N_Vector denominator) {
  const double *u = data(numerator), *v = data(denominator);
  double least = std::numeric_limits<double>::max();
  for (Index i = 0; i < size(numerator); ++i)
    if (v[i] != 0.0) least = std::min(least, u[i] / v[i]);
  return least;
}
SunBool constraint_mask(N_Vector constraint, N_Vector x, N_Vector mask) {
  const double *c = data(constraint), *u = data(x);
  double* m = data(mask);
  bool holds = true;
  for (Index i = 0; i < size(x); ++i) {
    const bool broken =
        (std::abs(c[i]) > 1.5 && u[i] * c[i] <= 0.0) || (std::abs(c[i]) > 0.5 && u[i] * c[i] < 0.0);
    m[i] = broken ? 1.0 : 0.0;
    holds = holds && !broken;
  }
  return holds ? SUNTRUE : SUNFALSE;
}

/// Largest over lanes of sum over rows of (x w)^2, leaving out rows where `mask`, if given, is not positive.
double largest_square_sum(N_Vector x, N_Vector w, N_Vector mask) {
  auto& [values, scratch] = content(x);
  const Index rows = values.rows(), width = values.width();
  const double *u = data(x), *v = data(w), *chosen = mask == nullptr ? nullptr : data(mask);
  if (width == 1 && chosen == nullptr) {
    // Four running sums, in a fixed order: the additions of one sum wait for one another.
    double sums[4] = {0.0, 0.0, 0.0, 0.0};
    Index row = 0;
    for (; row + 4 <= rows; row += 4)
      for (Index k = 0; k < 4; ++k) {
        const double product = u[row + k] * v[row + k];
        sums[k] += product * product;
      }
    for (; row < rows; ++row) sums[0] += u[row] * v[row] * u[row] * v[row];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }
  scratch.fill(0.0);
  double* sum = scratch[0];
  for (Index row = 0; row < rows; ++row) {
    const Index first = row * width;
    core::for_lanes(width, [&](Index lane) {
      const double product = u[first + lane] * v[first + lane];
      const bool counts = chosen == nullptr || chosen[first + lane] > 0.0;
      sum[lane] += counts ? product * product : 0.0;
    });
  }
  // std::max would drop a NaN, and with it a failure that CVODE must see; so would a lane that comes after
  // it.
  double largest = sum[0];
  for (Index lane = 1; lane < width && !std::isnan(largest); ++lane)
    if (!(sum[lane] <= largest)) largest = sum[lane];
  return largest;
}

sunrealtype wrms_norm(N_Vector x, N_Vector w) {
  return std::sqrt(largest_square_sum(x, w, nullptr) / static_cast<double>(content(x).values.rows()));
}
sunrealtype wrms_norm_mask(N_Vector x, N_Vector w, N_Vector mask) {
  return std::sqrt(largest_square_sum(x, w, mask) / static_cast<double>(content(x).values.rows()));
}
sunrealtype wl2_norm(N_Vector x, N_Vector w) { return std::sqrt(largest_square_sum(x, w, nullptr)); }

// Fused operations: CVODE's history in one pass over memory instead of one per vector.
int linear_combination(int n, sunrealtype* c, N_Vector* x, N_Vector z) {
  // CVODE may pass z as x[0]: every double is read before it is written.
  const double* inputs[16];
  if (n > 16) return -1;
  for (int k = 0; k < n; ++k) inputs[k] = data(x[k]);
  constexpr Index chunk = 256;
  double* out = data(z);
  const Index total = size(z);
  for (Index first = 0; first < total; first += chunk) {
    double sums[chunk];
    const Index count = std::min(chunk, total - first);
    for (Index i = 0; i < count; ++i) sums[i] = c[0] * inputs[0][first + i];
    for (int k = 1; k < n; ++k) {
      const double factor = c[k];
      const double* input = inputs[k] + first;
      for (Index i = 0; i < count; ++i) sums[i] += factor * input[i];
    }
    std::copy_n(sums, count, out + first);
  }
  return 0;
}

int scale_add_multi(int n, sunrealtype* a, N_Vector x, N_Vector* y, N_Vector* z) {
  for (int k = 0; k < n; ++k) linear_sum(a[k], x, 1.0, y[k], z[k]);
  return 0;
}
int scale_vectors(int n, sunrealtype* c, N_Vector* x, N_Vector* z) {
  for (int k = 0; k < n; ++k) scale(c[k], x[k], z[k]);
  return 0;
}

}  // namespace

N_Vector make_lane_vector(Index rows, Index width, SUNContext context) {
  N_Vector v = checked(N_VNewEmpty(context), "N_VNewEmpty");
  auto& ops = *v->ops;
  ops.nvgetvectorid = identify;
  ops.nvclone = clone;
  ops.nvdestroy = destroy;
  ops.nvspace = space;
  ops.nvgetlength = length;
  ops.nvgetarraypointer = array_pointer;
  ops.nvlinearsum = linear_sum;
  ops.nvconst = set_constant;
  ops.nvprod = product;
  ops.nvdiv = quotient;
  ops.nvscale = scale;
  ops.nvabs = absolute;
  ops.nvinv = inverse;
  ops.nvaddconst = add_constant;
  ops.nvdotprod = dot_product;
  ops.nvmaxnorm = max_norm;
  ops.nvwrmsnorm = wrms_norm;
  ops.nvwrmsnormmask = wrms_norm_mask;
  ops.nvmin = minimum;
  ops.nvwl2norm = wl2_norm;
  ops.nvl1norm = l1_norm;
  ops.nvcompare = compare;
  ops.nvinvtest = invert_tested;
  ops.nvconstrmask = constraint_mask;
  ops.nvminquotient = min_quotient;
  ops.nvlinearcombination = linear_combination;
  ops.nvscaleaddmulti = scale_add_multi;
  ops.nvscalevectorarray = scale_vectors;
  v->content = new Content{LaneArray(rows, width), LaneArray(1, width)};
  return v;
}

core::LaneSpan lanes_of(N_Vector vector) { return content(vector).values.span(); }

}  // namespace poultice::solvers
