// SUNDIALS' own checks of vector modules, run on ours where the system has their source: see
// tests/CMakeLists.txt.
#include <gtest/gtest.h>

#ifdef POULTICE_VECTOR_CHECKS

#include <cmath>
#include <cstdio>

#include <sundials/sundials_nvector.h>
#include <test_nvector.h>

#include "solvers/sundials/compat.hpp"
#include "solvers/sundials/lane_vector.hpp"

// What the checks ask of a module's author: see their header.
extern "C" {

int check_ans(sunrealtype answer, N_Vector x, sunindextype length) {
  int failures = 0;
  for (sunindextype i = 0; i < length; ++i)
    failures += std::abs(N_VGetArrayPointer(x)[i] - answer) > 1e-14 * std::abs(answer) ? 1 : 0;
  return failures > 0 ? 1 : 0;
}
poultice::solvers::SunBool has_data(N_Vector x) {
  return N_VGetArrayPointer(x) == nullptr ? SUNFALSE : SUNTRUE;
}
void set_element(N_Vector x, sunindextype i, sunrealtype value) { N_VGetArrayPointer(x)[i] = value; }
void set_element_range(N_Vector x, sunindextype first, sunindextype last, sunrealtype value) {
  for (sunindextype i = first; i <= last; ++i) N_VGetArrayPointer(x)[i] = value;
}
sunrealtype get_element(N_Vector x, sunindextype i) { return N_VGetArrayPointer(x)[i]; }
double max_time(N_Vector, double time) { return time; }
void sync_device(N_Vector) {}

}  // extern "C"

namespace poultice::solvers {
namespace {

class VectorChecks : public ::testing::TestWithParam<core::Index> {
 protected:
  void SetUp() override { ASSERT_EQ(create_sundials_context(&sunctx), 0); }
  void TearDown() override { SUNContext_Free(&sunctx); }
};

TEST_P(VectorChecks, Pass) {
  const core::Index width = GetParam();
  const LaneVector x(96 / width, width, sunctx), y(96 / width, width, sunctx), z(96 / width, width, sunctx);
  const N_Vector X = x.get(), Y = y.get(), Z = z.get();
  const sunindextype n = 96;
  EXPECT_EQ(Test_N_VGetVectorID(X, SUNDIALS_NVEC_CUSTOM, 0), 0);
  EXPECT_EQ(Test_N_VGetLength(X, 0), 0);
  EXPECT_EQ(Test_N_VGetCommunicator(X, nullptr, 0), 0);
  EXPECT_EQ(Test_N_VClone(X, n, 0), 0);
  EXPECT_EQ(Test_N_VCloneVectorArray(5, X, n, 0), 0);
  EXPECT_EQ(Test_N_VGetArrayPointer(X, n, 0), 0);

  EXPECT_EQ(Test_N_VConst(X, n, 0), 0);
  EXPECT_EQ(Test_N_VLinearSum(X, Y, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VProd(X, Y, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VDiv(X, Y, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VScale(X, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VAbs(X, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VInv(X, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VAddConst(X, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VDotProd(X, Y, n, 0), 0);
  EXPECT_EQ(Test_N_VMaxNorm(X, n, 0), 0);
  EXPECT_EQ(Test_N_VWrmsNorm(X, Y, n, 0), 0);
  EXPECT_EQ(Test_N_VMin(X, n, 0), 0);
  EXPECT_EQ(Test_N_VL1Norm(X, n, 0), 0);
  EXPECT_EQ(Test_N_VCompare(X, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VInvTest(X, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VConstrMask(X, Y, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VMinQuotient(X, Y, n, 0), 0);

  EXPECT_EQ(Test_N_VLinearCombination(X, n, 0), 0);
  EXPECT_EQ(Test_N_VScaleAddMulti(X, n, 0), 0);
  EXPECT_EQ(Test_N_VDotProdMulti(X, n, 0), 0);
  EXPECT_EQ(Test_N_VLinearSumVectorArray(X, n, 0), 0);
  EXPECT_EQ(Test_N_VScaleVectorArray(X, n, 0), 0);
  EXPECT_EQ(Test_N_VConstVectorArray(X, n, 0), 0);
  EXPECT_EQ(Test_N_VWrmsNormVectorArray(X, n, 0), 0);
  EXPECT_EQ(Test_N_VScaleAddMultiVectorArray(X, n, 0), 0);
  EXPECT_EQ(Test_N_VLinearCombinationVectorArray(X, n, 0), 0);

  // Over several lanes these are meant to differ: they are those of the worst lane, not of all doubles
  // together.
  if (width > 1) return;
  EXPECT_EQ(Test_N_VWrmsNormMask(X, Y, Z, n, 0), 0);
  EXPECT_EQ(Test_N_VWrmsNormMaskVectorArray(X, n, 0), 0);
  EXPECT_EQ(Test_N_VWL2Norm(X, Y, n, 0), 0);
}

INSTANTIATE_TEST_SUITE_P(Widths, VectorChecks, ::testing::Values(1, 8));

}  // namespace
}  // namespace poultice::solvers

#else

TEST(VectorChecks, Pass) {
  GTEST_SKIP() << "absent: SUNDIALS' own checks (test_nvector.c), which its examples contain";
}

#endif
