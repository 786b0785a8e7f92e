// Injections and infusions into one to three compartments.

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/literature/comparison.hpp"
#include "tests/problems/closed_forms.hpp"

namespace poultice::literature {
namespace {

constexpr double litre = 1e-3, hour = 3600.0, litre_per_hour = litre / hour;

struct Disposition {
  std::string name;
  std::vector<double> volumes;   // L
  double clearance;              // L/h
  std::vector<double> exchange;  // L/h

  [[nodiscard]] problems::Compartments in_si() const {
    problems::Compartments si{volumes, clearance * litre_per_hour, exchange};
    for (auto& V : si.volumes) V *= litre;
    for (auto& Q : si.exchange) Q *= litre_per_hour;
    return si;
  }

  [[nodiscard]] std::string table() const {
    auto text =
        fmt::format("[plasma]\ncompartments = \"{}\"\nvolume_central = \"{} L\"\nclearance = \"{} L/h\"\n",
                    volumes.size(), volumes[0], clearance);
    const char* names[] = {"shallow", "deep"};
    for (std::size_t i = 0; i < exchange.size(); ++i)
      text += fmt::format("volume_{0} = \"{1} L\"\nclearance_{0} = \"{2} L/h\"\n", names[i], volumes[i + 1],
                          exchange[i]);
    return text;
  }
};

class Blood : public ::testing::TestWithParam<std::tuple<Precision, Disposition>> {
 protected:
  const Precision& precision() const { return std::get<0>(GetParam()); }
  const Disposition& disposition() const { return std::get<1>(GetParam()); }

  solvers::Result run_schedule(const std::string& schedule) const {
    return run("duration = \"24 h\"\n[output]\nevery = \"6 min\"\n[drug]\nmolar_mass = \"336.5 g/mol\"\n" +
               disposition().table() + schedule + precision().solver_table());
  }
};

TEST_P(Blood, AfterAnInjection) {
  const auto exact = disposition().in_si();
  const auto result = run_schedule("[[schedule]]\nat = \"0 h\"\ndose = \"plasma\"\namount = \"100 ug\"\n");
  const double dose = 100e-9;
  expect_follows(
      result, "plasma_concentration",
      [&](double t) { return dose * exact.after_bolus(t) / exact.volumes[0]; }, precision(),
      dose / exact.volumes[0]);
  // What an infusion of unit rate would leave in the central compartment is the area under a unit injection.
  expect_follows(
      result, "plasma_auc", [&](double t) { return dose * exact.under_infusion(t) / exact.volumes[0]; },
      precision());
}

TEST_P(Blood, UnderAnInfusionAndAfterIt) {
  const auto exact = disposition().in_si();
  const auto result = run_schedule(
      "[[schedule]]\nat = \"0 h\"\ninfuse = \"plasma\"\nrate = \"25 ug/h\"\n[[schedule]]\nat = \"12 "
      "h\"\nstop = \"plasma\"\n");
  const double rate = 25e-9 / hour, stop = 12.0 * hour;
  const auto concentration = [&](double t) {
    return rate * (exact.under_infusion(t) - (t > stop ? exact.under_infusion(t - stop) : 0.0)) /
           exact.volumes[0];
  };
  expect_follows(result, "plasma_concentration", concentration, precision(), concentration(stop));
}

// One compartment has a form that needs no eigenvalues; it holds those above to something.
TEST(ClosedForms, OfOneCompartmentIsAnExponential) {
  const problems::Compartments one{{0.05}, 5e-6, {}};
  const double k = 1e-4, t = 7000.0;
  EXPECT_NEAR(one.after_bolus(t), std::exp(-k * t), 1e-14);
  EXPECT_NEAR(one.under_infusion(t), (1.0 - std::exp(-k * t)) / k, 1e-9);
}

std::string name_of(const ::testing::TestParamInfo<std::tuple<Precision, Disposition>>& info) {
  return std::get<0>(info.param).name + "_" + std::get<1>(info.param).name;
}

const auto dispositions =
    ::testing::Values(Disposition{"one", {50.0}, 20.0, {}}, Disposition{"two", {20.0, 60.0}, 30.0, {40.0}},
                      Disposition{"three", {12.1, 35.7, 224.0}, 37.9, {168.0, 93.0}});
INSTANTIATE_TEST_SUITE_P(Literature, Blood,
                         ::testing::Combine(::testing::Values(as_shipped, fine), dispositions), name_of);

}  // namespace
}  // namespace poultice::literature
