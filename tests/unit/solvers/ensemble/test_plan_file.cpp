#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "tests/support/complaint.hpp"
#include "tests/unit/solvers/ensemble/toy_sweep.hpp"

namespace poultice::solvers {
namespace {

using poultice::testing::complaint;
using ::testing::HasSubstr;
using testing::plan_of;
using testing::wide_study;

class PlanFile : public testing::SweepTest {};

TEST_F(PlanFile, IsReadBackWhole) {
  const auto study = wide_study();
  const auto plan = plan_of(study, 8, 3);
  const auto again = read_plan(planned("s", study, 8, 3).plan_file());
  EXPECT_EQ(again.hash, plan.hash);  // of all that decides a number
  EXPECT_EQ(again.computed_hash(), plan.hash);
  EXPECT_EQ(again.title, "Tanks");
  EXPECT_EQ(again.shard_begin, plan.shard_begin);
  EXPECT_EQ(again.layout.headlines[0].long_name, plan.layout.headlines[0].long_name);
  EXPECT_EQ(again.layout.curves[0].unit, "mol");
  EXPECT_EQ(again.layout.profiles[0].axis, "place");
  EXPECT_EQ(again.layout.axes[0].unit, "m");
  EXPECT_EQ(again.design.columns[1].path, "schedule.1.at");
  EXPECT_TRUE(again.design.columns[1].needs_own_scenario);
  EXPECT_FALSE(again.design.columns[0].needs_own_scenario);
  EXPECT_EQ(again.design.columns[1].unit, "h");
}

TEST_F(PlanFile, HoldsTheStudyByteForByte) {
  const auto study = wide_study();
  const Hdf5Reader file(planned("s", study).plan_file().string());
  EXPECT_EQ(file.text("provenance/study_toml"), study.text());
  EXPECT_EQ(file.text("provenance/scenario_toml"), study.scenario_text());
}

TEST_F(PlanFile, IsNeverChanged) {
  const auto study = wide_study();
  const auto folder = planned("s", study);
  EXPECT_THAT(complaint([&] { write_plan(plan_of(study), study, folder.plan_file(), false); }),
              HasSubstr("exists already"));
}

TEST_F(PlanFile, WhatIsNoPlanIsRefused) {
  std::ofstream(directory_ / "x.h5") << "no";
  EXPECT_THAT(complaint([&] { static_cast<void>(read_plan(directory_ / "x.h5")); }),
              HasSubstr("not an HDF5"));
  EXPECT_THAT(complaint([&] { static_cast<void>(read_plan(directory_ / "y.h5")); }),
              HasSubstr("no such file"));
  auto plan = plan_of(wide_study());
  plan.hash = std::string(64, '0');
  write_plan(plan, wide_study(), directory_ / "z.h5", false);
  EXPECT_THAT(complaint([&] { static_cast<void>(read_plan(directory_ / "z.h5")); }),
              HasSubstr("its own hash"));
}

}  // namespace
}  // namespace poultice::solvers
