#include "tests/unit/solvers/record/sample_result.hpp"

#include <limits>

namespace poultice::solvers {
namespace {

const core::Catalogue& catalogue() {
  static const core::ModelDescription model{
      .name = "bath",
      .meaning = "Holds nothing.",
      .parameters = {core::quantity("area", "cm^2").between(0.0, 1e6).means("Area."),
                     core::quantity("depth", "mm").by_default("2 mm").from("chosen").means("Depth.")},
      .actions = {},
  };
  static const core::Catalogue catalogue({&model});
  return catalogue;
}

core::LaneArray column(const std::vector<double>& values) {
  core::LaneArray array(static_cast<core::Index>(values.size()), 1);
  for (std::size_t i = 0; i < values.size(); ++i) array(static_cast<core::Index>(i), 0) = values[i];
  return array;
}

}  // namespace

Result sample_result() {
  const auto* text =
      "title = \"A bath\"  # µ\n"
      "duration = \"2 h\"\n"
      "[bath]\n"
      "area = { value = \"3 cm^2\", source = \"a book\", trust = \"measured\", note = \"by hand\" }\n";
  Result result;
  result.scenario = std::make_shared<const core::Scenario>(core::Scenario::parse(
      text, "/home/somebody/bath.toml", {}, catalogue(), core::DataLibrary(), {{"bath.depth", "3 mm"}}));
  result.axes = {{.name = "depth",
                  .unit = "m",
                  .long_name = "depth below the surface",
                  .positions = column({0.25, 0.5, 0.75}),
                  .labels = {"upper", "upper", "lower"},
                  .label_name = "layer"}};
  result.probes = {
      {.name = "inside", .unit = "kg", .display_unit = "ug", .long_name = "drug inside"},
      {.name = "rate", .unit = "kg/s", .display_unit = "ug/h", .long_name = "rate", .of_rate = true},
      {.name = "concentration",
       .unit = "kg/m^3",
       .display_unit = "ug/cm^3",
       .long_name = "total concentration",
       .axis = "depth",
       .n_points = 3},
  };
  result.headlines = {
      {.name = "inside_max",
       .label = "maximum",
       .probe = "inside",
       .reduction = core::Headline::Reduction::maximum,
       .unit = "kg",
       .display_unit = "ug"},
      {.name = "rate_time",
       .label = "time",
       .probe = "rate",
       .unit = "s",
       .display_unit = "h",
       .relative_to = "inside"},
  };
  result.moieties = {"drug"};
  result.terms = {"stirring"};
  auto& record = result.record;
  record.times = {0.0, 1.0, 2.0};
  record.profile_times = {0.0, 2.0};
  record.samples = {column({0.0, 5.0, 4.0}), column({1.0, 2.0, 3.0}),
                    column({10.0, 20.0, 30.0, 11.0, 21.0, 31.0})};
  record.events = {{1.0, "fill bath"}};
  record.headlines = column({5.0, std::numeric_limits<double>::quiet_NaN()});
  record.balance_error = column({1e-13});
  record.lowest_state = -0.5;
  record.work.steps = 7;
  record.wall_seconds = 0.25;
  return result;
}

}  // namespace poultice::solvers
