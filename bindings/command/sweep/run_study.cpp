#include <filesystem>

#include <fmt/format.h>

#include "bindings/command/complaint.hpp"
#include "bindings/command/sweep/run_words.hpp"
#include "bindings/shared/shell_word.hpp"
#include "core/base/error.hpp"
#include "solvers/ensemble/merge.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::bindings {
namespace {

namespace fs = std::filesystem;

/// Only what a sweep puts there; a folder that holds anything else stays.
void remove(const solvers::SweepFolder& folder) {
  std::error_code ignored;
  fs::remove_all(folder.shards(), ignored);
  for (const auto& path : {folder.plan_file(), folder.log(), folder.path()}) fs::remove(path, ignored);
}

/// The plan's file, new or of the sweep that is to go on.
void keep_plan(const solvers::SweepFolder& folder, const PlannedStudy& planned, const RunWords& words) {
  if (words.force) remove(folder);
  if (!fs::exists(folder.plan_file())) {
    folder.create();
    return solvers::write_plan(planned.plan, *planned.study, folder.plan_file(), false);
  }
  if (!words.resume)
    throw core::FileError(folder.path().string(), "a sweep that was not finished lies here",
                          "add --resume to go on with it, or --force to begin anew");
  if (solvers::read_plan(folder.plan_file()).hash != planned.plan.hash)
    throw core::FileError(folder.path().string(), "the sweep that lies here is another one",
                          "the study has changed; add --force to begin anew, without --resume");
}

}  // namespace

ExitCode run_study(const RunWords& words) {
  if (words.shard >= 0)
    throw core::FileError(words.target, "a study that is run in one go has no shards to choose from",
                          "leave out --shard; or plan it first: poultice sweep plan");
  const auto output = words.output.empty() ? fs::path(words.target).stem().string() + ".h5" : words.output;
  solvers::check_output(output, words.force);
  const auto signals = catch_sweep_signals();
  const solvers::SweepFolder folder(fs::path(output).replace_extension(".sweep"));
  const auto planned = bindings::planned(words.target, words.plan);
  keep_plan(folder, planned, words);
  const auto code = run_plan(folder, planned.plan, words, signals);
  if (code == interrupted || code == resumable) {
    fmt::print(stderr, "stopped; what is done is kept in {}\nnext: poultice sweep run {} -o {} --resume\n",
               folder.path().string(), shell_word(words.target), shell_word(output));
    return code;
  }
  try {
    (void)solvers::merge(folder, output, {.is_partial_fine = words.limit > 0, .overwrite = words.force});
  } catch (const core::FileError& error) {
    fmt::print(stderr, "poultice: {}\n", complaint(error));
    return run_failed;
  }
  remove(folder);
  if (!words.quiet)
    fmt::print(
        "  result     {}\n\n"
        "next: poultice plot {}\n"
        "      python -c 'import xarray; print(xarray.open_dataset(\"{}\", engine=\"h5netcdf\"))'\n",
        output, shell_word(output), output);
  return code;
}

}  // namespace poultice::bindings
