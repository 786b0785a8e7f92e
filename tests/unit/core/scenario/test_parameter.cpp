#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/parameter.hpp"

namespace poultice::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ParameterSpec, tells_what_was_said_of_it) {
  const auto spec =
      quantity("area", "cm^2").between(1, 5).by_default("2 cm^2").means("An area.").from("a paper");
  EXPECT_EQ(spec.key, "area");
  EXPECT_EQ(spec.type, ParameterType::quantity);
  EXPECT_EQ(spec.unit, "cm^2");
  EXPECT_EQ(spec.minimum, 1);
  EXPECT_EQ(spec.maximum, 5);
  EXPECT_EQ(spec.preset, "2 cm^2");
  EXPECT_EQ(spec.meaning, "An area.");
  EXPECT_EQ(spec.source, "a paper");
}

TEST(ParameterSpec, is_required_unless_it_has_a_default_or_may_be_absent) {
  EXPECT_TRUE(quantity("a", "m").is_required());
  EXPECT_FALSE(quantity("a", "m").by_default("1 m").is_required());
  EXPECT_FALSE(quantity("a", "m").optional().is_required());
}

TEST(ParameterSpec, shapes_the_system_unless_it_is_a_quantity) {
  EXPECT_FALSE(quantity("a", "m").shapes_system);
  EXPECT_TRUE(quantity("a", "m").shaping().shapes_system);
  EXPECT_TRUE(count("n").shapes_system);
  EXPECT_TRUE(choice("kind", {"x"}).shapes_system);
  EXPECT_TRUE(text("t").shapes_system);
  EXPECT_TRUE(flag("f").shapes_system);
  EXPECT_TRUE(data_set("use", "drugs").shapes_system);
  EXPECT_TRUE(instance_of("on", "skin").shapes_system);
}

TEST(ParameterSpec, of_each_type_keeps_what_belongs_to_it) {
  EXPECT_EQ(count("n").type, ParameterType::count);
  EXPECT_EQ(count("n").minimum, 0);
  EXPECT_THAT(choice("kind", {"x", "y"}).choices, ElementsAre("x", "y"));
  EXPECT_EQ(data_set("use", "drugs").type, ParameterType::set);
  EXPECT_EQ(data_set("use", "drugs").folder, "drugs");
  EXPECT_EQ(instance_of("on", "skin").type, ParameterType::instance);
  EXPECT_EQ(instance_of("on", "skin").folder, "skin");
  EXPECT_TRUE(std::isinf(quantity("a", "m").maximum));
}

class Table : public ::testing::Test {
 protected:
  ParameterTable table_{count("cells"), quantity("dermis.thickness", "mm"),
                        quantity("layer.*.thickness", "um"), quantity("layer.*.binding.ratio", "1"),
                        quantity("vessel.*.radius", "um")};
};

TEST_F(Table, finds_a_spec_by_the_key_a_user_writes) {
  EXPECT_EQ(table_.find("cells")->key, "cells");
  EXPECT_EQ(table_.find("dermis.thickness")->key, "dermis.thickness");
  EXPECT_EQ(table_.find("layer.upper.thickness")->key, "layer.*.thickness");
  EXPECT_EQ(table_.find("layer.upper.binding.ratio")->key, "layer.*.binding.ratio");
}

TEST_F(Table, finds_nothing_for_a_part_of_a_key) {
  for (const auto* key : {"", "cell", "dermis", "layer.upper", "layer.thickness", "layer..thickness",
                          "layer.a.b.thickness", "layer.upper.thickness.x"})
    EXPECT_EQ(table_.find(key), nullptr) << key;
}

TEST_F(Table, knows_its_lists_and_keys) {
  EXPECT_THAT(table_.lists(), ElementsAre("layer", "vessel"));
  EXPECT_THAT(table_.keys(), ElementsAre("cells", "dermis.thickness", "layer.*.thickness",
                                         "layer.*.binding.ratio", "vessel.*.radius"));
  EXPECT_THAT(ParameterTable{}.lists(), IsEmpty());
}

TEST_F(Table, grows) {
  table_.add(flag("round"));
  EXPECT_EQ(table_.find("round")->type, ParameterType::flag);
}

}  // namespace
}  // namespace poultice::core
