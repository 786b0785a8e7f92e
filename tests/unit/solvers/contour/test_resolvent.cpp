#include <complex>
#include <random>
#include <string>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "solvers/contour/resolvent.hpp"
#include "tests/unit/solvers/contour/linear_systems.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using poultice::testing::chain_of;
using poultice::testing::Make;
using poultice::testing::random_forest;

struct Case {
  const char* name;
  Make make;
};

std::vector<Case> cases() {
  std::mt19937 random(5);
  return {
      {"chain", {chain_of(30), 1, 0, 1}},          {"compartments", {chain_of(20), 1, 3, 2}},
      {"one way", {chain_of(20), 1, 2, 2, false}}, {"forest", {random_forest(25, 3, random), 1, 2, 1}},
      {"two species", {chain_of(15), 2, 1, 2}},    {"three species", {random_forest(12, 2, random), 3, 2, 2}},
  };
}

/// The same by Eigen, in one lane.
Eigen::VectorXcd expected(const core::System& system, std::complex<double> z, const LaneArray& start,
                          Index lane) {
  const Index n = system.n_rows();
  const auto columns = poultice::testing::dense(system.matrix(), lane);
  Eigen::MatrixXcd a = -Eigen::Map<const Eigen::MatrixXd>(columns.data(), n, n).cast<std::complex<double>>();
  a.diagonal().array() += z;
  Eigen::VectorXcd b(n);
  for (Index row = 0; row < n; ++row) b(row) = start(row, lane) + system.forcing()(row, lane) / z;
  return a.partialPivLu().solve(b);
}

ComplexPack everywhere(std::complex<double> c) { return {in_all_lanes(c.real()), in_all_lanes(c.imag())}; }

TEST(Resolvent, SolvesAcrossMembersAndAcrossNodes) {
  const std::vector<std::complex<double>> nodes{{0.5, 0.1}, {-2.0, 3.0}, {-40.0, 25.0}, {1e-4, 2e-4}};
  for (const auto& [name, make] : cases()) {
    std::mt19937 random(11);
    const Index width = TwinPack::size;
    const auto forcing = poultice::testing::random_lanes(1, width, random);
    const auto system = testing::system_of(poultice::testing::layout_of(make), width,
                                           [&](core::RateMatrix& matrix, core::LaneSpan b) {
                                             std::mt19937 same(12);
                                             poultice::testing::fill_with_transfers(matrix, make, same);
                                             for (Index lane = 0; lane < width; ++lane)
                                               b(3, lane) = forcing(0, lane);
                                           });
    const auto start = poultice::testing::random_lanes(system->n_rows(), width, random);
    Resolvent resolvent(*system, system->forcing());
    for (const auto z : nodes) {
      resolvent.solve(AcrossMembers{0}, everywhere(z), start.view(), everywhere(1.0 / z));
      for (Index lane = 0; lane < width; ++lane) {
        const auto x = expected(*system, z, start, lane);
        for (Index row = 0; row < system->n_rows(); ++row) {
          const std::complex<double> got(resolvent[row].re[lane], resolvent[row].im[lane]);
          EXPECT_LT(std::abs(got - x(row)), 1e-10 * x.norm()) << name << ' ' << z << " row " << row;
          const auto rate = resolvent.rate(AcrossMembers{0}, row, everywhere(z), start.view());
          EXPECT_LT(std::abs(std::complex(rate.re[lane], rate.im[lane]) - (z * x(row) - start(row, lane))),
                    1e-10 * (1.0 + std::abs(z)) * x.norm())
              << name << ' ' << z << " row " << row;
        }
      }
    }
    // The other way: one member, a node in each lane of the pack.
    ComplexPack z;
    for (Index i = 0; i < TwinPack::size; ++i) {
      z.re.set(i, nodes[static_cast<std::size_t>(i) % nodes.size()].real());
      z.im.set(i, nodes[static_cast<std::size_t>(i) % nodes.size()].imag());
    }
    resolvent.solve(AcrossNodes{1}, z, start.view(), 1.0 / z);
    for (Index i = 0; i < TwinPack::size; ++i) {
      const auto x = expected(*system, {z.re[i], z.im[i]}, start, 1);
      for (Index row = 0; row < system->n_rows(); ++row)
        EXPECT_LT(std::abs(std::complex(resolvent[row].re[i], resolvent[row].im[i]) - x(row)),
                  1e-10 * x.norm())
            << name << " row " << row;
    }
  }
}

/// Cells 0 to 9 and 10 to 29 with nothing between them, each part feeding a total of its own.
std::unique_ptr<core::System> parted_system(Index n_species, Index width) {
  const Make make{chain_of(30), n_species, 1, 2};
  return testing::system_of(
      poultice::testing::layout_of(make), width, [=](core::RateMatrix& matrix, core::LaneSpan) {
        std::mt19937 random(4);
        const auto rates = [&] { return poultice::testing::random_rates(width, random, 2.0); };
        const auto& layout = matrix.layout();
        for (const auto& [a, b] : make.topology.faces)
          for (Index s = 0; s < n_species && a + b != 19; ++s) {
            matrix.transfer(layout.row(a, s), layout.row(b, s), rates().data());
            matrix.transfer(layout.row(b, s), layout.row(a, s), rates().data());
          }
        matrix.transfer(layout.row(5, 0), layout.row(core::Accumulator{0}), rates().data());
        matrix.transfer(layout.row(15, 0), layout.row(core::Compartment{0}), rates().data());
        matrix.transfer(layout.row(core::Compartment{0}), layout.row(core::Accumulator{1}), rates().data());
      });
}

TEST(Resolvent, PassesByCellsThatStayEmpty) {
  for (const Index n_species : {1, 2}) {
    const Index width = TwinPack::size;
    const auto system = parted_system(n_species, width);
    const auto& layout = system->layout();
    LaneArray start(system->n_rows(), width), other = start;
    start(layout.row(20, 0), 1) = 1.0;
    other(layout.row(2, 0), 0) = 1.0;
    const std::complex<double> z(-2.0, 3.0);
    for (const auto* from : {&start, &other}) {
      Resolvent whole(*system, system->forcing()), part(*system, system->forcing());
      part.pass_by_empty_cells(from->view());
      const bool is_lower = from == &start;
      EXPECT_EQ(part.stays_empty(layout.row(3, 0)), is_lower);
      EXPECT_EQ(part.stays_empty(layout.row(core::Accumulator{0})), is_lower);
      EXPECT_EQ(part.stays_empty(layout.row(29, 0)), !is_lower);
      EXPECT_EQ(part.stays_empty(layout.row(core::Compartment{0})), !is_lower);
      EXPECT_EQ(part.stays_empty(layout.row(core::Accumulator{1})), !is_lower);
      for (auto* resolvent : {&whole, &part})
        resolvent->solve(AcrossMembers{0}, everywhere(z), from->view(), everywhere(1.0 / z));
      for (Index row = 0; row < system->n_rows(); ++row)
        for (Index lane = 0; lane < width; ++lane) {
          const std::complex<double> a(whole[row].re[lane], whole[row].im[lane]),
              b(part[row].re[lane], part[row].im[lane]);
          EXPECT_LT(std::abs(a - b), 1e-15) << row;
          EXPECT_FALSE(part.stays_empty(row) && a != 0.0) << row;
        }
    }
  }
}

TEST(Resolvent, LosesNoDigitsInAStiffStack) {
  // 400 cells whose faces differ by ten orders, closed: z times the sum of the solution is the sum of b.
  const Make make{chain_of(400), 1, 0, 0};
  const auto system = testing::system_of(poultice::testing::layout_of(make), 1,
                                         [&](core::RateMatrix& matrix, core::LaneSpan) {
                                           std::mt19937 random(3);
                                           for (const auto& [a, b] : make.topology.faces) {
                                             const auto k = poultice::testing::random_rates(1, random, 10.0);
                                             matrix.transfer(a, b, k.data());
                                             matrix.transfer(b, a, k.data());
                                           }
                                         });
  LaneArray start(400, 1);
  start(0, 0) = 1.0;
  Resolvent resolvent(*system, system->forcing());
  const std::complex<double> z(1e-9, 2e-9);
  resolvent.solve(AcrossNodes{0}, everywhere(z), start.view(), everywhere(1.0 / z));
  std::complex<double> sum = 0.0;
  for (Index row = 0; row < 400; ++row) sum += std::complex(resolvent[row].re[0], resolvent[row].im[0]);
  EXPECT_LT(std::abs(z * sum - 1.0), 1e-13);
}

}  // namespace
}  // namespace poultice::solvers
