#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bindings/command/complaint.hpp"
#include "core/base/error.hpp"

namespace poultice::bindings {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

core::Problem problem(std::string key) { return {.what = "is wrong", .key = std::move(key)}; }

TEST(Complaint, EachParameterIsSentToItsPageOnce) {
  const core::ScenarioError error({problem("patch.area"), problem("patch.area"), problem("duration")});
  EXPECT_EQ(complaint(error),
            "patch.area: is wrong\n   see:      poultice explain patch.area\n"
            "patch.area: is wrong\n"
            "duration: is wrong\n   see:      poultice explain duration");
}

TEST(Complaint, WithoutAKnownKeyTheClassIsExplained) {
  const core::ScenarioError error({problem(""), problem("patch.aera")});
  EXPECT_THAT(complaint(error), EndsWith("aera: is wrong\n   see:      poultice explain ScenarioError"));
}

TEST(Complaint, AFailedRunIsSentToItsCause) {
  EXPECT_THAT(complaint(core::IntegrationError(0.0, "the step limit was used up", "raise it")),
              EndsWith("   to do:    raise it\n   see:      poultice explain too_many_steps"));
  EXPECT_THAT(complaint(core::IntegrationError(0.0, "something new", "")),
              EndsWith("   see:      poultice explain IntegrationError"));
}

TEST(Complaint, EveryClassHasItsPage) {
  EXPECT_THAT(complaint(core::FileError("f", "is gone", "")), EndsWith("poultice explain FileError"));
  EXPECT_THAT(complaint(core::ModelError("skin", "lacks")), EndsWith("poultice explain ModelError"));
  EXPECT_THAT(complaint(core::ParameterError("x", "no")), EndsWith("poultice explain ParameterError"));
  EXPECT_THAT(complaint(core::UnitError("no", "", "", "")), EndsWith("poultice explain UnitError"));
  EXPECT_THAT(complaint(core::Interrupted(0.0)), EndsWith("poultice explain Interrupted"));
}

TEST(Complaint, WhatSaysItselfWhereToLookIsLeftAlone) {
  EXPECT_THAT(complaint(core::ParameterError("x", "no\n   see:      poultice new")),
              Not(HasSubstr("explain")));
}

TEST(Complaint, AHintStandsInTheFirstLine) {
  EXPECT_THAT(complaint(core::ParameterError("x", "no\n   see:      poultice new", "did you mean y?")),
              ::testing::StrEq("x: no; did you mean y?\n   see:      poultice new"));
}

TEST(Warnings, AreSentToTheirPageOnce) {
  ::testing::internal::CaptureStderr();
  print_warnings({"this is odd", "that is odd"});
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "warning: this is odd\nwarning: that is odd\n   see:      poultice explain ScenarioWarning\n");
}

TEST(Warnings, OfWhichThereAreNoneSayNothing) {
  ::testing::internal::CaptureStderr();
  print_warnings({});
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace poultice::bindings
