#include <algorithm>
#include <cmath>
#include <memory>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "solvers/time/cvode.hpp"
#include "solvers/transport/diffusion.hpp"
#include "solvers/transport/fixed_potential.hpp"
#include "tests/support/random_matrix.hpp"
#include "tests/unit/solvers/time/compartments.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

/// Diffusion out of a slab of 20 cells, whose exact solution is a matrix exponential.
class Slab {
 public:
  explicit Slab(Index width) {
    core::StateLayout layout;
    layout.add_species({"drug", 0.1});
    const auto field = layout.add_field("slab", 20);
    for (Index i = 0; i + 1 < 20; ++i) layout.graph().connect(i, i + 1);
    const auto out = layout.accumulator("out");
    layout.finish();
    medium_ = std::make_unique<core::Medium>(layout, width);
    for (Index row = 0; row < 20; ++row)
      for (Index lane = 0; lane < width; ++lane) {
        medium_->capacity()(row, lane) = 0.05;
        medium_->half_resistance()(row, lane) = 0.025 * (1.0 + static_cast<double>(lane));
      }
    system_ = std::make_unique<core::System>(std::move(layout), width);
    system_->add(std::make_unique<Diffusion>("slab", *medium_, chain_faces(field)));
    system_->add(std::make_unique<FixedPotential>("sink", *medium_,
                                                  std::vector<HeldFace>{{19, 0, {}, {}, {}, {out}}}));
    system_->set_controls(LaneArray(0, width).view());
  }

  [[nodiscard]] const core::System& system() const { return *system_; }
  [[nodiscard]] LaneArray start() const {
    LaneArray state(21, system_->width());
    for (Index row = 0; row < 20; ++row)
      for (Index lane = 0; lane < system_->width(); ++lane) state(row, lane) = 0.05;
    return state;
  }

  /// exp(A t) of the start, lane by lane. A is symmetric where all capacities are the same.
  [[nodiscard]] Eigen::VectorXd exact(double t, Index lane) const {
    const auto columns = poultice::testing::dense(system_->matrix(), lane);
    const Eigen::MatrixXd a = Eigen::Map<const Eigen::MatrixXd>(columns.data(), 21, 21).topLeftCorner(20, 20);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> modes(a);
    const Eigen::VectorXd decay = (modes.eigenvalues() * t).array().exp();
    return modes.eigenvectors() * decay.asDiagonal() * modes.eigenvectors().transpose() *
           Eigen::VectorXd::Constant(20, 0.05);
  }

  /// Largest error of any cell and time, relative to the largest amount, of a lane.
  [[nodiscard]] double error(double relative_tolerance, Index lane) const {
    const auto integrator = make_cvode(
        *system_, testing::tolerances(relative_tolerance, 1e-4 * relative_tolerance, system_->width()), {});
    const std::vector<double> times{0.01, 0.1, 0.3, 1.0};
    const auto states = testing::follow(*integrator, start(), times);
    double worst = 0.0;
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto expected = exact(times[i], lane);
      for (Index row = 0; row < 20; ++row)
        worst = std::max(worst, std::abs(states[i](row, lane) - expected(row)) / 0.05);
    }
    return worst;
  }

 private:
  std::unique_ptr<core::Medium> medium_;
  std::unique_ptr<core::System> system_;
};

TEST(CvodeAccuracy, TheErrorFallsWithTheTolerance) {
  for (const Index width : {1, 8}) {
    const Slab slab(width);
    for (Index lane = 0; lane < width; lane += 7) {
      double before = 1.0;
      for (double tolerance = 1e-4; tolerance > 0.5e-10; tolerance *= 0.1) {
        const double error = slab.error(tolerance, lane);
        EXPECT_LE(error, 10.0 * tolerance) << "width " << width;
        EXPECT_LT(error, before);
        before = error;
      }
    }
  }
}

/// Robertson's reaction in each cell: a -> b, b + b -> c + b, b + c -> a + c at rates 0.04, 3e7, 1e4, all of
/// them `speed` times as fast; cells exchange what they hold.
class Robertson final : public core::NonlinearTerm {
 public:
  explicit Robertson(LaneArray speed)
      : NonlinearTerm("Robertson", core::TermKind::reaction), speed_(std::move(speed)) {}
  void add_rates(const double*, core::LaneView, core::LaneView state, core::LaneSpan rate) const override {
    for (Index a = 0; a + 3 <= state.rows(); a += 3)
      for (Index lane = 0; lane < state.width(); ++lane) {
        const double b = state(a + 1, lane), s = speed_(0, lane);
        const double first = s * 0.04 * state(a, lane), second = s * 3e7 * b * b,
                     third = s * 1e4 * b * state(a + 2, lane);
        rate(a, lane) += third - first;
        rate(a + 1, lane) += first - second - third;
        rate(a + 2, lane) += second;
      }
  }
  void add_jacobian(const double*, core::LaneView, core::LaneView state,
                    core::RateMatrix& matrix) const override {
    LaneArray slopes(4, state.width());
    for (Index a = 0; a + 3 <= state.rows(); a += 3) {
      for (Index lane = 0; lane < state.width(); ++lane) {
        const double b = state(a + 1, lane), s = speed_(0, lane);
        slopes(0, lane) = s * 0.04;
        slopes(1, lane) = s * 6e7 * b;
        slopes(2, lane) = s * 1e4 * state(a + 2, lane);
        slopes(3, lane) = s * 1e4 * b;
      }
      matrix.transfer(a, a + 1, slopes[0]);
      matrix.transfer(a + 1, a + 2, slopes[1]);
      matrix.transfer(a + 1, a, slopes[2]);
      matrix.add(a, a + 2, slopes[3]);
      matrix.add(a + 1, a + 2, slopes[3], -1.0);
    }
  }

 private:
  LaneArray speed_;
};

/// Two cells that hold the same, so that Robertson's own numbers hold in both.
class RobertsonCells {
 public:
  explicit RobertsonCells(const LaneArray& speed) {
    core::StateLayout layout;
    for (const char* name : {"a", "b", "c"}) layout.add_species({name, 0.1});
    const auto field = layout.add_field("cells", 2);
    layout.graph().connect(0, 1);
    layout.finish();
    medium_ = std::make_unique<core::Medium>(layout, speed.width());
    medium_->half_resistance().fill(5.0);
    system_ = std::make_unique<core::System>(std::move(layout), speed.width());
    system_->add(std::make_unique<Diffusion>("exchange", *medium_, chain_faces(field)));
    system_->add(std::make_unique<Robertson>(speed));
    system_->set_controls(LaneArray(0, speed.width()).view());
  }

  [[nodiscard]] LaneArray at(double time, double tolerance, Work* work = nullptr) const {
    LaneArray state(6, system_->width());
    for (Index lane = 0; lane < state.width(); ++lane) state(0, lane) = state(3, lane) = 1.0;
    const auto integrator =
        make_cvode(*system_, testing::tolerances(tolerance, 1e-6 * tolerance, system_->width()), {});
    const auto end = testing::follow(*integrator, state, {time}).back();
    if (work != nullptr) *work = integrator->work();
    return end;
  }

 private:
  std::unique_ptr<core::Medium> medium_;
  std::unique_ptr<core::System> system_;
};

TEST(CvodeAccuracy, StiffReactionsReachThePublishedNumbers) {
  // Robertson at t = 40: Hairer & Wanner, Solving Ordinary Differential Equations II (1996), and many codes
  // since.
  const double expected[3] = {0.7158270687193941, 9.185534764557338e-06, 0.2841637457458413};
  for (const double tolerance : {1e-6, 1e-10}) {
    const auto state = RobertsonCells(LaneArray(1, 1, 1.0)).at(40.0, tolerance);
    for (Index row = 0; row < 6; ++row)
      EXPECT_NEAR(state(row, 0) / expected[row % 3], 1.0, 50.0 * tolerance) << row;
  }
}

TEST(CvodeAccuracy, StiffReactionsInABlockAreThoseOfEachMember) {
  LaneArray speeds(1, 8);
  for (Index lane = 0; lane < 8; ++lane) speeds(0, lane) = 0.25 * (1.0 + static_cast<double>(lane));
  const double tolerance = 1e-7;
  Work together;
  const auto block = RobertsonCells(speeds).at(40.0, tolerance, &together);
  for (Index lane = 0; lane < 8; ++lane) {
    Work alone;
    const auto member = RobertsonCells(LaneArray(1, 1, speeds(0, lane))).at(40.0, tolerance, &alone);
    for (Index row = 0; row < 6; ++row)
      EXPECT_NEAR(block(row, lane), member(row, 0), 10.0 * tolerance * std::abs(member(row, 0))) << lane;
    // Newton's method with the true Jacobian needs few iterations a step.
    EXPECT_LE(alone.nonlinear_iterations, 2.0 * static_cast<double>(alone.steps));
    EXPECT_LE(alone.convergence_failures, alone.steps / 20);
  }
  EXPECT_LE(together.nonlinear_iterations, 2.0 * static_cast<double>(together.steps));
}

}  // namespace
}  // namespace poultice::solvers
