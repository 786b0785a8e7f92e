#include <algorithm>

#include <gtest/gtest.h>

#include "bindings/shared/known_parameters.hpp"
#include "bindings/shared/study.hpp"
#include "core/base/error.hpp"
#include "core/scenario/value_reader.hpp"

namespace poultice::bindings {
namespace {

std::vector<std::string> paths(std::string_view key) {
  std::vector<std::string> found;
  for (const auto& known : find_parameters(key)) found.push_back(known.path());
  return found;
}

using Paths = std::vector<std::string>;

TEST(KnownParameters, APathIsFoundAndNothingElse) {
  EXPECT_EQ(paths("patch.area"), Paths{"patch.area"});
  EXPECT_EQ(paths("duration"), Paths{"duration"});
  EXPECT_EQ(paths("plasma.dose.amount"), Paths{"plasma.dose.amount"});
  EXPECT_EQ(paths("laminate.layer.upper.thickness"), Paths{"laminate.layer.*.thickness"});
}

TEST(KnownParameters, TablesOfOtherNamesAndEntriesOfTheScheduleAreUnderstood) {
  EXPECT_EQ(paths("left_arm.dermis.thickness"), Paths{"skin.dermis.thickness"});
  EXPECT_EQ(paths("schedule.12.at"), Paths{"schedule.at"});
  EXPECT_EQ(paths("schedule.0.rate"), Paths{"plasma.infuse.rate"});
}

TEST(KnownParameters, ABareKeyIsFoundInEveryModel) {
  const auto found = paths("area");
  for (const auto* path : {"patch.area", "donor.area", "skin.area"})
    EXPECT_EQ(std::count(found.begin(), found.end(), path), 1) << path;
}

TEST(KnownParameters, WhatIsNotThereIsNotFound) {
  for (const auto* key : {"", ".", "patch", "patch.aera", "schedule.0.aera", "patch..area", "nothing"})
    EXPECT_EQ(paths(key), Paths{}) << key;
}

/// The timing of events is known to the reader of schedules alone; what is said of it here must be the same.
TEST(KnownParameters, TheScheduleAcceptsWhatIsSaidOfIt) {
  for (const auto& spec : schedule_table().specs()) {
    const auto wrong = spec.type == core::ParameterType::count ? "0" : "\"-1 h\"";
    auto text = std::string("duration = \"1 h\"\n[drug]\nmolar_mass = \"1 g/mol\"\n[plasma]\n") +
                "volume_central = \"1 L\"\nclearance = \"1 L/h\"\n[[schedule]]\nstop = \"plasma\"\n";
    if (spec.key != "at") text += "at = \"0 h\"\n";
    text += spec.key + " = " + wrong + "\n";
    try {
      static_cast<void>(load_text(text, "s.toml"));
      FAIL() << spec.key;
    } catch (const core::ScenarioError& error) {
      const auto& problems = error.problems();
      EXPECT_TRUE(std::any_of(problems.begin(), problems.end(), [&](const auto& problem) {
        return problem.key == "schedule.0." + spec.key && problem.expected == core::accepted(spec);
      })) << error.what();
    }
  }
}

}  // namespace
}  // namespace poultice::bindings
