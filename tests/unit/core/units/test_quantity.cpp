#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/units/dimension.hpp"
#include "core/units/quantity.hpp"

namespace poultice::core {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// The whole message of the UnitError that parse_quantity throws, or "accepted".
std::string complaint(std::string_view text, std::string_view unit) {
  try {
    (void)parse_quantity(text, unit);
  } catch (const UnitError& error) {
    return error.what();
  }
  return "accepted";
}

struct Reading {
  const char* text;
  const char* unit;
  double si;
};

void PrintTo(const Reading& reading, std::ostream* out) { *out << reading.text << " as " << reading.unit; }

class Readings : public ::testing::TestWithParam<Reading> {};

TEST_P(Readings, GiveTheSiValue) {
  const auto [text, unit, si] = GetParam();
  EXPECT_DOUBLE_EQ(parse_quantity(text, unit), si);
}

INSTANTIATE_TEST_SUITE_P(
    Quantity, Readings,
    ::testing::Values(
        Reading{"4.2 mg", "kg", 4.2e-6}, Reading{"4.2mg", "mg", 4.2e-6}, Reading{" 4.2  mg ", "mg", 4.2e-6},
        Reading{"+4.2 mg", "mg", 4.2e-6}, Reading{"-4.2 mg", "mg", -4.2e-6}, Reading{"0 mg", "mg", 0.0},
        Reading{"25 ug/h", "kg/s", 25e-9 / 3600}, Reading{"25 \xC2\xB5g/h", "ug/h", 25e-9 / 3600},
        Reading{"25 \xCE\xBCg/h", "ug/h", 25e-9 / 3600}, Reading{"25 mcg/h", "ug/h", 25e-9 / 3600},
        Reading{"32 degC", "K", 305.15},
        Reading{"32 \xC2\xB0"
                "C",
                "K", 305.15},
        Reading{"305.15 K", "degC", 305.15}, Reading{"10.5 cm^2", "m^2", 10.5e-4},
        Reading{"10.5 cm2", "m^2", 10.5e-4}, Reading{"10.5 cm\xC2\xB2", "m^2", 10.5e-4},
        Reading{"10.5 cm**2", "m^2", 10.5e-4}, Reading{"2e-9 cm^2/s", "m^2/s", 2e-13},
        Reading{"2e-9 cm\xC2\xB2\xC2\xB7s\xE2\x81\xBB\xC2\xB9", "m^2/s", 2e-13},
        Reading{"2e-9 cm2 s-1", "m^2/s", 2e-13}, Reading{"2E-9 cm^2 per s", "m^2/s", 2e-13},
        Reading{"1 ng/mL", "kg/m^3", 1e-6}, Reading{"1 ng/ml", "kg/m^3", 1e-6},
        Reading{"1 ML", "m^3", 1000.0}, Reading{"1 M", "mol/m^3", 1000.0}, Reading{"1 mM", "mol/m^3", 1.0},
        Reading{"1 uM", "mol/m^3", 1e-3}, Reading{"3 nM", "mol/m^3", 3e-6},
        Reading{"1 Da", "kg", 1.66053906660e-27}, Reading{"150 kDa", "kg", 150 * 1.66053906660e-24},
        Reading{"5000 cell/cm^2", "cell/m^2", 5e7}, Reading{"1e6 cells/mL", "cell/m^3", 1e12},
        Reading{"72 h", "s", 259200.0}, Reading{"1.5 min", "s", 90.0}, Reading{"2 d", "s", 172800.0},
        Reading{"2 days", "s", 172800.0}, Reading{"1 week", "s", 604800.0}, Reading{"2 hr", "s", 7200.0},
        Reading{"28 %", "1", 0.28}, Reading{"28%", "%", 0.28}, Reading{"0.28", "1", 0.28},
        Reading{"0.28", "dimensionless", 0.28}, Reading{"0.28 dimensionless", "1", 0.28},
        Reading{"0.28", "mol/mol", 0.28}, Reading{"0.28 1", "1", 0.28}, Reading{"0.1/h", "1/s", 0.1 / 3600},
        Reading{"0.1 1/h", "1/s", 0.1 / 3600}, Reading{"50 kJ/mol", "J/mol", 50000.0},
        Reading{"100 mmHg", "Pa", 13332.2387415}, Reading{"180 deg_C", "K", 453.15},
        Reading{"336.5 g/mol", "kg/mol", 0.3365}, Reading{"90 arc_degree", "1", M_PI / 2}));

struct Refusal {
  const char* text;
  const char* unit;
  std::vector<const char*> says;
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.text << " as " << refusal.unit; }

class Refusals : public ::testing::TestWithParam<Refusal> {};

TEST_P(Refusals, SayWhatIsWrongAndWhatToWrite) {
  const auto& [text, unit, says] = GetParam();
  const auto message = complaint(text, unit);
  ASSERT_NE(message, "accepted");
  for (const auto* part : says) EXPECT_THAT(message, HasSubstr(part));
}

INSTANTIATE_TEST_SUITE_P(
    Quantity, Refusals,
    ::testing::Values(
        Refusal{"2e-9 cm/s", "m^2/s", {"is a velocity", "a diffusivity (m^2/s)", "2e-9 cm^2/s"}},
        Refusal{"4.2 mg", "cm^2", {"is a mass", "an area (cm^2)", "10.5 cm^2"}},
        Refusal{"3 h", "1", {"is a time", "a pure number (1)"}},
        Refusal{"1 kg^2/m", "mg", {"a quantity in kg^2/m", "a mass (mg)"}},
        Refusal{"1 mg", "kg^2/m", {"is a mass", "a quantity in kg^2/m", "\"1 kg^2/m\""}},
        Refusal{"4.2 mg", "mol", {"is a mass", "an amount (mol)", "molar mass"}},
        Refusal{
            "3 nM", "ng/mL", {"is an amount concentration", "a mass concentration (ng/mL)", "molar mass"}},
        Refusal{"150 kDa", "g/mol", {"is a mass", "a molar mass", "write \"150000 g/mol\""}},
        Refusal{"32 C", "K", {"a temperature (K)", "write \"32 degC\""}},
        Refusal{"mg", "mg", {"the number is missing", "4.2 mg"}},
        Refusal{"mg 4.2", "mg", {"the number is missing"}},
        Refusal{"", "mg", {"nothing is given", "a mass (mg)"}}, Refusal{"  ", "mg", {"nothing is given"}},
        Refusal{"4.2", "mg", {"the unit is missing", "write \"4.2 mg\""}},
        Refusal{"0", "mg", {"the unit is missing", "write \"0 mg\""}},
        Refusal{"28", "%", {"the unit is missing", "write \"28 %\""}},
        Refusal{"nan mg", "mg", {"not finite"}}, Refusal{"NaN", "1", {"not finite"}},
        Refusal{"-inf mg", "mg", {"not finite"}}, Refusal{"Infinity mg", "mg", {"not finite"}},
        Refusal{"1e400 mg", "mg", {"too large or too small"}}, Refusal{"1e306 km", "m", {"too large"}},
        Refusal{"4,2 mg", "mg", {"comma", "decimal point"}},
        Refusal{"1 000 mg", "mg", {"the number 000 stands inside the unit"}},
        Refusal{"2*10^-9 cm^2/s", "m^2/s", {"power of ten", "2e-9"}},
        Refusal{"2 x 10^-9 cm^2/s", "m^2/s", {"power of ten", "2e-9"}},
        Refusal{"5 mg/100 mL", "kg/m^3", {"the number 100 stands inside the unit"}},
        Refusal{"2e-9 cn^2/s",
                "m^2/s",
                {"no unit is called \"cn\"", "did you mean \"cm^2/s\"?", "a diffusivity"}},
        Refusal{"4.2 mgg", "mg", {"no unit is called \"mgg\"", "did you mean \"mg\"?"}},
        Refusal{"4.2 mmg", "mg", {"no unit is called \"mmg\""}},
        Refusal{"3 hrs", "s", {"no unit is called \"hrs\"", "did you mean \"h\"?"}},
        Refusal{"3 ng/mLl", "kg/m^3", {"did you mean \"ng/mL\"?"}},
        Refusal{"3 minn", "s", {"did you mean \"min\"?"}},
        Refusal{"3 qwertyuiop", "s", {"no unit is called \"qwertyuiop\"", "common units are"}},
        Refusal{"5000 IU", "kg", {"biological activity", "every substance"}},
        Refusal{"5 mIU/mL", "kg/m^3", {"biological activity"}},
        Refusal{"3 mg/", "mg", {"ends where a unit should follow"}},
        Refusal{"3 mg//mL", "mg", {"a unit is missing before '/'"}},
        Refusal{"3 (mg", "mg", {"a bracket is not closed"}}, Refusal{"3 mg)", "mg", {"a bracket closes"}},
        Refusal{"3 m^x", "m", {"a power must be a whole number"}},
        Refusal{"3 m^0.5", "m", {"stands inside the unit"}},
        Refusal{"3 days since 2000-01-01", "s", {"the number 2000 stands inside the unit"}},
        Refusal{"3 \xE2\x82\xAC", "mg", {"a character that no unit has"}},
        Refusal{"3 m@5", "m", {"'@' has no place in a unit"}}));

TEST(Quantity, RefusalKeepsGivenAndExpectedApart) {
  try {
    (void)parse_quantity("2e-9 cm/s", "m^2/s");
    FAIL() << "accepted";
  } catch (const UnitError& error) {
    EXPECT_EQ(error.what_is_wrong(), "\"2e-9 cm/s\" is a velocity, where a diffusivity is needed");
    EXPECT_EQ(error.given(), "2e-9 cm/s");
    EXPECT_EQ(error.expected(), "a diffusivity (m^2/s)");
    EXPECT_EQ(error.hint(), "write for example \"2e-9 cm^2/s\"");
  }
}

TEST(Quantity, NearestUnitPrefersTheDimensionThatIsWanted) {
  EXPECT_THAT(complaint("3 mll", "m^3"), HasSubstr("did you mean \"mL\"?"));
  EXPECT_THAT(complaint("3 mll", "m"), HasSubstr("did you mean \"mm\"?"));
}

TEST(Quantity, UnknownUnitOfTheAskingSideIsAnError) {
  EXPECT_THROW((void)parse_quantity("1 m", "nonsense"), UnitError);
  EXPECT_THROW((void)from_si(1.0, "nonsense"), UnitError);
  EXPECT_THROW((void)to_si(1.0, ""), UnitError);
  EXPECT_THROW((void)si_unit("m/"), UnitError);
}

TEST(Quantity, ConversionThereAndBackIsExactToRounding) {
  for (const auto* unit : {"mg", "ug/cm^2/h", "degC", "degF", "ng/mL", "nM", "cm^2/s", "mmHg", "%", "kDa",
                           "1/h", "cell/mL", "kJ/mol", "L/h/kg", "week"}) {
    for (const double value : {1.0, -40.0, 3.7e-9, 6.02e11}) {
      const double back = from_si(to_si(value, unit), unit);
      // An offset of 273 K swallows the digits of tiny temperatures.
      EXPECT_NEAR(back, value, 4e-16 * std::abs(value) + (std::string(unit).starts_with("deg") ? 2e-13 : 0.0))
          << unit;
    }
  }
}

TEST(Quantity, NotANumberPassesThroughConversions) {
  EXPECT_TRUE(std::isnan(from_si(std::numeric_limits<double>::quiet_NaN(), "mg")));
  EXPECT_TRUE(std::isinf(to_si(std::numeric_limits<double>::infinity(), "mg")));
}

TEST(Quantity, SiUnits) {
  const std::vector<std::pair<const char*, const char*>> cases{{"ng/mL", "kg/m^3"},
                                                               {"nmol/cm^2/h", "mol/m^2/s"},
                                                               {"%", "1"},
                                                               {"dimensionless", "1"},
                                                               {"mol/mol", "1"},
                                                               {"1/h", "1/s"},
                                                               {"degC", "K"},
                                                               {"mmHg", "Pa"},
                                                               {"kcal/mol", "J/mol"},
                                                               {"ng*h/mL", "kg*s/m^3"},
                                                               {"rad/s", "1/s"},
                                                               {"L/h/kg", "m^3/s/kg"},
                                                               {"cell/mL", "cell/m^3"},
                                                               {"g^2 m", "kg^2*m"},
                                                               {"1/M/s", "m^3/mol/s"},
                                                               {"mM", "mol/m^3"},
                                                               {"uF", "F"},
                                                               {"kg m^2/s^2", "J"},
                                                               {"1/g^2", "1/kg^2"},
                                                               {"cm^2/s", "m^2/s"},
                                                               {"A.s", "C"},
                                                               {"h", "s"}};
  for (const auto& [unit, si] : cases) EXPECT_EQ(si_unit(unit), si) << unit;
}

TEST(Quantity, SiUnitOfAnSiUnitIsItself) {
  for (const auto& dimension : named_dimensions()) {
    EXPECT_EQ(si_unit(dimension.si), dimension.si);
    EXPECT_EQ(to_si(1.0, dimension.si), 1.0) << dimension.si << " is not coherent";
  }
}

TEST(Quantity, EveryExampleInAMessageIsAcceptedItself) {
  for (const auto& dimension : named_dimensions())
    EXPECT_EQ(complaint(dimension.example, dimension.si), "accepted") << dimension.name;
}

TEST(Quantity, DimensionsHaveNames) {
  EXPECT_EQ(dimension_name("cm"), "length");
  EXPECT_EQ(dimension_name("cm^2/s"), "diffusivity");
  EXPECT_EQ(dimension_name("cm/h"), "velocity");
  EXPECT_EQ(dimension_name("%"), "pure number");
  EXPECT_EQ(dimension_name("1/M/s"), "second-order rate constant");
  EXPECT_EQ(dimension_name("kg^2"), "kg^2");
}

TEST(Quantity, MassAndAmountAreDifferentDimensions) {
  EXPECT_TRUE(same_dimension("mg", "kDa"));
  EXPECT_TRUE(same_dimension("degC", "K"));
  EXPECT_TRUE(same_dimension("nM", "mol/L"));
  EXPECT_FALSE(same_dimension("mg", "umol"));
  EXPECT_FALSE(same_dimension("cell/mL", "1/mL"));
}

TEST(Quantity, FormatsInTheUnitAskedFor) {
  EXPECT_EQ(format_quantity(4.2e-6, "mg"), "4.2 mg");
  EXPECT_EQ(format_quantity(305.15, "degC"), "32 degC");
  EXPECT_EQ(format_quantity(1.0 / 3.0, "1"), "0.3333");
  EXPECT_EQ(format_quantity(1.0 / 3.0, "%", 2), "33 %");
  EXPECT_EQ(format_quantity(1.23456789e-6, "ng/mL", 6), "1.23457 ng/mL");
  EXPECT_EQ(format_quantity(-25e-9 / 3600, "ug/h"), "-25 ug/h");
}

TEST(Quantity, WhatIsFormattedCanBeReadAgain) {
  for (const auto& dimension : named_dimensions()) {
    const double si = parse_quantity(dimension.example, dimension.si);
    EXPECT_DOUBLE_EQ(parse_quantity(format_quantity(si, dimension.si, 17), dimension.si), si)
        << dimension.name;
  }
}

TEST(Quantity, ThreadsMayConvertAtOnce) {
  std::vector<std::thread> threads;
  std::vector<double> sums(4, 0.0);
  for (std::size_t t = 0; t < sums.size(); ++t)
    threads.emplace_back([t, &sums] {
      for (int i = 0; i < 200; ++i) {
        // The thread's own spelling makes it fill the cache while others read it.
        const std::string own = "m^" + std::to_string(i % 9 + 1) + std::string(t + 1, ' ');
        sums[t] += to_si(1.0, own) + parse_quantity("1 km", "m");
      }
    });
  for (auto& thread : threads) thread.join();
  for (const double sum : sums) EXPECT_EQ(sum, 200.0 * 1001.0);
}

TEST(QuantityDeathTest, MissingDatabaseNamesTheRemedy) {
  ::testing::GTEST_FLAG(death_test_style) = "threadsafe";  // a fresh process, where no units are loaded yet
  EXPECT_EXIT(
      {
        ::setenv("UDUNITS2_XML_PATH", "/nonexistent/udunits2.xml", 1);
        try {
          (void)si_unit("m");
        } catch (const FileError& error) {
          std::fputs(error.what(), stderr);
          std::exit(3);
        }
        std::exit(0);
      },
      ::testing::ExitedWithCode(3), "nonexistent.*UDUNITS2_XML_PATH");
}

}  // namespace
}  // namespace poultice::core
