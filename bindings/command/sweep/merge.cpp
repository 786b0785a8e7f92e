#include "solvers/ensemble/merge.hpp"

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/sweep/sweep_commands.hpp"

namespace poultice::bindings {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string folder, output;
  bool partial = false, compress = false, force = false;
};

int merge(const Options& options) {
  const auto name = fs::absolute(options.folder).lexically_normal();
  const auto output = options.output.empty()
                          ? (name.has_filename() ? name : name.parent_path()).filename().string() + ".h5"
                          : options.output;
  constexpr int fast_deflate = 1;  // most of what it can save, at a fraction of the time of 9
  const auto report = solvers::merge(solvers::SweepFolder(options.folder), output,
                                     {.is_partial_fine = options.partial,
                                      .deflate = options.compress ? fast_deflate : 0,
                                      .overwrite = options.force});
  fmt::print("{}: {} members, {} failed, {} missing\n", output, report.n_members, report.n_failed,
             report.n_missing);
  return report.n_failed > 0 ? some_failed : done;
}

}  // namespace

void add_sweep_merge(CLI::App& sweep, Action& action) {
  auto* subcommand = sweep.add_subcommand("merge", "Puts the parts of a sweep together into one file");
  const auto options = std::make_shared<Options>();
  subcommand->add_option("folder", options->folder, "the sweep's folder")->required()->type_name("FOLDER");
  subcommand
      ->add_option("-o,--output", options->output, "the file (default: the folder's name with .h5, here)")
      ->type_name("R.h5");
  subcommand->add_flag("--partial", options->partial, "put up with missing parts: their members are NaN");
  subcommand->add_flag("--compress", options->compress, "a smaller file that takes longer to write");
  subcommand->add_flag("-f,--force", options->force, "overwrite a file of that name");
  subcommand->callback([options, &action] { action = [options] { return merge(*options); }; });
}

}  // namespace poultice::bindings
