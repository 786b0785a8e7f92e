#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solvers/record/result_digest.hpp"
#include "solvers/record/result_reader.hpp"

// One file of every format there ever was, kept as it was written. They must open for ever.
namespace poultice::solvers {
namespace {

using ::testing::HasSubstr;

std::filesystem::path golden(const std::string& name) {
  return std::filesystem::path(POULTICE_SOURCE_DIR) / "tests/regression/golden" / name;
}

TEST(GoldenFiles, Format1_0Opens) {
  const ResultFile file(golden("run_v1_0.h5"));
  EXPECT_EQ(file.major(), 1);
  EXPECT_EQ(file.minor(), 0);
  EXPECT_EQ(file.status(), 0);
  EXPECT_EQ(file.title(), "A matrix patch on a membrane, for the record of format 1.0 (µ, é)");
  EXPECT_THAT(file.scenario_toml(), HasSubstr("name = \"lower\""));
  const auto headlines = file.headlines();
  ASSERT_EQ(headlines.size(), 3u);
  EXPECT_EQ(headlines[1].name, "delivered_total");
  EXPECT_EQ(headlines[1].unit, "kg");
  EXPECT_NEAR(headlines[1].value, 3.105e-7, 1e-10);
}

TEST(GoldenFiles, Format1_0HasTheDigestItAlwaysHad) {
  EXPECT_EQ(digest(golden("run_v1_0.h5")),
            "67fadeb19bfb3e036ac4143c715ef12f14175ecff062101c521e42d6d78bce51");
}

}  // namespace
}  // namespace poultice::solvers
