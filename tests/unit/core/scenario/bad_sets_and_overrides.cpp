#include "tests/unit/core/scenario/bad_input.hpp"
#include "tests/unit/core/scenario/fake_catalogue.hpp"

namespace poultice::core::testing {
namespace {

std::string with_drug(const std::string& use) { return "duration = \"1 h\"\n[drug]\nuse = " + use + "\n"; }

const std::string scheduled = small_scenario() + "[[schedule]]\nat = \"0 h\"\napply = \"patch\"\n";

/// A wrong value of the command line: there is no line, and the file says which one it is.
BadInput set(std::string name, const std::string& path, const std::string& value, std::string key = "") {
  return {.name = std::move(name),
          .text = scheduled,
          .key = key.empty() ? path : std::move(key),
          .overrides = {{path, value}},
          .file = "--set " + path};
}

std::vector<BadInput> bad_overrides() {
  std::vector<BadInput> cases;
  const auto add = [&](BadInput bad, std::string what, std::string given, std::string expected,
                       std::string hint) {
    bad.what = std::move(what);
    bad.given = std::move(given);
    bad.expected = std::move(expected);
    bad.hint = std::move(hint);
    cases.push_back(std::move(bad));
  };
  add(set("override_unknown_key", "patch.aera", "1 cm^2"), "unknown key", "aera", "area", "patch.area");
  add(set("override_unknown_table", "ptach.area", "1 cm^2"), "no such parameter", "ptach.area", "",
      "patch.area");
  add(set("override_unknown_root", "duratoin", "1 h"), "no such parameter", "duratoin", "", "duration");
  add(set("override_of_a_table", "patch", "3"), "no such parameter", "patch", "", "");
  add(set("override_unknown_output", "output.evry", "1 h"), "unknown key", "evry", "every", "output.every");
  add(set("override_wrong_dimension", "patch.area", "20 mg"), "is a mass", "20 mg", "an area", "cm^2");
  add(set("override_bare_number", "patch.area", "20"), "unit is missing", "20", "between", "\"20 cm^2\"");
  add(set("override_out_of_range", "patch.area", "-1 cm^2"), "too small", "-1 cm^2", "between 0.01 and 1000",
      "");
  add(set("override_not_a_number", "solver.relative_tolerance", "nan"), "not finite", "nan", "between 1e-12",
      "");
  add(set("override_with_nothing", "patch.area", ""), "nothing is given", "", "an area", "");
  add(set("override_bad_choice", "patch.kind", "matrx"), "none of the choices", "matrx", "matrix",
      "\"matrix\"");
  add(set("override_text_for_count", "skin.cells", "many"), "whole number", "many", "between 2", "");
  add(set("override_unknown_element", "skin.layer.up.thickness", "1 um"), "no element", "up",
      "[[skin.layer]]", "");
  add(set("override_unknown_set", "drug.use", "fentanil"), "no set", "fentanil", "fentanyl", "\"fentanyl\"");
  add(set("override_past_the_schedule", "schedule.1.at", "1 h"), "no such entry", "schedule.1.at",
      "schedule.0.at", "from 0");
  add(set("override_no_index", "schedule.first.at", "1 h"), "no such entry", "schedule.first.at", "",
      "from 0");
  add(set("override_no_schedule_key", "schedule.0", "1 h"), "no such entry", "schedule.0", "", "");
  add(set("override_time_past_the_end", "schedule.0.at", "97 h"), "past the end", "97 h", "96 h", "");
  add(set("override_unknown_option", "schedule.0.on", "skin"), "unknown key", "on", "to, amount", "");
  return cases;
}

}  // namespace

std::vector<BadInput> bad_sets_and_overrides() {
  auto cases = bad_overrides();
  const std::vector<BadInput> sets{
      {.name = "unknown_set",
       .text = with_drug("\"fentanil\""),
       .line = 3,
       .column = 7,
       .key = "drug.use",
       .what = "no set",
       .given = "fentanil",
       .expected = "fentanyl, sufentanil",
       .hint = "\"fentanyl\""},
      {.name = "set_with_a_path",
       .text = with_drug("\"../sites/chest\""),
       .line = 3,
       .column = 7,
       .key = "drug.use",
       .what = "no set"},
      {.name = "set_of_no_file",
       .text = with_drug("\"mine.toml\""),
       .line = 3,
       .column = 7,
       .key = "drug.use",
       .what = "no such file",
       .given = "mine.toml"},
      {.name = "number_for_set",
       .text = with_drug("3"),
       .line = 3,
       .column = 7,
       .key = "drug.use",
       .what = "text"},
      {.name = "wrong_unit_in_set",
       .text = with_drug("\"wrong_unit\""),
       .line = 3,
       .column = 14,
       .key = "drug.molar_mass",
       .what = "is a mass",
       .given = "336 mg",
       .expected = "g/mol",
       .file = "drugs/wrong_unit.toml"},
      {.name = "unknown_model_in_set",
       .text = with_drug("\"wrong_model\"\nmolar_mass = \"300 g/mol\""),
       .line = 2,
       .column = 1,
       .key = "drugg",
       .what = "no model",
       .hint = "drug",
       .file = "drugs/wrong_model.toml"},
      {.name = "syntax_of_set",
       .text = with_drug("\"wrong_syntax\""),
       .line = 2,
       .column = 6,
       .given = "[drug",
       .file = "drugs/wrong_syntax.toml"},
      {.name = "therapy_for_a_set",
       .text = with_drug("\"wrong_kind\""),
       .line = 1,
       .column = 8,
       .key = "kind",
       .what = "no set",
       .given = "\"therapy\"",
       .file = "drugs/wrong_kind.toml"},
      {.name = "unknown_key_in_set",
       .text = with_drug("\"wrong_key\"\nmolar_mass = \"300 g/mol\""),
       .line = 3,
       .column = 1,
       .key = "drug.molar_mas",
       .what = "unknown key",
       .hint = "drug.molar_mass",
       .file = "drugs/wrong_key.toml"},
      {.name = "set_that_names_a_set",
       .text = "duration = \"1 h\"\n[skin]\nsite = \"nested\"\n",
       .line = 3,
       .column = 1,
       .key = "skin.site",
       .what = "cannot name another set",
       .file = "sites/nested.toml"},
  };
  cases.insert(cases.end(), sets.begin(), sets.end());
  return cases;
}

}  // namespace poultice::core::testing
