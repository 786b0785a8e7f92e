#include "benchmarks/cases/species_chain.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "solvers/contour/contour.hpp"
#include "solvers/time/cvode.hpp"
#include "solvers/time/rosenbrock.hpp"
#include "solvers/time/stepping.hpp"

namespace poultice::benchmarks {

using core::Index;
using core::LaneArray;

namespace {

constexpr Index n_times = 240;

/// Diffusion along the chain (1/n_cells^2 of the rate between neighbours for the whole of it), and three
/// conversions in the time that is looked at.
class ChainTerm final : public core::LinearTerm {
 public:
  ChainTerm(const core::StateLayout& layout, Index first_member, Index width)
      : LinearTerm("chain", core::TermKind::transport), layout_(layout), factor_(1, width) {
    for (Index lane = 0; lane < width; ++lane)
      factor_(0, lane) = 1.0 + 0.05 * static_cast<double>((first_member + lane) % 17);
  }

  void assemble(core::LaneView, core::RateMatrix& matrix, core::LaneSpan) const override {
    const Index n = layout_.n_cells(), n_species = layout_.n_species();
    LaneArray hop = factor_, conversion = factor_;
    for (Index lane = 0; lane < factor_.width(); ++lane) {
      hop(0, lane) *= static_cast<double>(n * n);
      conversion(0, lane) *= 3.0;
    }
    for (Index i = 0; i < n; ++i)
      for (Index s = 0; s < n_species; ++s) {
        if (i + 1 < n) {
          matrix.transfer(layout_.row(i, s), layout_.row(i + 1, s), hop[0]);
          matrix.transfer(layout_.row(i + 1, s), layout_.row(i, s), hop[0]);
        }
        if (s + 1 < n_species) matrix.transfer(layout_.row(i, s), layout_.row(i, s + 1), conversion[0]);
      }
  }

 private:
  const core::StateLayout& layout_;
  LaneArray factor_;
};

core::StateLayout chain_layout(Index n_cells, Index n_species) {
  core::StateLayout layout;
  for (Index s = 0; s < n_species; ++s) layout.add_species({"species", 0.3});
  const auto field = layout.add_field("chain", n_cells);
  for (Index i = 0; i + 1 < n_cells; ++i)
    layout.graph().connect(field.first_cell + i, field.first_cell + i + 1);
  layout.finish();
  return layout;
}

std::unique_ptr<solvers::Integrator> integrator(const std::string& method, core::System& system,
                                                double relative_tolerance) {
  const auto tolerances = [&] {
    return solvers::Tolerances{relative_tolerance, LaneArray(1, system.width(), 1e-3 * relative_tolerance)};
  };
  if (method == "rosenbrock" || method == "rodas5p")
    return solvers::make_stepping(
        system, solvers::make_rosenbrock(system, tolerances(), {},
                                         method == "rodas5p" ? solvers::RosenbrockMethod::rodas5p
                                                             : solvers::RosenbrockMethod::automatic));
  auto cvode = solvers::make_stepping(system, solvers::make_cvode(system, tolerances(), {}));
  if (method == "cvode") return cvode;
  if (method == "contour") return solvers::make_contour(system, {}, std::move(cvode));
  throw std::invalid_argument("no method of the chain: " + method);
}

}  // namespace

std::vector<double> run_species_chain(const std::string& method, Index n_members, Index width, Index n_cells,
                                      Index n_species, double relative_tolerance) {
  std::vector<double> times;
  for (Index i = 1; i <= n_times; ++i) times.push_back(static_cast<double>(i) / n_times);
  std::vector<double> out;
  for (Index first = 0; first < n_members; first += width) {
    core::System system(chain_layout(n_cells, n_species), width);
    const auto& layout = system.layout();
    system.add(std::make_unique<ChainTerm>(layout, first, width));
    system.set_controls(LaneArray(0, width).view());
    std::vector<core::Probe> probes(static_cast<std::size_t>(n_species));
    for (Index i = n_cells / 2; i < n_cells; ++i)
      for (Index s = 0; s < n_species; ++s)
        probes[static_cast<std::size_t>(s)].add(0, layout.row(i, s), LaneArray(1, width, 1.0));
    solvers::Observation observation(width);
    for (const auto& probe : probes) observation.add(probe);
    LaneArray state(layout.n_rows(), width), seen(n_times * n_species, width);
    std::fill_n(state[0], width, 1.0);
    const solvers::Look look{&observation, times, seen.span()};
    integrator(method, system, relative_tolerance)->integrate({0.0, 1.0, {&look, 1}}, state.span());
    for (Index lane = 0; lane < std::min(width, n_members - first); ++lane)
      for (Index row = 0; row < seen.rows(); ++row) out.push_back(seen(row, lane));
  }
  return out;
}

}  // namespace poultice::benchmarks
