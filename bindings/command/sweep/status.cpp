#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/sweep/sweep_commands.hpp"
#include "bindings/shared/json.hpp"
#include "bindings/shared/shell_word.hpp"
#include "bindings/shared/shown.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/ensemble/sweep_status.hpp"

namespace poultice::bindings {
namespace {

using core::Index;

struct Options {
  std::string folder;
  bool json = false;
};

constexpr std::size_t most_causes = 5;

std::string numbers(const std::vector<Index>& numbers) { return fmt::format("{}", fmt::join(numbers, ", ")); }

/// The first few, and how many there are.
std::string some_of(const std::vector<Index>& shards) {
  constexpr std::size_t shown = 12;
  if (shards.size() <= shown) return numbers(shards);
  return numbers({shards.begin(), shards.begin() + shown}) + fmt::format(", … ({} in all)", shards.size());
}

std::string in_words(const solvers::SweepStatus& status, const std::string& folder) {
  const Index n_missing = status.n_members - status.n_ok - status.n_failed;
  const auto n_shards = status.done.size() + status.begun.size() + status.missing.size();
  std::vector<std::vector<std::string>> rows{
      {"members", fmt::format("{} of {} ok, {} failed, {} missing", status.n_ok, status.n_members,
                              status.n_failed, n_missing)},
      {"shards", fmt::format("{} of {} done", status.done.size(), n_shards)}};
  if (!status.begun.empty()) rows.push_back({"begun", some_of(status.begun)});
  if (!status.missing.empty()) rows.push_back({"missing", some_of(status.missing)});
  rows.push_back({"took", shown_time(status.seconds) + " of one processor"});
  auto text = in_columns(rows);
  if (!status.causes.empty()) text += "\nwhy members failed\n";
  std::vector<std::vector<std::string>> causes;
  for (std::size_t i = 0; i < std::min(most_causes, status.causes.size()); ++i)
    causes.push_back({fmt::format("{}", status.causes[i].second), status.causes[i].first});
  text += in_columns(causes, {0});
  const auto word = shell_word(folder);
  return text + (n_missing > 0 ? fmt::format("\nnext: poultice sweep run {} --resume\n", word)
                               : fmt::format("\nnext: poultice sweep merge {}\n", word));
}

std::string in_json(const solvers::SweepStatus& status) {
  std::vector<std::string> causes;
  for (const auto& [text, count] : status.causes)
    causes.push_back(JsonObject().add("text", text).add("members", static_cast<long>(count)).text());
  return JsonObject()
      .add("members", static_cast<long>(status.n_members))
      .add("ok", static_cast<long>(status.n_ok))
      .add("failed", static_cast<long>(status.n_failed))
      .add("missing", static_cast<long>(status.n_members - status.n_ok - status.n_failed))
      .add_json("shards_done", "[" + numbers(status.done) + "]")
      .add_json("shards_begun", "[" + numbers(status.begun) + "]")
      .add_json("shards_missing", "[" + numbers(status.missing) + "]")
      .add_json("causes", json_array(causes))
      .add("cpu_seconds", status.seconds)
      .text();
}

int show(const Options& options) {
  const solvers::SweepFolder folder(options.folder);
  const auto status = solvers::sweep_status(solvers::read_plan(folder.plan_file()), folder);
  if (options.json)
    fmt::print("{}\n", in_json(status));
  else
    fmt::print("{}", in_words(status, options.folder));
  return done;
}

}  // namespace

void add_sweep_status(CLI::App& sweep, Action& action) {
  auto* subcommand = sweep.add_subcommand("status", "Shows what of a sweep is done, missing and failed");
  const auto options = std::make_shared<Options>();
  subcommand->add_option("folder", options->folder, "the sweep's folder")->required()->type_name("FOLDER");
  subcommand->add_flag("--json", options->json, "print one JSON object");
  subcommand->callback([options, &action] { action = [options] { return show(*options); }; });
}

}  // namespace poultice::bindings
