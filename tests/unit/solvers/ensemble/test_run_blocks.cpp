#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.hpp"
#include "solvers/ensemble/merge.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/ensemble/run_blocks.hpp"
#include "tests/support/complaint.hpp"
#include "tests/unit/solvers/ensemble/toy_sweep.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

namespace fs = std::filesystem;
using core::Index;
using poultice::testing::complaint;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::poisoned_study;
using testing::wide_study;

class RunBlocks : public testing::SweepTest {
 protected:
  [[nodiscard]] static std::vector<std::string> piece_names(const SweepFolder& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder.shards()))
      names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }
};

TEST_F(RunBlocks, TheDigestKnowsNothingOfThreadsShardsAndPieces) {
  const auto study = wide_study();
  const auto folder = planned("plain", study);
  EXPECT_EQ(run(folder).n_members, 60);
  const auto expected = merged_digest(folder);
  int number = 0;
  for (const Index n_shards : {1, 3, 8, 64})
    for (const int n_threads : {1, 2, 3, 8})
      for (const double commit_after : {0.0, 60.0}) {
        const auto other = planned("other" + std::to_string(number++), study, 8, n_shards);
        const auto report = run(other, {.n_threads = n_threads, .commit_after_seconds = commit_after});
        EXPECT_EQ(report.n_members, 60);
        EXPECT_EQ(report.n_blocks_left, 0);
        EXPECT_EQ(merged_digest(other), expected) << n_shards << " shards, " << n_threads << " threads";
      }
}

TEST_F(RunBlocks, NorDoesThatOfMembersWithTimesOfTheirOwn) {
  for (const auto* integrator : {"contour", "rosenbrock", "cvode"}) {
    const std::string name = integrator;
    const auto study = testing::timed_study(integrator);
    const auto one = planned(name + "1", study), three = planned(name + "3", study, 8, 3);
    EXPECT_EQ(run(one).n_failed, 0);
    EXPECT_EQ(run(three, {.n_threads = 3, .commit_after_seconds = 0.0}).n_failed, 0);
    EXPECT_EQ(merged_digest(one), merged_digest(three));
  }
}

TEST_F(RunBlocks, APlanOfAnotherVersionIsNotRun) {
  const auto folder = planned("old", wide_study());
  auto plan = read_plan(folder.plan_file());
  plan.software = "poultice 0.0.9";
  EXPECT_THAT(complaint([&] { run_blocks(plan, folder, {0}, testing::tank_catalogue(), {}); }),
              HasSubstr("made by poultice 0.0.9"));
  EXPECT_THAT(piece_names(folder), IsEmpty());
}

TEST_F(RunBlocks, FailuresDoNotDependOnThreadsEither) {
  const auto one = planned("one", poisoned_study()), four = planned("four", poisoned_study(), 8, 2);
  EXPECT_EQ(run(one).n_failed, 3);
  EXPECT_EQ(run(four, {.n_threads = 4}).n_failed, 3);
  EXPECT_EQ(merged_digest(one), merged_digest(four));
}

TEST_F(RunBlocks, PiecesAreNamedByShardAndFirstBlock) {
  const auto folder = planned("s", wide_study(), 8, 2);
  run(folder);
  EXPECT_THAT(piece_names(folder), ElementsAre("0000-00000.h5", "0001-00000.h5"));
  const auto small = planned("t", wide_study(), 8, 2);
  run(small, {.n_threads = 2, .commit_after_seconds = 0.0});
  EXPECT_THAT(piece_names(small),
              ElementsAre("0000-00000.h5", "0000-00001.h5", "0000-00002.h5", "0000-00003.h5", "0001-00000.h5",
                          "0001-00001.h5", "0001-00002.h5", "0001-00003.h5"));
}

TEST_F(RunBlocks, APreemptedSweepCommitsWhatIsDoneAndGoesOn) {
  const auto folder = planned("s", wide_study());
  std::atomic<bool> preempt = false;
  const auto report =
      run(folder, {.n_threads = 1, .preempt = &preempt, .progress = [&](Index members, Index) {
                     preempt = members >= 16;
                   }});
  EXPECT_EQ(report.n_members, 16);
  EXPECT_EQ(report.n_blocks_left, 6);
  EXPECT_THAT(piece_names(folder), ElementsAre("0000-00000.h5"));
  const auto rest = run(folder);
  EXPECT_EQ(rest.n_members, 44);
  EXPECT_THAT(piece_names(folder), ElementsAre("0000-00000.h5", "0000-00002.h5"));
  const auto whole = planned("whole", wide_study());
  run(whole);
  EXPECT_EQ(merged_digest(folder), merged_digest(whole));
}

TEST_F(RunBlocks, AStoppedSweepCommitsWhatIsDone) {
  const auto folder = planned("s", wide_study());
  std::atomic<bool> stop = false;
  const auto report = run(folder, {.n_threads = 2, .stop = &stop, .progress = [&](Index members, Index) {
                                     if (members >= 24) stop = true;
                                   }});
  EXPECT_GE(report.n_members, 24);
  EXPECT_EQ(report.n_members + run(folder).n_members, 60);
}

TEST_F(RunBlocks, ALimitCutsAtBlocks) {
  const auto plan = testing::plan_of(wide_study());
  EXPECT_THAT(limited(plan, {0, 1, 2, 3}, 1), ElementsAre(0));
  EXPECT_THAT(limited(plan, {0, 1, 2, 3}, 8), ElementsAre(0));
  EXPECT_THAT(limited(plan, {0, 1, 2, 3}, 9), ElementsAre(0, 1));
  EXPECT_THAT(limited(plan, {1}, 100), ElementsAre(1));
}

TEST_F(RunBlocks, PiecesOfAnotherPlanAreRefused) {
  const auto folder = planned("s", wide_study()), other = planned("o", wide_study(), 16);
  run(folder);
  fs::copy_file(folder.shards() / "0000-00000.h5", other.shards() / "0000-00000.h5");
  EXPECT_THAT(complaint([&] { run(other); }), HasSubstr("belongs to another plan"));
  EXPECT_THAT(complaint([&] { static_cast<void>(merge(other, directory_ / "m.h5")); }),
              HasSubstr("belongs to another plan"));
  EXPECT_FALSE(fs::exists(directory_ / "m.h5"));
}

TEST_F(RunBlocks, APartThatAnotherProcessHasRunIsKept) {
  const auto folder = planned("s", wide_study());
  const auto plan = read_plan(folder.plan_file());
  const auto blocks = blocks_to_run(plan, {}, {});
  run(folder);
  const auto before = fs::last_write_time(folder.shards() / "0000-00000.h5");
  EXPECT_THAT(
      complaint([&] { run_blocks(plan, folder, blocks, testing::tank_catalogue(), {.n_threads = 1}); }),
      HasSubstr("another process has run this part"));
  EXPECT_EQ(fs::last_write_time(folder.shards() / "0000-00000.h5"), before);
}

TEST_F(RunBlocks, AFullDiskIsAnErrorAndLeavesNoPiece) {
  const auto folder = planned("s", wide_study());
  int refused = 0;
  for (rlim_t limit = 0; limit < 30'000; limit += 3'000) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit file_size{limit, limit};
      ::setrlimit(RLIMIT_FSIZE, &file_size);
      const auto what = complaint([&] { run(folder); });
      std::exit(what == "done" ? 0 : what.find("free space") != std::string::npos ? 10 : 12);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 0) break;
    EXPECT_EQ(WEXITSTATUS(status), 10) << limit;
    EXPECT_THAT(piece_names(folder), IsEmpty()) << limit;
    ++refused;
  }
  EXPECT_GE(refused, 5);
}

}  // namespace
}  // namespace poultice::solvers
