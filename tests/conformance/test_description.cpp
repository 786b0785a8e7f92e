#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "core/units/quantity.hpp"
#include "models/catalogue.hpp"
#include "tests/conformance/conformance.hpp"
#include "tests/conformance/exemptions.hpp"

namespace poultice::conformance {
namespace {

bool is_sentence(const std::string& text) { return text.size() > 5 && text.back() == '.'; }

/// What a table of parameters owes its reader.
void expect_described(const core::ParameterTable& table, const std::string& where) {
  std::set<std::string> keys;
  for (const auto& spec : table.specs()) {
    SCOPED_TRACE(where + "." + spec.key);
    EXPECT_TRUE(keys.insert(spec.key).second) << "twice";
    EXPECT_TRUE(is_sentence(spec.meaning)) << "its meaning is no sentence: \"" << spec.meaning << "\"";
    EXPECT_TRUE(spec.preset.empty() || !spec.source.empty()) << "where does its default come from?";
    EXPECT_TRUE(spec.type != core::ParameterType::choice || spec.choices.size() >= 2U);
    const bool is_number =
        spec.type == core::ParameterType::quantity || spec.type == core::ParameterType::count;
    if (!is_number) continue;
    EXPECT_NO_THROW(static_cast<void>(core::si_unit(spec.unit)));
    EXPECT_TRUE(std::isfinite(spec.minimum) && std::isfinite(spec.maximum)) << "its range is open";
    EXPECT_LT(spec.minimum, spec.maximum + (spec.type == core::ParameterType::count ? 1.0 : 0.0));
    if (spec.type == core::ParameterType::quantity && !spec.preset.empty()) {
      const double preset = core::from_si(core::parse_quantity(spec.preset, spec.unit), spec.unit);
      EXPECT_GE(preset, spec.minimum);
      EXPECT_LE(preset, spec.maximum);
    }
  }
}

TEST_P(Conformance, SaysWhatItIsAndWhatItsParametersAre) {
  EXPECT_TRUE(is_sentence(description().meaning)) << description().meaning;
  EXPECT_NE(description().create, nullptr);
  expect_described(description().parameters, model());
}

TEST_P(Conformance, SaysWhatItsActionsDo) {
  for (const auto& action : description().actions) {
    EXPECT_TRUE(is_sentence(action.meaning)) << action.verb;
    expect_described(action.options, model() + "." + action.verb);
  }
}

TEST_P(Conformance, HasAFolderWithItsReference) {
  const std::filesystem::path folder = std::filesystem::path(POULTICE_SOURCE_DIR) / "models" / model();
  EXPECT_TRUE(std::filesystem::is_directory(folder));
  EXPECT_TRUE(std::filesystem::is_regular_file(folder / "reference.toml"));
}

TEST_P(Conformance, ItsReferenceUsesItAndAllItsActions) {
  const auto scenario = reference(model());
  EXPECT_TRUE(std::any_of(scenario.instances().begin(), scenario.instances().end(),
                          [&](const auto& instance) { return instance.model == &description(); }));
  for (const auto& action : description().actions)
    EXPECT_TRUE(std::any_of(scenario.events().begin(), scenario.events().end(), [&](const auto& event) {
      return event.verb == action.verb && scenario.find_instance(event.instance)->model == &description();
    })) << action.verb;
}

TEST_P(Conformance, ProbesHaveUnitsAndNamesOfTheirOwn) {
  const auto scenario = reference(model());
  const Members members(scenario, 0, 1);
  std::set<std::string> names;
  for (const auto& probe : members.block.probes()) {
    SCOPED_TRACE(probe.name);
    EXPECT_TRUE(names.insert(probe.name).second) << "two probes have this name";
    EXPECT_FALSE(probe.long_name.empty());
    EXPECT_EQ(core::si_unit(probe.unit), core::si_unit(probe.display_unit))
        << "shown in a unit of another dimension";
    EXPECT_NEAR(core::to_si(1.0, probe.unit), 1.0, 1e-12) << probe.unit << " is not SI";
    EXPECT_FALSE(probe.entries.empty());
    if (probe.axis.empty()) continue;
    EXPECT_TRUE(std::any_of(members.block.axes().begin(), members.block.axes().end(), [&](const auto& axis) {
      return axis.name == probe.axis && axis.positions.rows() == probe.n_points;
    })) << "no axis fits";
  }
}

TEST(Catalogue, HasEveryFolderOfModels) {
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(POULTICE_SOURCE_DIR) / "models")) {
    if (!entry.is_directory() || entry.path().filename() == "parts") continue;
    EXPECT_NE(models::catalogue().find(entry.path().filename().string()), nullptr) << entry.path();
  }
  EXPECT_GE(models::catalogue().models().size(), 6U);
}

TEST(EngineTables, AreDescribedToo) {
  for (const char* name : {"", "output", "solver", "schedule", "sweep"})
    expect_described(core::engine_table(name), name);
}

TEST(Exemptions, AreCounted) {
  EXPECT_EQ(exemptions().size(), n_exemptions);
  for (const auto& exemption : exemptions()) {
    EXPECT_NE(models::catalogue().find(exemption.model), nullptr) << exemption.model;
    EXPECT_TRUE(is_sentence(exemption.reason)) << exemption.law;
  }
}

}  // namespace
}  // namespace poultice::conformance
