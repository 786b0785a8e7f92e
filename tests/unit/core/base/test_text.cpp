#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/text.hpp"

namespace poultice::core {
namespace {

using Words = std::vector<std::string>;

const Words keys{"area", "content", "diffusivity", "thickness", "temperature"};

TEST(Nearest, MendsOneSlipOfEachKind) {
  EXPECT_EQ(nearest("thicknes", keys), "thickness");       // left out
  EXPECT_EQ(nearest("contennt", keys), "content");         // doubled
  EXPECT_EQ(nearest("diffusiviti", keys), "diffusivity");  // replaced
  EXPECT_EQ(nearest("tempreature", keys), "temperature");  // swapped
}

TEST(Nearest, IgnoresCase) {
  EXPECT_EQ(nearest("Area", keys), "area");
  EXPECT_EQ(nearest("DIFFUSIVITY", keys), "diffusivity");
}

TEST(Nearest, FindsTheWordItself) { EXPECT_EQ(nearest("content", keys), "content"); }

TEST(Nearest, SaysNothingWhenNoneIsMeant) {
  EXPECT_EQ(nearest("qwertyuiop", keys), "");
  EXPECT_EQ(nearest("x", Words{"y"}), "");
  EXPECT_EQ(nearest("", keys), "");
  EXPECT_EQ(nearest("area", Words{}), "");
}

TEST(Nearest, LongWordsMayDifferMoreThanShortOnes) {
  EXPECT_EQ(nearest("partitoncoeficent", Words{"partition_coefficient"}), "partition_coefficient");
  EXPECT_EQ(nearest("abcd", Words{"axyz"}), "");
}

TEST(Nearest, SwapCountsAsOneSlip) {
  // "cm" is one swap from "mc"; "mg" is one replacement. The first of equals wins.
  EXPECT_EQ(nearest("mc", Words{"cm", "mg"}), "cm");
  EXPECT_EQ(nearest("mc", Words{"mg", "cm"}), "mg");
  EXPECT_EQ(nearest("abdce", Words{"abxye", "abcde"}), "abcde");
}

TEST(Joined, PutsTheSeparatorBetween) {
  EXPECT_EQ(joined(Words{}), "");
  EXPECT_EQ(joined(Words{"a"}), "a");
  EXPECT_EQ(joined(Words{"a", "b", "c"}), "a, b, c");
  EXPECT_EQ(joined(Words{"a", "b"}, " | "), "a | b");
}

TEST(Joined, KeepsEmptyWords) {
  EXPECT_EQ(joined(Words{"a", "", "c"}), "a, , c");
  EXPECT_EQ(joined(Words{"", "b"}), ", b");
}

TEST(Split, CutsAtEverySeparator) {
  EXPECT_EQ(split("a.b", '.'), (Words{"a", "b"}));
  EXPECT_EQ(split("patch.area", '/'), (Words{"patch.area"}));
  EXPECT_EQ(split("", '.'), (Words{""}));
  EXPECT_EQ(split("a..b", '.'), (Words{"a", "", "b"}));
  EXPECT_EQ(split(".a.", '.'), (Words{"", "a", ""}));
}

TEST(Split, UndoesJoined) {
  const Words words{"skin", "", "dermis", "thickness"};
  EXPECT_EQ(split(joined(words, "."), '.'), words);
}

}  // namespace
}  // namespace poultice::core
