// Runs one of the cases that the scripts beside this folder ask for, and prints what they read.

#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>

#include "benchmarks/cases/cases.hpp"

using namespace poultice::benchmarks;

int main(int argc, char** argv) {
  CLI::App program("Cases of the benchmarks, for the scripts that compare and draw them");
  program.require_subcommand(1);

  Question question;
  auto* time = program.add_subcommand("time", "processor time and error of methods, as CSV");
  time->add_option("problem", question.problem)->required();
  time->add_option("--methods", question.methods)->required()->delimiter(',');
  time->add_option("--tolerances", question.tolerances)->delimiter(',');
  time->add_option("--reference", question.reference);
  time->add_option("--members", question.n_members);
  time->add_option("--width", question.width);
  time->add_option("--cells", question.n_cells);
  time->add_option("--species", question.n_species);
  time->add_option("--rounds", question.rounds);
  time->add_option("--most-seconds", question.most_seconds);

  std::string problem, folder;
  poultice::core::Index n_members = 10'000, n_exported = 8;
  int rounds = 5;
  auto* to_python = program.add_subcommand("export", "the equations of some members, as JSON");
  to_python->add_option("problem", problem)->required();
  to_python->add_option("--members", n_members, "of the population");
  to_python->add_option("--exported", n_exported, "of these, evenly spread");
  auto* writing = program.add_subcommand("writing", "what files cost, as CSV");
  writing->add_option("folder", folder, "an empty folder")->required();
  writing->add_option("--members", n_members);
  writing->add_option("--rounds", rounds);
  CLI11_PARSE(program, argc, argv);

  try {
    if (*time) time_methods(question);
    if (*to_python) export_problem(problem, n_members, n_exported);
    if (*writing) time_writing(folder, n_members, rounds);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
