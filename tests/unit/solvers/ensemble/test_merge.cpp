#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/ensemble/merge.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "solvers/record/result_digest.hpp"
#include "solvers/record/result_reader.hpp"
#include "tests/support/complaint.hpp"
#include "tests/unit/solvers/ensemble/toy_sweep.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using poultice::testing::complaint;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::poisoned_study;
using testing::tank_catalogue;
using testing::wide_study;

class Merge : public testing::SweepTest {
 protected:
  [[nodiscard]] std::string merged(const SweepFolder& folder, const MergeOptions& options = {}) {
    const auto out = (directory_ / (folder.path().filename().string() + ".h5")).string();
    report_ = merge(folder, out, options);
    return out;
  }
  MergeReport report_;
};

TEST_F(Merge, MembersStandInTheOrderOfTheDesign) {
  const auto study = wide_study();
  const auto folder = planned("s", study, 8, 3);
  run(folder);
  const Hdf5Reader file(merged(folder));
  const auto design = study.design();
  EXPECT_EQ(file.reals("tank.loss"), design.columns[0].numbers);
  EXPECT_EQ(file.reals("tank.content"), design.columns[2].numbers);
  EXPECT_THAT(file.at("in_tank").shape, ElementsAre(60, 7));
  EXPECT_THAT(file.axes("in_tank"), ElementsAre("/run", "/time"));
  EXPECT_THAT(file.axes("profile"), ElementsAre("/run", "/time_profile", "/place_cell"));
  EXPECT_THAT(file.integers("status"), Each(0));
  EXPECT_FALSE(file.has("status_text"));
  const auto in_tank = file.reals("in_tank"), most = file.reals("most");
  for (std::size_t member = 0; member < 60; ++member) {
    const double content = design.columns[2].numbers[member], loss = design.columns[0].numbers[member];
    EXPECT_NEAR(most[member], content, 1e-12);
    EXPECT_NEAR(in_tank[member * 7 + 1], content * std::exp(-loss * 1800.0), 3e-5);
  }
  EXPECT_EQ(file.text("provenance/study_toml"), study.text());
  EXPECT_EQ(file.attribute("tank.loss", "display_units"), Hdf5Value("1/h"));
  EXPECT_THAT(std::get<std::string>(file.attribute("/", "coordinates")), HasSubstr("tank.loss"));
}

TEST_F(Merge, FailedMembersAreUnknownAndSayWhy) {
  const auto folder = planned("s", poisoned_study());
  run(folder);
  const Hdf5Reader file(merged(folder));
  EXPECT_EQ(report_.n_failed, 3);
  EXPECT_THAT(file.integers("status"), ElementsAre(0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0));
  EXPECT_THAT(file.integers("failed"), ElementsAre(2, 6, 10));
  EXPECT_THAT(file.texts("status_text"), Each(HasSubstr("balance of water")));
  const auto most = file.reals("most");
  for (std::size_t member = 0; member < 12; ++member) EXPECT_EQ(std::isnan(most[member]), member % 4 == 2);
}

TEST_F(Merge, RefusesHolesUnlessTold) {
  const auto folder = planned("s", wide_study(), 8, 4);
  const auto plan = read_plan(folder.plan_file());
  static_cast<void>(run_blocks(plan, folder, {0, 1, 4}, tank_catalogue(), {.n_threads = 1}));
  EXPECT_THAT(complaint([&] { static_cast<void>(merged(folder)); }),
              AllOf(HasSubstr("3 of 4 shards: 1, 2, 3"), HasSubstr("--partial")));
  const Hdf5Reader file(merged(folder, {.is_partial_fine = true}));
  EXPECT_EQ(report_.n_missing, 60 - 24);
  EXPECT_EQ(report_.n_failed, 0);
  Index n_missing = 0;
  const auto status = file.integers("status");
  const auto most = file.reals("most");
  for (std::size_t member = 0; member < 60; ++member) {
    EXPECT_EQ(status[member] == static_cast<int>(MemberStatus::not_run), std::isnan(most[member]));
    n_missing += status[member] != 0 ? 1 : 0;
  }
  EXPECT_EQ(n_missing, 36);
}

TEST_F(Merge, OneTypeOfFileIsNotTakenForAnother) {
  const auto folder = planned("s", wide_study());
  run(folder);
  EXPECT_THAT(complaint([&] { const ResultFile result(merged(folder)); }),
              HasSubstr("of the type poultice-sweep, and one of poultice-run is needed"));
  EXPECT_THAT(complaint([&] { static_cast<void>(digest(folder.plan_file())); }),
              HasSubstr("of the type poultice-plan, and one of poultice-run or poultice-sweep"));
}

TEST_F(Merge, DeflatedFilesHoldTheSame) {
  const auto folder = planned("s", wide_study(), 8, 4);
  run(folder);
  const auto plain = digest(merged(folder));
  EXPECT_EQ(digest(merged(folder, {.deflate = 4, .overwrite = true})), plain);
}

TEST_F(Merge, ADigestSeesEveryNumber) {
  const auto folder = planned("s", wide_study()), other = planned("o", testing::tank_study(R"(
curves = ["in_tank"]
every = "30 min"
profiles = ["profile"]
profiles_every = "12 h"
[sweep.axes]
"tank.loss" = { from = "0.1 1/h", to = "10.000000001 1/h", count = 10, spacing = "log" }
"schedule.1.at" = ["1 h", "2 h"]
"tank.content" = ["1 mol", "3 mol", "2 mol"]
)"));
  run(folder);
  run(other);
  EXPECT_NE(merged_digest(folder), merged_digest(other));
}

}  // namespace
}  // namespace poultice::solvers
