#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bindings/command/sweep/sbatch_script.hpp"

namespace poultice::bindings {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(SbatchScript, NamesTheFolderAndTheTasks) {
  const SbatchScript script{
      .folder = "/home/x y/big", .name = "big", .tasks = "0-4,7", .cpus = 2, .at_once = 3};
  const auto text = script.text();
  EXPECT_THAT(text, StartsWith("#!/bin/bash\n#SBATCH --job-name=big\n#SBATCH --array=0-4,7%3\n"));
  EXPECT_THAT(text, HasSubstr("#SBATCH --cpus-per-task=2\n"));
  EXPECT_THAT(text, HasSubstr("sweep run '/home/x y/big' --shard"));
  EXPECT_THAT(text, HasSubstr("${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"));
}

TEST(SbatchScript, TakesSlurmAFolderOfAnyName) {
  const auto text = SbatchScript{.folder = "/home/50% of it/big", .name = "a b", .tasks = "0"}.text();
  EXPECT_THAT(text, HasSubstr("#SBATCH --job-name='a b'\n"));
  EXPECT_THAT(text, HasSubstr("#SBATCH --output='/home/50%% of it/big/log/%a.txt'\n"));
  EXPECT_THAT(text, HasSubstr("sweep run '/home/50% of it/big' --shard"));
}

TEST(SbatchScript, LeavesOutWhatIsNotSaid) {
  const auto text = SbatchScript{.folder = "/big", .name = "big", .tasks = "0"}.text();
  EXPECT_THAT(text, HasSubstr("#SBATCH --array=0\n"));
  EXPECT_THAT(text, Not(HasSubstr("account")));
  EXPECT_THAT(text, Not(HasSubstr("partition")));
}

}  // namespace
}  // namespace poultice::bindings
