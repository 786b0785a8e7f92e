#include <gtest/gtest.h>

#include "bindings/shared/parameter_words.hpp"
#include "bindings/shared/source_list.hpp"

namespace poultice::bindings {
namespace {

TEST(ParameterWords, ValuesAreQuotedAsTomlAsksFor) {
  const auto area = core::quantity("area", "cm^2");
  const auto ratio = core::quantity("ratio", "1");
  EXPECT_EQ(in_toml(area, "10.5 cm^2"), "\"10.5 cm^2\"");
  for (const auto* number : {"78", "-0.5", "1e-6", "2.5E+3"}) EXPECT_EQ(in_toml(ratio, number), number);
  // TOML wants digits on both sides of a point; in quotes, our own reader takes these.
  for (const auto* text : {"78.", ".5", "1.e5", "50 %", "+-1"})
    EXPECT_EQ(in_toml(ratio, text), "\"" + std::string(text) + "\"");
  EXPECT_EQ(in_toml(core::count("cells"), "40"), "40");
  EXPECT_EQ(in_toml(core::flag("is_open"), "true"), "true");
  EXPECT_EQ(in_toml(core::choice("compartments", {"1", "2"}), "2"), "\"2\"");
}

TEST(ParameterWords, TextsAreEscaped) { EXPECT_EQ(toml_text("a \"b\\c\"\n"), R"("a \"b\\c\"\u000A")"); }

TEST(ParameterWords, AnExampleIsTheDefaultWhereThereIsOne) {
  EXPECT_EQ(example_value(core::quantity("temperature", "degC").by_default("32 degC")), "\"32 degC\"");
  EXPECT_EQ(example_value(core::count("cells").by_default("40")), "40");
  EXPECT_EQ(example_value(core::quantity("area", "cm^2")), "\"1 cm^2\"");
}

TEST(SourceList, ASourceHasOneNumber) {
  SourceList sources;
  EXPECT_EQ(sources.mark("a"), " [1]");
  EXPECT_EQ(sources.mark("b"), " [2]");
  EXPECT_EQ(sources.mark("a"), " [1]");
  EXPECT_EQ(sources.mark(""), "");
  EXPECT_EQ(sources.sources(), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace poultice::bindings
