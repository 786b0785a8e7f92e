#include "tests/unit/core/scenario/fake_catalogue.hpp"

#include <array>

namespace poultice::core::testing {
namespace {

/// A check across values: what is removed must have been applied before.
void check_patch(const Scenario& scenario, const Instance& patch, std::vector<Problem>& problems) {
  bool is_on = false;
  for (const auto& event : scenario.events()) {
    if (event.instance != patch.name) continue;
    if (event.verb == "remove" && !is_on)
      problems.push_back({.what = "is removed before it is applied",
                          .line = event.line,
                          .column = event.column,
                          .key = patch.name});
    is_on = event.verb == "apply";
  }
}

const ModelDescription& drug() {
  static const ModelDescription model{
      .name = "drug",
      .meaning = "The molecule.",
      .parameters = {data_set("use", "drugs").optional().means("A known drug."),
                     quantity("molar_mass", "g/mol").between(10, 1e6).means("The mass of one mole."),
                     flag("ionised").by_default("false").means("Whether it carries a charge.")},
      .actions = {}};
  return model;
}

const ModelDescription& skin() {
  static const ModelDescription model{
      .name = "skin",
      .meaning = "Layers.",
      .parameters =
          {data_set("site", "sites").optional().means("A known site."),
           quantity("temperature", "degC").by_default("32 degC").between(4, 45).means("At the surface."),
           count("cells").by_default("20").between(2, 10000).means("Cells in each layer."),
           quantity("dermis.thickness", "mm")
               .by_default("1.2 mm")
               .between(0.01, 10)
               .means("Its thickness.")
               .from("a textbook"),
           quantity("dermis.clearance", "1/s").optional().means("Uptake by capillaries."),
           quantity("layer.*.thickness", "um").between(0, 1e5).means("The layer's thickness."),
           quantity("layer.*.partition_coefficient", "1")
               .by_default("1")
               .between(1e-6, 1e6)
               .means("To water.")},
      .actions = {{"wash",
                   "Takes away what lies on the skin.",
                   {quantity("fraction", "1").by_default("1").between(0, 1)}}}};
  return model;
}

const ModelDescription& patch() {
  static const ModelDescription model{
      .name = "patch",
      .meaning = "A patch.",
      .parameters = {choice("kind", {"matrix", "reservoir"}).by_default("matrix").means("How it is built."),
                     quantity("area", "cm^2").between(0.01, 1000).means("The area that touches the skin."),
                     quantity("content", "mg").between(0, 1e6).means("The drug in it."),
                     flag("occlusive").by_default("true").means("Whether water stays in."),
                     text("label").optional().means("What it is called."),
                     instance_of("on", "skin").by_default("skin").means("Where it is worn.")},
      .actions = {{"apply",
                   "Puts the patch on.",
                   {instance_of("to", "skin").optional(),
                    quantity("amount", "mg").optional().between(0, 1e6)}},
                  {"remove", "Takes the patch off.", {}}},
      .check = check_patch};
  return model;
}

const ModelDescription& plasma() {
  static const ModelDescription model{
      .name = "plasma",
      .meaning = "Blood.",
      .parameters =
          {quantity("volume", "L").by_default("3 L").between(0.001, 1000).means("Its volume."),
           quantity("clearance", "L/h").by_default("50 L/h").between(0, 1000).means("What it loses.")},
      .actions = {}};
  return model;
}

constexpr std::array files{
    EmbeddedFile{"therapies/worn.toml", R"(kind = "therapy"
name = "worn"
title = "A patch on skin"
source = "made up"
[skin]
temperature = "33 degC"
[patch]
when = "mentioned"
content = "1 mg"
[plasma]
[left_arm]
model = "skin"
when = "mentioned"
)"},
    EmbeddedFile{"drugs/fentanyl.toml", R"(kind = "drug"
name = "fentanyl"
source = "a handbook"
[drug]
molar_mass = { value = "336.5 g/mol", trust = "measured", source = "a paper" }
[skin.dermis]
thickness = "1.5 mm"
clearance = "0.01 1/s"
[plasma]
volume = "4 L"
)"},
    EmbeddedFile{"drugs/sufentanil.toml", "kind = \"drug\"\n[drug]\nmolar_mass = \"386.6 g/mol\"\n"},
    EmbeddedFile{"drugs/wrong_unit.toml", "kind = \"drug\"\n[drug]\nmolar_mass = \"336 mg\"\n"},
    EmbeddedFile{"drugs/wrong_key.toml", "kind = \"drug\"\n[drug]\nmolar_mas = \"336 g/mol\"\n"},
    EmbeddedFile{"drugs/wrong_model.toml", "kind = \"drug\"\n[drugg]\nmolar_mass = \"336 g/mol\"\n"},
    EmbeddedFile{"drugs/wrong_syntax.toml", "kind = \"drug\"\n[drug\n"},
    EmbeddedFile{"drugs/wrong_kind.toml", "kind = \"therapy\"\n[drug]\nmolar_mass = \"336 g/mol\"\n"},
    EmbeddedFile{"sites/chest.toml", R"(kind = "site"
[[skin.layer]]
name = "upper"
thickness = "15 um"
partition_coefficient = 3
[[skin.layer]]
name = "lower"
thickness = "100 um"
)"},
    EmbeddedFile{"sites/nested.toml", "kind = \"site\"\n[skin]\nsite = \"chest\"\n"},
};

}  // namespace

const Catalogue& fake_catalogue() {
  static const Catalogue catalogue({&drug(), &skin(), &patch(), &plasma()});
  return catalogue;
}

const DataLibrary& fake_library() {
  static const DataLibrary library{files};
  return library;
}

Scenario parse(const std::string& text, const std::vector<Override>& overrides) {
  return Scenario::parse(text, "case.toml", "no/such/folder", fake_catalogue(), fake_library(), overrides);
}

std::string small_scenario() {
  return R"(duration = "96 h"
[drug]
molar_mass = "336.5 g/mol"
[skin]
[patch]
area = "10.5 cm^2"
content = "4.2 mg"
)";
}

std::vector<Problem> problems_of(const std::string& text, const std::vector<Override>& overrides) {
  try {
    static_cast<void>(parse(text, overrides));
    return {};
  } catch (const ScenarioError& error) {
    return error.problems();
  }
}

}  // namespace poultice::core::testing
