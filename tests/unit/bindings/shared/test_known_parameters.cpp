#include <algorithm>

#include <gtest/gtest.h>

#include "bindings/shared/known_parameters.hpp"

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

}  // namespace
}  // namespace poultice::bindings
