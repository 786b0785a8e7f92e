// A problem as plain numbers, so that solvers in Python integrate the very same equations.

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/core.h>

#include "benchmarks/cases/cases.hpp"
#include "benchmarks/macro/patch_study.hpp"
#include "benchmarks/macro/rosenbrock_study.hpp"
#include "solvers/run/simulate.hpp"
#include "solvers/time/rosenbrock.hpp"

namespace poultice::benchmarks {
namespace {

using core::Index;
using core::LaneArray;

/// Comma-separated, every bit of each number.
std::string list(const double* values, Index n) {
  std::string text = "[";
  for (Index i = 0; i < n; ++i) text += fmt::format("{}{:.17g}", i > 0 ? "," : "", values[i]);
  return text + "]";
}

/// [[row, column, value], …] without zeros; the same place may come several times.
class Triplets {
 public:
  void add(Index row, Index column, double value) {
    if (value == 0.0) return;
    text_ += fmt::format("{}[{},{},{:.17g}]", text_.empty() ? "" : ",", row, column, value);
  }
  [[nodiscard]] std::string text() const { return "[" + text_ + "]"; }

 private:
  std::string text_;
};

std::string triplets_of(const core::RateMatrix& matrix) {
  const auto& layout = matrix.layout();
  Triplets triplets;
  for (Index row = 0; row < layout.n_cell_rows(); ++row) {
    const Index cell = layout.cell_of(row), parent = layout.graph().parent(cell);
    for (Index s = 0; s < layout.n_species(); ++s)
      triplets.add(row, layout.row(cell, s), matrix.local()(row * layout.n_species() + s, 0));
    if (parent < 0) continue;
    const Index above = layout.row(parent, layout.species_of(row));
    const double up = matrix.up()(row, 0), down = matrix.down()(row, 0);
    triplets.add(row, row, -up), triplets.add(above, row, up);
    triplets.add(row, above, down), triplets.add(above, above, -down);
  }
  for (std::size_t i = 0; i < matrix.couplings().size(); ++i)
    triplets.add(matrix.couplings()[i].row, matrix.couplings()[i].column,
                 matrix.coupling_values()(static_cast<Index>(i), 0));
  return triplets.text();
}

/// What an event does to the state, as an affine map: less the identity, and what it adds.
std::string action_of(const solvers::Block& block, const core::Event& event, const LaneArray& controls) {
  const Index n = block.system().n_rows();
  const auto acted = [&](Index unit) {
    LaneArray state(n, 1), ignored = controls;
    if (unit >= 0) state(unit, 0) = 1.0;
    block.act(event, state.span(), ignored.span());
    return state;
  };
  const auto added = acted(-1);
  Triplets moved;
  for (Index column = 0; column < n; ++column) {
    const auto state = acted(column);
    for (Index row = 0; row < n; ++row)
      moved.add(row, column, state(row, 0) - added(row, 0) - (row == column ? 1.0 : 0.0));
  }
  return fmt::format("\"moved\":{},\"added\":{}", moved.text(), list(added[0], n));
}

/// The Jacobian without any amount, with `amount` [mol] in every row and where everything is saturated:
/// enough to find the constants of saturable processes. And the rates at some state, to check what was found.
std::string equations_of(const core::System& system, double amount) {
  const Index n = system.n_rows();
  LaneArray state(n, 1), rate(n, 1);
  core::RateMatrix store;
  const auto jacobian = [&](double fill) {
    state.fill(fill);
    return triplets_of(system.jacobian(0.0, state.view(), store));
  };
  const auto at_zero = jacobian(0.0), at_amount = jacobian(amount), saturated = jacobian(1e12 * amount);
  for (Index row = 0; row < n; ++row) state(row, 0) = amount * static_cast<double>(row % 7);
  system.rates(0.0, state.view(), rate.span());
  return fmt::format("\"jacobian\":{},\"jacobian_at_amount\":{},\"jacobian_saturated\":{},\"rates\":{}",
                     at_zero, at_amount, saturated, list(rate[0], n));
}

std::string member_text(const Population& population, const core::Scenario& scenario, Index member,
                        const double* answer, Index n_answers) {
  const auto parameters = population.block(scenario, member, 1);
  solvers::Block block(parameters);
  auto state = block.initial_state();
  auto controls = block.initial_controls();
  const double scale = block.amount_scale()(0, 0), amount = 1e-3 * scale;
  std::string stretches;
  for (const auto& event : scenario.events()) {
    const auto action = action_of(block, event, controls);
    block.act(event, state.span(), controls.span());
    block.system().set_controls(controls.view());
    stretches += fmt::format("{}{{\"begin\":{:.17g},{},{}}}", stretches.empty() ? "" : ",", event.time,
                             action, equations_of(block.system(), amount));
  }
  Triplets watched;
  const double dose = scenario.number("patch.content");
  Index value = 0;
  for (const auto& name : population.watched) {
    for (const auto& probe : block.probes())
      if (probe.name == name)
        for (const auto& entry : probe.entries)
          watched.add(value, entry.row, probe.weights(entry.weight, 0) / dose);
    ++value;
  }
  return fmt::format(
      "{{\"number\":{},\"amount_scale\":{:.17g},\"amount\":{:.17g},\"initial\":{},\"stretches\":[{}],"
      "\"watched\":{},\"answer\":{}}}",
      member, scale, amount, list(block.initial_state()[0], state.rows()), stretches, watched.text(),
      list(answer, n_answers));
}

}  // namespace

void export_problem(const std::string& problem, Index n_members, Index n_exported) {
  const bool is_linear = problem == "linear";
  if (!is_linear && problem != "saturable") throw std::invalid_argument("no such problem: " + problem);
  const auto population = is_linear ? patch_population(n_members) : saturable_population(n_members);
  const auto reference = [](const core::System& system, solvers::Tolerances tolerances,
                            const solvers::Limits& limits) {
    return solvers::make_rosenbrock(system, std::move(tolerances), limits,
                                    solvers::RosenbrockMethod::rodas5p);
  };
  const auto answers = is_linear ? run_blocks(PatchStudy(n_members), 1e-6, 32, "contour")
                                 : run_steppers(population, 1e-12, 32, reference).samples;
  const auto scenario = population.scenario(1e-6);
  const auto times = solvers::sample_times(*scenario);
  const auto n_answers = static_cast<Index>(times.size() * population.watched.size());
  fmt::print("{{\"times\":{},\"n_watched\":{},\"members\":[\n",
             list(times.data(), static_cast<Index>(times.size())), population.watched.size());
  n_exported = std::min(n_exported, n_members);
  for (Index i = 0; i < n_exported; ++i) {
    const Index member = (2 * i + 1) * n_members / (2 * n_exported);
    fmt::print("{}{}\n", i > 0 ? "," : "",
               member_text(population, *scenario, member, answers.data() + member * n_answers, n_answers));
  }
  fmt::print("]}}\n");
}

}  // namespace poultice::benchmarks
