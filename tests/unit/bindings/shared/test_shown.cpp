#include <cmath>

#include <gtest/gtest.h>

#include "bindings/shared/shown.hpp"

namespace poultice::bindings {
namespace {

TEST(Shown, UnitsReadAsInPrint) {
  EXPECT_EQ(shown_unit("ug/cm^2/h"), "µg/cm²/h");
  EXPECT_EQ(shown_unit("ng*h/mL"), "ng·h/mL");
  EXPECT_EQ(shown_unit("um"), "µm");
  EXPECT_EQ(shown_unit("degC"), "°C");
  EXPECT_EQ(shown_unit("umol/L"), "µmol/L");
  EXPECT_EQ(shown_unit("mug"), "mug");  // only a prefix is a micro
  EXPECT_EQ(shown_unit("u"), "u");
  EXPECT_EQ(shown_unit("1"), "");
}

TEST(Shown, NumbersHaveFourDigits) {
  EXPECT_EQ(shown_number(0.847912), "0.8479");
  EXPECT_EQ(shown_number(24.5), "24.5");
  EXPECT_EQ(shown_number(4199.6), "4200");
  EXPECT_EQ(shown_number(123456.7), "123457");
  EXPECT_EQ(shown_number(2.98e-15), "2.98e-15");
  EXPECT_EQ(shown_number(-0.5), "-0.5");
  EXPECT_EQ(shown_number(std::nan("")), "-");
}

TEST(Shown, TimesHaveNoExponent) {
  EXPECT_EQ(shown_time(0.00752), "7.5 ms");
  EXPECT_EQ(shown_time(0.012), "12 ms");
  EXPECT_EQ(shown_time(0.0997), "100 ms");
  EXPECT_EQ(shown_time(0.12), "120 ms");
  EXPECT_EQ(shown_time(1.254), "1.25 s");
  EXPECT_EQ(shown_time(99.97), "100 s");
  EXPECT_EQ(shown_time(1234.0), "1234 s");
}

TEST(Shown, QuantitiesLeaveSi) {
  EXPECT_EQ(shown_quantity(259200.0, "h"), "72 h");
  EXPECT_EQ(shown_quantity(305.15, "degC"), "32 °C");
  EXPECT_EQ(shown_quantity(0.25, "1"), "0.25");
}

TEST(Shown, ColumnsLineUpWhateverTheirLettersTakeInBytes) {
  EXPECT_EQ(in_columns({{"a", "1", "µg"}, {"bcd", "200", "ng"}, {"é", "30"}}, {1}, ""),
            "a      1  µg\n"
            "bcd  200  ng\n"
            "é     30\n");
  EXPECT_EQ(in_columns({}), "");
}

}  // namespace
}  // namespace poultice::bindings
