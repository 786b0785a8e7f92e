#include "models/parts/binding_parameters.hpp"

#include <cmath>

namespace poultice::models {

std::vector<core::ParameterSpec> binding_parameters(const std::string& prefix) {
  return {
      core::quantity(prefix + "association_rate", "1/s")
          .optional()
          .between(0.0, 1e6)
          .means(
              "First-order rate at which free drug is bound where nothing is bound yet; none = binding, if "
              "any, takes no time."),
      core::quantity(prefix + "dissociation_rate", "1/s")
          .optional()
          .between(0.0, 1e6)
          .means("First-order rate at which bound drug is set free."),
      core::quantity(prefix + "binding_capacity", "mg/cm^3")
          .optional()
          .between(1e-12, 1e4)
          .means("Bound drug per volume of tissue when every site is taken; none = no limit."),
  };
}

std::optional<KineticBinding> binding_of(const core::ParameterView& own, const std::string& prefix) {
  if (!own.has(prefix + "association_rate")) return std::nullopt;
  KineticBinding binding{.association = own.column(prefix + "association_rate"),
                         .dissociation = own.column(prefix + "dissociation_rate"),
                         .capacity = {}};
  if (own.has(prefix + "binding_capacity")) binding.capacity = own.column(prefix + "binding_capacity");
  return binding;
}

void check_binding(const core::Scenario& scenario, const core::Instance& instance, const std::string& prefix,
                   std::vector<core::Problem>& problems) {
  const auto path = [&](const char* key) { return instance.name + "." + prefix + key; };
  const auto has = [&](const char* key) { return !std::isnan(scenario.number(path(key))); };
  const auto report = [&](const char* given, const char* missing) {
    const auto& value = scenario.value(path(given));
    problems.push_back({.what = "binding that takes time needs two rates, and one is missing",
                        .line = value.line,
                        .column = value.column,
                        .key = path(missing),
                        .given = path(given) + " = \"" + value.given + "\"",
                        .expected = "a value for " + path(missing),
                        .hint = "give it, or use binding_ratio for binding in equilibrium"});
  };
  if (has("association_rate") && !has("dissociation_rate")) report("association_rate", "dissociation_rate");
  if (!has("association_rate") && has("dissociation_rate")) report("dissociation_rate", "association_rate");
  if (!has("association_rate") && has("binding_capacity")) report("binding_capacity", "association_rate");
}

}  // namespace poultice::models
