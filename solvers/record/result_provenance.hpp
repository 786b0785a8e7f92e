#pragma once

#include <string>

#include "core/scenario/scenario.hpp"
#include "solvers/run/result.hpp"

namespace poultice::solvers {

class Hdf5Writer;

/// Who gave a parameter its value, in a word: "default", "drugs/fentanyl", "scenario", "override". Never a
/// folder of the user's.
[[nodiscard]] std::string set_by(const core::ParameterValue& value);

/// /provenance: scenario_toml (byte for byte), overrides (one a line), resolved_toml, and along the axis
/// `key` every parameter: value (SI; NaN of texts), unit, text, source, trust, note, set_by.
void write_provenance(Hdf5Writer& file, const core::Scenario& scenario);

/// /solver: the counters of the integration, the most negative amount, the balance of each moiety, the terms.
void write_solver(Hdf5Writer& file, const Result& result);

}  // namespace poultice::solvers
