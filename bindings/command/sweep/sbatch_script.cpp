#include "bindings/command/sweep/sbatch_script.hpp"

#include <fmt/format.h>

#include "bindings/shared/shell_word.hpp"

namespace poultice::bindings {
namespace {

constexpr const char* body = R"(
# One task of this array runs one shard of the sweep. It may be killed, or sent away to make room, at any
# time: what it has committed stays, and the next attempt runs the rest. Submit it from an environment in
# which `poultice` is found; sbatch takes that along.
export OMP_NUM_THREADS="${{SLURM_CPUS_PER_TASK:-1}}"

# Slurm signals this shell, which hands the signal on. The engine then finishes the blocks it is at, commits
# them and ends with 75. `wait` returns early when a signal comes, and has to be called again.
was_signalled=yes engine=
trap 'was_signalled=yes; [ -z "$engine" ] || kill -USR1 "$engine" 2>/dev/null' USR1 TERM
poultice sweep run {folder} --shard "$SLURM_ARRAY_TASK_ID" --resume --quiet &
engine=$!
while [ -n "$was_signalled" ]; do
  was_signalled=
  wait "$engine"
  code=$?
done

case $code in
  75) scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_${{SLURM_ARRAY_TASK_ID}}" ;;  # not done: once more, later
  3) code=0 ;;  # done; which members failed, and why, stands in the result
esac
exit "$code"
)";

/// The folder as a file name pattern of Slurm, in which a % begins a placeholder.
std::string pattern_of(const std::string& folder) {
  std::string pattern;
  for (const char c : folder) pattern += c == '%' ? std::string("%%") : std::string(1, c);
  return pattern;
}

}  // namespace

std::string SbatchScript::text() const {
  std::string text = "#!/bin/bash\n";
  // sbatch reads quotes as a shell does.
  const auto option = [&](const char* key, const std::string& value) {
    if (!value.empty()) text += fmt::format("#SBATCH --{}={}\n", key, shell_word(value));
  };
  option("job-name", name);
  option("array", at_once > 0 ? fmt::format("{}%{}", tasks, at_once) : tasks);
  option("ntasks", "1");
  option("cpus-per-task", fmt::format("{}", cpus));
  option("time", time);
  option("account", account);
  option("partition", partition);
  option("signal", "B:USR1@120");  // two minutes before the time is up
  text += "#SBATCH --requeue\n";
  option("open-mode", "append");
  option("output", pattern_of(folder) + "/log/%a.txt");
  return text + fmt::format(body, fmt::arg("folder", shell_word(folder)));
}

}  // namespace poultice::bindings
