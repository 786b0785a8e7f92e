// Second order in space at jumps of the partition coefficient, in the profile and in the flux.
#include <cmath>
#include <map>
#include <ostream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/order/slab.hpp"
#include "tests/problems/decaying_mode.hpp"

namespace poultice::testing {
namespace {

using core::Index;
using core::LaneArray;

struct Case {
  const char* name;
  std::vector<SlabLayer> layers;
  core::FineAt fine_at = core::FineAt::both_faces;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

/// Two layers whose partition coefficients differ; the upper one is slow enough for its profile to bend.
std::vector<SlabLayer> jump(double ratio) {
  const double slow = ratio > 1.0 ? 2.5e-13 / ratio : 1e-13;
  return {{20e-6, slow, ratio}, {80e-6, 1e-12, 1.0}};
}

std::vector<Case> cases() {
  auto kinetics = jump(1e2);
  kinetics[0].binding = 3.0;
  kinetics[1].binding = 0.5;
  kinetics[1].clearance = 5e-4;
  return {{"NoJump", jump(1.0)},
          {"Jump100", jump(1e2)},
          {"Jump10000", jump(1e4)},
          {"JumpBack100", jump(1e-2)},
          {"JumpBack10000", jump(1e-4)},
          {"BindingAndClearance", kinetics},
          {"FineAtTheFirstFace", kinetics, core::FineAt::first_face},
          {"FineAtTheLastFace", jump(1e4), core::FineAt::last_face}};
}

class Interface : public ::testing::TestWithParam<Case> {};

/// Errors at half the mode's time constant, relative to the largest potential and to the flux. (At the time
/// constant itself an error in the rate of decay does not show in the flux, rate exp(-rate t).)
std::map<std::string, double> errors(const DecayingMode& mode, Index n, core::FineAt fine_at) {
  Slab slab(mode.layers(), n, fine_at);
  LaneArray state(slab.system().n_rows(), 1);
  const Index cells = slab.domain().n_cells();
  std::vector<double> exact(static_cast<std::size_t>(cells));
  double thickness = 0.0;
  for (Index i = 0; i < cells; ++i) {
    const auto layer = static_cast<std::size_t>(slab.domain().layer_of(i));
    const double top =
        slab.domain().depth()(i, 0) - 0.5 * slab.width(i) - (layer == 0 ? 0.0 : mode.layers()[0].thickness);
    exact[static_cast<std::size_t>(i)] = mode.content(layer, top, top + slab.width(i));
    state(i, 0) = exact[static_cast<std::size_t>(i)];
    thickness += slab.width(i);
  }
  const double time = 0.5 / mode.rate(), decay = std::exp(-0.5);
  const auto end = slab.at(time, state);
  LaneArray rate(end.rows(), 1);
  slab.system().rates(time, end.view(), rate.span());

  std::map<std::string, double> e;
  for (Index i = 0; i < cells; ++i) {
    const double error = std::abs(end(i, 0) - decay * exact[static_cast<std::size_t>(i)]) / slab.capacity(i);
    e["profile L1"] += error * slab.width(i) / thickness;
    e["profile L2"] += error * error * slab.width(i) / thickness;
    e["profile Linf"] = std::max(e["profile Linf"], error);
  }
  e["profile L2"] = std::sqrt(e["profile L2"]);
  const double at_interface = mode.flux(0, mode.layers()[0].thickness);
  e["flux out"] = std::abs(rate(slab.out(), 0) / (decay * mode.flux_out()) - 1.0);
  e["flux at the interface"] = std::abs(rate(slab.passed(), 0) / (decay * at_interface) - 1.0);
  e["amount out"] = std::abs(end(slab.out(), 0) * mode.rate() / ((1.0 - decay) * mode.flux_out()) - 1.0);
  e["amount through the interface"] =
      std::abs(end(slab.passed(), 0) * mode.rate() / ((1.0 - decay) * at_interface) - 1.0);
  return e;
}

TEST_P(Interface, IsSecondOrderInSpace) {
  const DecayingMode mode(GetParam().layers);
  auto coarse = errors(mode, 20, GetParam().fine_at);
  for (const Index n : {40, 80, 160, 320}) {
    const auto fine = errors(mode, n, GetParam().fine_at);
    for (const auto& [what, error] : fine) {
      const double order = std::log2(coarse[what] / error);
      EXPECT_NEAR(order, 2.0, 0.10) << what
                                    << fmt::format(": {:.3g} with {} cells, {:.3g} with {}", coarse[what],
                                                   n / 2, error, n);
    }
    coarse = fine;
  }
  for (const auto& [what, error] : coarse) EXPECT_LT(error, 1e-4) << what;
}

TEST_P(Interface, TheModeConservesItself) {
  // Of the reference: what the slab loses leaves below or is cleared.
  const DecayingMode mode(GetParam().layers);
  double content = 0.0, cleared = 0.0;
  for (std::size_t i = 0; i < mode.layers().size(); ++i) {
    const double amount = mode.content(i, 0.0, mode.layers()[i].thickness);
    content += amount, cleared += mode.layers()[i].clearance * amount;
  }
  EXPECT_NEAR((mode.flux_out() + cleared) / (mode.rate() * content), 1.0, 1e-11);
  const double above = mode.flux(0, mode.layers()[0].thickness), below = mode.flux(1, 0.0);
  EXPECT_NEAR(above / below, 1.0, 1e-12);
  EXPECT_GT(mode.potential(1, 0.5 * mode.layers()[1].thickness), 0.0);
}

INSTANTIATE_TEST_SUITE_P(Jumps, Interface, ::testing::ValuesIn(cases()),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace poultice::testing
