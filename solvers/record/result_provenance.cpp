#include "solvers/record/result_provenance.hpp"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/units/quantity.hpp"
#include "solvers/record/hdf5_writer.hpp"

namespace poultice::solvers {
namespace {

using core::Origin;
using core::ParameterType;

bool is_number(const core::ParameterValue& value) {
  return value.spec->type == ParameterType::quantity || value.spec->type == ParameterType::count ||
         value.spec->type == ParameterType::flag;
}

/// One column of the table of parameters: `of(value)` for each.
template <class Of>
auto column(const core::Scenario& scenario, const Of& of) {
  std::vector<decltype(of(scenario.values().front()))> column;
  for (const auto& value : scenario.values()) column.push_back(of(value));
  return column;
}

std::string unit_of(const core::ParameterValue& value) {
  return is_number(value) ? core::si_unit(value.spec->unit) : std::string();
}

}  // namespace

std::string set_by(const core::ParameterValue& value) {
  switch (value.origin) {
    case Origin::preset:
      return "default";
    case Origin::therapy:
    case Origin::set: {
      const std::filesystem::path name(value.origin_name);
      return name.is_absolute() ? name.filename().string() : name.string();
    }
    case Origin::scenario:
      return "scenario";
    case Origin::override_:
      return "override";
  }
  return "";
}

void write_provenance(Hdf5Writer& file, const core::Scenario& scenario) {
  std::string overrides;
  for (const auto& [path, value] : scenario.overrides()) overrides += fmt::format("{} = {}\n", path, value);
  file.group("provenance", {{"long_name", "what was asked for, and where each value comes from"}});
  file.scalar("provenance/scenario_toml", scenario.source_text(),
              {{"long_name", "the scenario, byte for byte"}});
  file.scalar("provenance/overrides", overrides,
              {{"long_name", "values that went before those of the scenario"}});
  file.scalar("provenance/resolved_toml", scenario.resolved_toml(),
              {{"long_name", "the scenario with every value written out; its SHA-256 is scenario_sha256"}});

  const std::vector<std::string> along{"key"};
  file.scale("provenance/key", column(scenario, [](const auto& v) { return v.path; }),
             {{"long_name", "name of the parameter"}});
  file.dataset(
      "provenance/value",
      column(
          scenario,
          [](const auto& v) { return is_number(v) ? v.number : std::numeric_limits<double>::quiet_NaN(); }),
      along, {{"long_name", "its value in the SI unit beside it; NaN where it is a text or absent"}});
  const auto texts = [&](const char* name, const char* meaning, const auto& of) {
    file.dataset(name, column(scenario, of), along, {{"long_name", meaning}});
  };
  texts("provenance/unit", "SI unit of the value", unit_of);
  texts("provenance/text", "as it was written",
        [](const auto& v) { return v.given.empty() ? v.text : v.given; });
  texts("provenance/source", "where the value comes from", [](const auto& v) { return v.source; });
  texts("provenance/trust", "how far it may be trusted", [](const auto& v) { return v.trust; });
  texts("provenance/note", "what else is to be said", [](const auto& v) { return v.note; });
  texts("provenance/set_by", "who set it: default, a set, the scenario, an override", set_by);
}

void write_solver(Hdf5Writer& file, const Result& result) {
  const auto& work = result.record.work;
  const std::vector<std::pair<const char*, long>> counters{
      {"steps", work.steps},
      {"rate_evaluations", work.rate_evaluations},
      {"factorizations", work.factorizations},
      {"linear_solves", work.linear_solves},
      {"nonlinear_iterations", work.nonlinear_iterations},
      {"error_test_failures", work.error_test_failures},
      {"convergence_failures", work.convergence_failures},
      {"restarts", work.restarts},
  };
  file.group("solver", {{"long_name", "what the integration took, and how well it went"}});
  for (const auto& [name, count] : counters)
    file.scalar(fmt::format("solver/{}", name), std::int64_t{count}, {{"units", "1"}});
  file.scalar("solver/lowest_state", result.record.lowest_state,
              {{"units", "1"}, {"long_name", "most negative amount seen, over its absolute tolerance"}});
  if (!result.moieties.empty()) {
    std::vector<double> errors;
    for (core::Index m = 0; m < result.record.balance_error.rows(); ++m)
      errors.push_back(result.record.balance_error(m, 0));
    file.scale("solver/moiety", result.moieties, {{"long_name", "what is conserved"}});
    file.dataset("solver/balance_error", errors, {"moiety"},
                 {{"units", "1"}, {"long_name", "worst imbalance over all samples, over what was applied"}});
  }
  if (!result.terms.empty()) file.scale("solver/term", result.terms, {{"long_name", "processes at work"}});
}

}  // namespace poultice::solvers
