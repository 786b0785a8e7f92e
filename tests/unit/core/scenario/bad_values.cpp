#include "tests/unit/core/scenario/bad_input.hpp"
#include "tests/unit/core/scenario/fake_catalogue.hpp"

namespace poultice::core::testing {
namespace {

/// A scenario whose patch has these lines; the first of them is line 7.
std::string with_patch(const std::string& lines) {
  return "duration = \"96 h\"\n[drug]\nmolar_mass = \"336.5 g/mol\"\n[skin]\n\n[patch]\n" + lines + "\n";
}

std::string with_area(const std::string& area) {
  return with_patch("area = " + area + "\ncontent = \"4.2 mg\"");
}

/// The scenario with one more line at the root, line 1.
std::string with_root(const std::string& line) { return line + "\n" + small_scenario(); }

BadInput area(std::string name, const std::string& area) {
  return {.name = std::move(name), .text = with_area(area), .line = 7, .column = 8, .key = "patch.area"};
}

std::vector<BadInput> bad_quantities() {
  std::vector<BadInput> cases;
  const auto add = [&](BadInput bad, std::string what, std::string given, std::string expected,
                       std::string hint) {
    bad.what = std::move(what);
    bad.given = std::move(given);
    bad.expected = std::move(expected);
    bad.hint = std::move(hint);
    cases.push_back(std::move(bad));
  };
  add(area("wrong_dimension", "\"10.5 mg\""), "is a mass, where an area", "10.5 mg", "an area (cm^2)",
      "cm^2");
  add(area("length_for_area", "\"10.5 cm\""), "is a length", "10.5 cm", "an area (cm^2)", "");
  add(area("unit_typo", "\"10.5 cm^2s\""), "", "10.5 cm^2s", "an area", "");
  add(area("unknown_unit", "\"10.5 sqcmm\""), "", "10.5 sqcmm", "an area", "");
  add(area("bare_number", "10.5"), "unit is missing", "10.5", "between 0.01 and 1000 cm^2", "\"10.5 cm^2\"");
  add(area("bare_integer", "10"), "unit is missing", "10", "between 0.01 and 1000 cm^2", "\"10 cm^2\"");
  add(area("number_in_quotes", "\"10.5\""), "unit is missing", "10.5", "an area", "10.5 cm^2");
  add(area("unit_alone", "\"cm^2\""), "number is missing", "cm^2", "an area", "");
  add(area("nothing", "\"\""), "nothing is given", "\"\"", "an area", "");
  add(area("not_a_number", "nan"), "not finite", "nan", "between 0.01 and 1000 cm^2", "");
  add(area("infinite", "-inf"), "not finite", "-inf", "between 0.01 and 1000 cm^2", "");
  add(area("quoted_not_a_number", "\"nan cm^2\""), "not finite", "nan cm^2", "an area", "");
  add(area("quoted_infinity", "\"inf cm^2\""), "not finite", "inf cm^2", "an area", "");
  add(area("comma_in_number", "\"10,5 cm^2\""), "comma", "10,5 cm^2", "an area", "decimal point");
  add(area("too_small", "\"0.001 cm^2\""), "too small", "0.001 cm^2", "between 0.01 and 1000 cm^2", "");
  add(area("too_large", "\"1 m^2\""), "too large", "1 m^2", "between 0.01 and 1000 cm^2", "");
  add(area("flag_for_quantity", "true"), "no quantity", "true", "between", "\"1 cm^2\"");
  add(area("list_for_quantity", "[1, 2]"), "no quantity", "a list", "between", "");
  add(area("date_for_quantity", "1979-05-27"), "no quantity", "1979-05-27", "between", "");
  return cases;
}

}  // namespace

std::vector<BadInput> bad_values() {
  const std::string full = "area = \"1 cm^2\"\ncontent = \"1 mg\"\n";
  auto cases = bad_quantities();
  const std::vector<BadInput> more{
      {.name = "negative_thickness",
       .text = small_scenario() + "[skin.dermis]\nthickness = \"-1.2 mm\"\n",
       .line = 9,
       .column = 13,
       .key = "skin.dermis.thickness",
       .what = "too small",
       .given = "-1.2 mm",
       .expected = "between 0.01 and 10 mm"},
      {.name = "mass_for_amount",
       .text = "duration = \"96 h\"\n[drug]\nmolar_mass = \"336 Da\"\n",
       .line = 3,
       .column = 14,
       .key = "drug.molar_mass",
       .expected = "g/mol",
       .hint = "g/mol"},
      {.name = "temperature_without_degree",
       .text = "duration = \"96 h\"\n[skin]\ntemperature = \"32 C\"\n",
       .line = 3,
       .column = 15,
       .key = "skin.temperature",
       .hint = "degC"},
      {.name = "text_for_count",
       .text = "duration = \"96 h\"\n[skin]\ncells = \"20\"\n",
       .line = 3,
       .column = 9,
       .key = "skin.cells",
       .what = "whole number",
       .given = "\"20\"",
       .expected = "a whole number between 2 and 10000",
       .hint = "without quotes"},
      {.name = "real_for_count",
       .text = "duration = \"96 h\"\n[skin]\ncells = 20.0\n",
       .line = 3,
       .column = 9,
       .key = "skin.cells",
       .given = "20.0",
       .hint = "decimal point"},
      {.name = "negative_count",
       .text = "duration = \"96 h\"\n[skin]\ncells = -20\n",
       .line = 3,
       .column = 9,
       .key = "skin.cells",
       .what = "too small",
       .given = "-20"},
      {.name = "bad_choice",
       .text = with_patch(full + "kind = \"matrx\""),
       .line = 9,
       .column = 8,
       .key = "patch.kind",
       .given = "matrx",
       .expected = "matrix, reservoir",
       .hint = "\"matrix\""},
      {.name = "number_for_choice",
       .text = with_patch(full + "kind = 1"),
       .line = 9,
       .column = 8,
       .key = "patch.kind",
       .what = "text",
       .given = "1",
       .expected = "matrix, reservoir"},
      {.name = "number_for_text",
       .text = with_patch(full + "label = 1"),
       .line = 9,
       .column = 9,
       .key = "patch.label",
       .what = "text",
       .hint = "\"1\""},
      {.name = "text_for_flag",
       .text = with_patch(full + "occlusive = \"true\""),
       .line = 9,
       .column = 13,
       .key = "patch.occlusive",
       .expected = "true or false",
       .hint = "without quotes"},
      {.name = "number_for_flag",
       .text = with_patch(full + "occlusive = 1"),
       .line = 9,
       .column = 13,
       .key = "patch.occlusive",
       .given = "1",
       .expected = "true or false"},
      {.name = "unknown_table_named",
       .text = with_patch(full + "on = \"skn\""),
       .line = 9,
       .column = 6,
       .key = "patch.on",
       .given = "skn",
       .expected = "skin",
       .hint = "\"skin\""},
      {.name = "table_of_another_model",
       .text = with_patch(full + "on = \"drug\""),
       .line = 9,
       .column = 6,
       .key = "patch.on",
       .what = "of model drug",
       .expected = "skin"},
      {.name = "table_without_value",
       .text = with_area("{ source = \"a\" }"),
       .line = 7,
       .column = 8,
       .key = "patch.area",
       .what = "no value",
       .expected = "value = \"1 cm^2\""},
      {.name = "unknown_key_beside_value",
       .text = with_area("{ value = \"1 cm^2\", sorce = \"a\" }"),
       .line = 7,
       .column = 28,
       .key = "patch.area",
       .given = "sorce",
       .expected = "value, source, trust, note",
       .hint = "source"},
      {.name = "number_for_source",
       .text = with_area("{ value = \"1 cm^2\", source = 3 }"),
       .line = 7,
       .column = 37,
       .key = "patch.area",
       .what = "source is a text",
       .given = "3"},
      {.name = "wrong_unit_in_table",
       .text = with_area("{ value = \"1 mg\", source = \"a\" }"),
       .line = 7,
       .column = 18,
       .key = "patch.area",
       .what = "is a mass"},
      {.name = "tables_in_tables",
       .text = with_area("{ value = { value = \"1 cm^2\" } }"),
       .line = 7,
       .column = 18,
       .key = "patch.area",
       .what = "no quantity",
       .given = "a table"},
      {.name = "duration_of_nothing",
       .text = "duration = \"0 h\"\n[skin]\n",
       .line = 1,
       .column = 12,
       .key = "duration",
       .what = "too small",
       .expected = "between 0.001 and 87660 h"},
      {.name = "duration_of_a_century",
       .text = "duration = \"100 a\"\n[skin]\n",
       .line = 1,
       .column = 12,
       .key = "duration"},
      {.name = "duration_of_eleven_years",
       .text = "duration = \"96432 h\"\n[skin]\n",
       .line = 1,
       .column = 12,
       .key = "duration",
       .what = "too large"},
      {.name = "number_for_title",
       .text = with_root("title = 3"),
       .line = 1,
       .column = 9,
       .key = "title",
       .hint = "\"3\""},
      {.name = "later_format",
       .text = with_root("format = 2"),
       .line = 1,
       .column = 10,
       .key = "format",
       .what = "later version",
       .given = "format 2",
       .expected = "format 1"},
      {.name = "format_zero",
       .text = with_root("format = 0"),
       .line = 1,
       .column = 10,
       .key = "format",
       .what = "too small"},
      {.name = "too_many_samples",
       .text = small_scenario() + "[output]\nevery = \"0.1 s\"\n",
       .line = 9,
       .column = 9,
       .key = "output.every",
       .what = "too many samples",
       .given = "3.46e+06",
       .expected = "1000000"},
      {.name = "too_many_profiles",
       .text = small_scenario() + "[output]\nprofiles_every = \"0.1 s\"\n",
       .line = 9,
       .column = 18,
       .key = "output.profiles_every",
       .what = "too many samples"},
      {.name = "loose_tolerance",
       .text = small_scenario() + "[solver]\nrelative_tolerance = 0.5\n",
       .line = 9,
       .column = 22,
       .key = "solver.relative_tolerance",
       .what = "too large",
       .expected = "a number between 1e-12 and 0.001"},
  };
  cases.insert(cases.end(), more.begin(), more.end());
  return cases;
}

}  // namespace poultice::core::testing
