#include "core/base/check.hpp"
#include "core/scenario/scenario.hpp"

namespace poultice::core {
namespace {

const ParameterTable& root_table() {
  static const ParameterTable table{
      text("title").optional().means("One line that says what the study shows."),
      data_set("therapy", "therapies")
          .optional()
          .means("The composition of tables that the scenario starts from."),
      quantity("duration", "h")
          .between(0.001, 87660.0)
          .means("How long the study lasts, from time zero.")
          .from("no default: every study has its own"),
      count("format")
          .by_default("1")
          .between(1, 1)
          .means("The version of the scenario language.")
          .from("the only version there is"),
  };
  return table;
}

const ParameterTable& output_table() {
  static const ParameterTable table{
      quantity("every", "h")
          .by_default("15 min")
          .between(1e-6, 87660.0)
          .means("The time between two samples of every curve.")
          .from("chosen: some 300 samples of a three-day patch"),
      quantity("profiles_every", "h")
          .by_default("12 h")
          .between(1e-6, 87660.0)
          .means("The time between two samples of the profiles in depth.")
          .from("chosen: some profiles of a three-day patch"),
  };
  return table;
}

const ParameterTable& solver_table() {
  static const ParameterTable table{
      choice("integrator", {"automatic", "contour", "rosenbrock", "cvode"})
          .by_default("automatic")
          .means("How time is integrated: contour serves linear studies, rosenbrock and cvode serve all.")
          .from("automatic: contour for linear studies, else rosenbrock, the fastest of each"),
      quantity("relative_tolerance", "1")
          .by_default("1e-6")
          .between(1e-12, 1e-3)
          .means("The error allowed in one step, relative to the state.")
          .from("chosen: a thousandth of the 0.1 % that results are held to"),
      quantity("absolute_tolerance", "1")
          .by_default("1e-9")
          .between(1e-18, 1e-2)
          .means("The error allowed in one step, as a fraction of the largest amount applied.")
          .from("chosen: below what any assay resolves"),
      quantity("max_wall_time", "s")
          .by_default("10 min")
          .between(1e-3, 1e8)
          .means("The time after which a run that has not ended is stopped.")
          .from("chosen: far above the time of an ordinary run"),
      count("max_steps")
          .by_default("1000000")
          .between(1, 1e12)
          .means("The number of time steps after which a run is stopped.")
          .from("chosen: far above the steps of an ordinary run"),
  };
  return table;
}

const ParameterTable& schedule_table() {
  static const ParameterTable table{
      quantity("at", "h").between(0.0, 87660.0).means("When it happens, from time zero."),
      quantity("every", "h")
          .optional()
          .between(1e-6, 87660.0)
          .means("The time between repeats; beside it stands times or until."),
      count("times").optional().between(1, most_repeats).means("How often it happens in all."),
      quantity("until", "h")
          .optional()
          .between(0.0, 87660.0)
          .means("The time after which it is not repeated."),
  };
  return table;
}

const ParameterTable& sweep_table() {
  static const ParameterTable table{
      text("scenario")
          .optional()
          .means("The file of the scenario, where it does not stand beside [sweep] in the same file."),
      choice("method", {"sobol", "latin_hypercube", "random"})
          .by_default("sobol")
          .means("How members are drawn from the distributions.")
          .from("chosen: the smallest error of a mean for so many members"),
      count("n")
          .optional()
          .between(1, most_members)
          .means("How many members are drawn from the distributions; for sobol best a power of two."),
      count("seed")
          .by_default("0")
          .between(0, 9007199254740991.0)
          .means("What the draws start from: the same seed gives the same members.")
          .from("chosen: any number would do"),
      count("replicates")
          .by_default("1")
          .between(1, 10000)
          .means("How often the members are drawn anew, each time from another seed.")
          .from("chosen: one design"),
      text("table").optional().means(
          "A CSV file with a row for each member and a column for each parameter."),
      text("curves").optional().means("The probes kept over time: a name, or a list of names."),
      quantity("every", "h")
          .optional()
          .between(1e-6, 87660.0)
          .means("The time between two samples of the kept curves; else the scenario's output.every."),
      text("profiles").optional().means("The profiles in depth that are kept: a name, or a list of names."),
      quantity("profiles_every", "h")
          .optional()
          .between(1e-6, 87660.0)
          .means("The time between two samples of the kept profiles; else output.profiles_every."),
  };
  return table;
}

}  // namespace

const ParameterTable& engine_table(std::string_view name) {
  if (name.empty()) return root_table();
  if (name == "output") return output_table();
  if (name == "schedule") return schedule_table();
  if (name == "sweep") return sweep_table();
  POULTICE_ASSERT(name == "solver");
  return solver_table();
}

}  // namespace poultice::core
