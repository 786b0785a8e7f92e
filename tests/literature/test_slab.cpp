// One layer above a sink under an endless donor and under a well-mixed finite one; a loaded layer that
// empties.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/literature/comparison.hpp"
#include "tests/problems/closed_forms.hpp"

namespace poultice::literature {
namespace {

// 50 um at 1e-9 cm^2/s: one unit of tau = D t / h^2 lasts 25000 s.
constexpr double h = 50e-6, D = 1e-13, K = 3.0, area = 2e-4, tau_unit = h * h / D;

std::string slab(const Precision& precision) {
  return fmt::format(
      "[laminate]\n[[laminate.layer]]\nname = \"slab\"\nthickness = \"50 um\"\ndiffusivity = \"1e-9 "
      "cm^2/s\"\n"
      "partition_coefficient = 3.0\n{}",
      precision.cells_line());
}

std::string head(double n_tau, int n_samples = 200) {
  return fmt::format(
      "duration = \"{} s\"\n[output]\nevery = \"{} s\"\n[drug]\nmolar_mass = \"250 g/mol\"\n"
      "[[schedule]]\nat = \"0 h\"\n",
      n_tau * tau_unit, n_tau * tau_unit / n_samples);
}

class Slab : public ::testing::TestWithParam<Precision> {};

TEST_P(Slab, UnderAnInfiniteDonor) {
  const auto& precision = GetParam();
  // 5 mg/mL in a donor that holds twice what water does: 2.5 kg/m^3 of the reference phase.
  const double content = K * 2.5 * h * area;
  const auto result = run(head(1.0) +
                          "apply = \"donor\"\n[donor]\non = \"laminate\"\narea = \"2 cm^2\"\n"
                          "concentration = \"5 mg/mL\"\npartition_coefficient = 2.0\n" +
                          slab(precision) + precision.solver_table());
  expect_follows(
      result, "delivered", [&](double t) { return content * problems::slab_infinite_donor(t / tau_unit); },
      precision);
}

struct Dose {
  double alpha;  ///< capacity of the slab over that of the donor
  double n_tau;  ///< until most of the drug is through
};

class FiniteDose : public ::testing::TestWithParam<std::tuple<Precision, Dose>> {};

TEST_P(FiniteDose, FromAWellMixedDonor) {
  const auto& [precision, dose] = GetParam();
  // The donor is 100 um deep: K h / (K_donor 100 um) = alpha.
  const double K_donor = K * h / (dose.alpha * 100e-6), content = 4e-6;
  const auto result = run(head(dose.n_tau) +
                          fmt::format("apply = \"patch\"\n[patch]\non = \"laminate\"\nkind = \"reservoir\"\n"
                                      "area = \"2 cm^2\"\ncontent = \"4 mg\"\nthickness = \"100 um\"\n"
                                      "partition_coefficient = {}\n",
                                      K_donor) +
                          slab(precision) + precision.solver_table());
  const auto exact = [&, alpha = dose.alpha](double t) {
    return problems::finite_donor(alpha, t / tau_unit);
  };
  expect_follows(
      result, "delivered", [&](double t) { return content * exact(t).through; }, precision);
  expect_follows(
      result, "in_patch", [&](double t) { return content * exact(t).left; }, precision, content);
}

class Loaded : public ::testing::TestWithParam<Precision> {};

// The matrix stands on a film that is a perfect sink but for 2e-9 of the matrix's own resistance and
// capacity.
TEST_P(Loaded, MatrixEmptiesIntoASink) {
  const auto& precision = GetParam();
  const double content = 4e-6;
  // Drug leaves fastest at the start: 1 % is out after tau = 1e-4.
  const auto result =
      run(head(1.0, 5000) +
          fmt::format("apply = \"patch\"\n[patch]\non = \"laminate\"\narea = \"2 cm^2\"\n"
                      "content = \"4 mg\"\nthickness = \"50 um\"\ndiffusivity = \"1e-9 cm^2/s\"\n{}",
                      precision.cells_line()) +
          "[laminate]\n[[laminate.layer]]\nname = \"film\"\nthickness = \"1e-4 um\"\n"
          "diffusivity = \"1e-3 cm^2/s\"\npartition_coefficient = 1e-3\ncells = 2\n" +
          precision.solver_table());
  const auto exact = [&](double t) { return content * problems::matrix_release(t / tau_unit); };
  expect_follows(result, "released", exact, precision);
  expect_follows(result, "delivered", exact, precision);
}

std::string name_of_dose(const ::testing::TestParamInfo<std::tuple<Precision, Dose>>& info) {
  const auto& [precision, dose] = info.param;
  return fmt::format("{}_alpha_{:.0f}_tenths", precision.name, 10.0 * dose.alpha);
}

const auto both = ::testing::Values(as_shipped, fine);
const auto doses = ::testing::Values(Dose{0.1, 30.0}, Dose{1.0, 5.0}, Dose{10.0, 2.0});
INSTANTIATE_TEST_SUITE_P(Literature, Slab, both, name_of);
INSTANTIATE_TEST_SUITE_P(Literature, Loaded, both, name_of);
INSTANTIATE_TEST_SUITE_P(Literature, FiniteDose, ::testing::Combine(both, doses), name_of_dose);

// The values that earlier work printed, so that the series themselves are held to something.
TEST(ClosedForms, GiveThePrintedValues) {
  EXPECT_NEAR(problems::slab_infinite_donor(0.1), 0.00788529, 6e-9);
  EXPECT_NEAR(problems::slab_infinite_donor(1.0), 0.83334381, 6e-9);
  EXPECT_NEAR(problems::finite_donor(0.1, 1.0).through, 0.07761143, 6e-9);
  EXPECT_NEAR(problems::finite_donor(1.0, 5.0).left, 0.01802954, 6e-9);
  EXPECT_NEAR(problems::finite_donor(10.0, 1.0).through, 0.83618236, 6e-9);
  EXPECT_NEAR(problems::matrix_release(0.01), 0.11283792, 6e-9);
  EXPECT_NEAR(problems::matrix_release(0.5), 0.76395033, 6e-9);
}

}  // namespace
}  // namespace poultice::literature
