#include <limits>

#include <gtest/gtest.h>

#include "bindings/shared/json.hpp"

namespace poultice::bindings {
namespace {

TEST(Json, ObjectsKeepTheOrderOfTheirKeys) {
  EXPECT_EQ(JsonObject().add("b", "text").add("a", 1.5).add("n", 3L).add_json("list", "[1]").text(),
            R"({"b": "text", "a": 1.5, "n": 3, "list": [1]})");
  EXPECT_EQ(JsonObject().text(), "{}");
}

TEST(Json, WhatIsReservedIsEscaped) {
  EXPECT_EQ(json_text("say \"a\\b\"\n\t\x01 µ"), "\"say \\\"a\\\\b\\\"\\n\\u0009\\u0001 µ\"");
}

TEST(Json, NumbersReadBackAndWhatIsNoneIsNull) {
  EXPECT_EQ(JsonObject().add("x", 0.1).text(), R"({"x": 0.1})");
  EXPECT_EQ(JsonObject().add("x", 8.493354491334906e-07).text(), R"({"x": 8.493354491334906e-07})");
  EXPECT_EQ(JsonObject().add("x", std::numeric_limits<double>::quiet_NaN()).text(), R"({"x": null})");
  EXPECT_EQ(JsonObject().add("x", std::numeric_limits<double>::infinity()).text(), R"({"x": null})");
}

TEST(Json, ListsOfTexts) {
  EXPECT_EQ(json_texts({"a", "b"}), R"(["a", "b"])");
  EXPECT_EQ(json_texts({}), "[]");
}

TEST(Json, IndentsLeaveQuotesAlone) {
  EXPECT_EQ(json_indented(R"({"a": [1, {"b": "x, {\"y\"}"}], "c": {}, "d": []})"),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x, {\\\"y\\\"}\"\n    }\n  ],\n  \"c\": {},\n  "
            "\"d\": []\n}");
}

}  // namespace
}  // namespace poultice::bindings
