#include "tests/unit/solvers/ensemble/toy_sweep.hpp"

#include <unistd.h>

#include "solvers/ensemble/merge.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/record/result_digest.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers::testing {
namespace {

const core::DataLibrary& no_sets() {
  static const core::DataLibrary none;
  return none;
}

}  // namespace

core::Study tank_study(const std::string& sweep) {
  const auto text = "title = \"Tanks\"\nduration = \"3 h\"\n[tank]\n" + happens("0 h", "fill") +
                    happens("2 h", "close") + "[sweep]\n" + sweep;
  return core::Study::parse(text, "tanks.toml", ".", tank_catalogue(), no_sets());
}

core::Study wide_study() {
  return tank_study(R"(
curves = ["in_tank"]
every = "30 min"
profiles = ["profile"]
profiles_every = "12 h"
[sweep.axes]
"tank.loss" = { from = "0.1 1/h", to = "10 1/h", count = 10, spacing = "log" }
"schedule.1.at" = ["1 h", "2 h"]
"tank.content" = ["1 mol", "3 mol", "2 mol"]
)");
}

core::Study timed_study(const std::string& integrator) {
  return tank_study(R"(
curves = ["in_tank", "drain_rate"]
every = "30 min"
[sweep.axes]
"solver.integrator" = [")" +
                    integrator + R"("]
"schedule.0.at" = { from = "0 h", to = "1 h", count = 5 }
"schedule.1.at" = { from = "1 h", to = "3 h", count = 15 }
)");
}

core::Study poisoned_study() {
  return tank_study(R"(
curves = ["in_tank"]
[sweep.axes]
"tank.loss" = ["1 1/h", "2 1/h", "3 1/h"]
"tank.leak" = ["0 1/h", "1e-9 1/h", "1 1/h", "2e-9 1/h"]
)");
}

Plan plan_of(const core::Study& study, core::Index width, core::Index n_shards) {
  return make_plan(study, study.design(), {.width = width, .n_shards = n_shards});
}

void SweepTest::SetUp() {
  directory_ = std::filesystem::temp_directory_path() /
               ("poultice-sweep-" + std::to_string(::getpid()) + "-" +
                ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::remove_all(directory_);
  std::filesystem::create_directory(directory_);
}

void SweepTest::TearDown() { std::filesystem::remove_all(directory_); }

SweepFolder SweepTest::planned(const std::string& name, const core::Study& study, core::Index width,
                               core::Index n_shards) const {
  SweepFolder folder(directory_ / name);
  folder.create();
  write_plan(plan_of(study, width, n_shards), study, folder.plan_file(), false);
  return folder;
}

RunReport SweepTest::run(const SweepFolder& folder, const RunOptions& options) {
  const auto plan = read_plan(folder.plan_file());
  return run_blocks(plan, folder, blocks_to_run(plan, folder.pieces(plan), {}), tank_catalogue(), options);
}

std::string SweepTest::merged_digest(const SweepFolder& folder) const {
  const auto out = directory_ / (folder.path().filename().string() + ".h5");
  static_cast<void>(merge(folder, out, {.overwrite = true}));
  return digest(out);
}

}  // namespace poultice::solvers::testing
